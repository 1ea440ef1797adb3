"""What a visitor of the demo must find at each office: one ticket told on purpose for each state it knows."""

from datetime import datetime, time, timedelta

from config.desk_stories import (
    again_at_counter,
    at_counter,
    by_mail,
    due_soon,
    handed_over,
    held_with_signatures,
    left_behind,
    overdue,
    registered_twice,
    scans_by_mail,
)
from config.scenes import DAY, HOUR, JUDGING, MINUTE, Scene, Story, Tale
from loket.suppliers.seeds import (
    activate_elsewhere,
    let_sikap_be,
    see_sikap,
    suspend,
)
from loket.tickets.actions import Answer, override_check, record_check, reopen
from loket.tickets.queries import asked_checks
from loket.tickets.queries.words import step_of
from loket.tickets.seeds import (
    applicant_of,
    do_step,
    look_up_all,
    refuse_first,
    upload_all,
)
from loket.tickets.steps import kind_of
from loket.verification.models import Session
from loket.verification.seeds import hold_call, miss_call, plan_call

ACTIVATION, SIKAP = "activate_account", "follow_up_sikap"
BLACKLIST = "daftar-hitam"
MORNING = time(10, 30)
SOON = 40 * MINUTE


def _finish(tale: Tale) -> None:
    """From the activation on, with proof of the data in SIKaP."""
    tale.walk(before=(ACTIVATION,))
    with tale.later(8 * MINUTE):
        activate_elsewhere(tale.ticket, by=tale.verifier)
    _prove_sikap(tale)
    tale.walk()


def _prove_sikap(tale: Tale) -> None:
    step = step_of(tale.ticket, tale.ticket.step)
    if step and step.kind == SIKAP:
        with tale.later(HOUR):
            see_sikap(tale.ticket, by=tale.verifier)


def done_at_counter(scene: Scene, tale: Tale) -> None:
    """Finished, every register answered with a picture, activated in the national application."""
    tale.reach(ACTIVATION)
    _finish(tale)


def _call(tale: Tale, after: datetime | None = None) -> Session:
    """Planned for the morning after that moment, or after the verifier was reached; soon, if history ends before."""
    tale.reach_the_verifier()
    at = _next_morning(tale, after or tale.moment)
    if after is None and at + HOUR > tale.until:
        at = tale.moment + SOON
    with tale.later():
        return plan_call(tale.ticket, at, by=tale.caller)


def _next_morning(tale: Tale, moment: datetime) -> datetime:
    office = tale.ticket.office
    day = office.local(moment + DAY).date()
    return datetime.combine(day, MORNING, office.zone)


def done_by_call(scene: Scene, tale: Tale) -> None:
    """Finished from afar: a call was held, with its evidence."""
    session = _call(tale)
    tale.moment = session.scheduled_at
    with tale.later(MINUTE):
        look_up_all(tale.ticket, by=tale.verifier)
        hold_call(session, by=tale.caller)
    _finish(tale)


def call_tomorrow(scene: Scene, tale: Tale) -> None:
    """A call is planned for tomorrow."""
    _call(tale, scene.now)


def call_missed(scene: Scene, tale: Tale) -> None:
    """Nobody answered; the ticket waits for another time."""
    session = _call(tale)
    tale.moment = session.scheduled_at
    with tale.later(20 * MINUTE):
        miss_call(session, by=tale.caller)


def sent_back(scene: Scene, tale: Tale) -> None:
    """One document cannot be read; the applicant is asked for that one."""
    tale.reach_the_verifier()
    with tale.later(5 * MINUTE):
        refuse_first(tale.ticket, tale.workers, share=1, random=scene.random)


def second_version(scene: Scene, tale: Tale) -> None:
    """The document asked for again came, and waits to be looked at."""
    sent_back(scene, tale)
    ticket, applicant = tale.ticket, applicant_of(tale.ticket)
    with tale.later(5 * HOUR):
        upload_all(ticket, scene.random)
        step = step_of(ticket, ticket.step)
        if step and step.actor == "applicant":
            do_step(ticket, step, by=applicant)
    tale.walk(before=JUDGING)


def sanctioned(scene: Scene, tale: Tale) -> None:
    """Active for days, then on the blacklist."""
    tale.reach_the_verifier()
    tale.walk()
    with tale.later(DAY):
        suspend(tale.ticket, by=tale.head)


def sikap_waived(scene: Scene, tale: Tale) -> None:
    """The supplier never filled in SIKaP; the office lets it be."""
    tale.reach_the_verifier()
    tale.walk(before=(SIKAP,))
    with tale.later(15 * DAY):
        let_sikap_be(tale.ticket, by=tale.verifier)


def reopened(scene: Scene, tale: Tale) -> None:
    """Finished, then opened again by the head where it ended."""
    tale.reach_the_verifier()
    tale.walk()
    with tale.later(DAY):
        reopen(tale.ticket, by=tale.head, note="Nama usaha pada bukti salah tulis.")


def overridden(scene: Scene, tale: Tale) -> None:
    """The blacklist knew a like name; the head let the activation pass, with a reason."""
    tale.reach_the_verifier()
    tale.walk(before=(ACTIVATION,))
    found = Answer("bad", "daftar-hitam.inaproc.id", note="Nama mirip, NPWP berbeda.")
    with tale.later():
        record_check(tale.ticket, BLACKLIST, found, by=tale.verifier)
    seen = {each.kind: each.check for each in asked_checks(tale.ticket)}[BLACKLIST]
    reason = "NPWP pada sanksi milik perusahaan lain; bukti diperiksa."
    with tale.later(4 * MINUTE):
        override_check(tale.ticket, BLACKLIST, by=tale.head, reason=reason, after=seen.pk if seen else 0)  # fmt: skip
    tale.walk()


def turned_down(scene: Scene, tale: Tale) -> None:
    """Refused with its reason, where the procedure allows that (C17)."""
    tale.reach("decide")
    for said in ({"exit": "tolak"}, {"note": "Akta belum disahkan."}):
        step = step_of(tale.ticket, tale.ticket.step)
        if step:
            with tale.later():
                kind_of(step).complete(tale.ticket, step, by=tale.verifier, **said)


STORIES = (
    Story(sikap_waived, 17 * DAY, wants=SIKAP),
    Story(done_at_counter, 5.1 * DAY),
    Story(done_by_call, 5 * DAY, route="remote"),
    Story(sanctioned, 4.5 * DAY),
    Story(reopened, 4.2 * DAY),
    Story(overridden, 4 * DAY),
    Story(turned_down, 3.8 * DAY, wants="decide"),
    Story(call_missed, 3.1 * DAY, route="remote"),
    Story(sent_back, 2.2 * DAY),
    Story(second_version, 2 * DAY),
    Story(overdue, 1.5 * DAY, wants="promise"),
    Story(registered_twice, 1.4 * DAY),
    Story(again_at_counter, 1.3 * DAY, at_desk=True),
    Story(by_mail, 1.2 * DAY, at_desk=True, wants="mail"),
    Story(scans_by_mail, 1.1 * DAY, route="remote"),
    Story(call_tomorrow, 1.05 * DAY, route="remote"),
    Story(held_with_signatures, 4 * HOUR),
    Story(handed_over, 3 * HOUR),
    Story(left_behind, 2.5 * HOUR),
    Story(at_counter, 2 * HOUR, at_desk=True),
    Story(due_soon, timedelta(), wants="promise"),
)
