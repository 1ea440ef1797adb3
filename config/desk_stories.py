"""Stories of the desk: how requests arrive, wait, and pass from hand to hand."""

from datetime import datetime
from random import Random

from config.scenes import HOUR, JUDGING, MINUTE, ON_LEAVE, Scene, Tale
from config.stamped import signed
from loket.kernel import clock
from loket.offices.seeds import invented_name, send_on_leave
from loket.tickets.actions import assign, give_document, release, take
from loket.tickets.actions.intake import Arrival, Mail, receive, receive_papers
from loket.tickets.actions.merging import merge
from loket.tickets.models import Ticket
from loket.tickets.queries import asked_documents
from loket.tickets.queries.intake import BY_MAIL
from loket.tickets.queries.words import step_of
from loket.tickets.seeds import applicant_of, do_step, sample_pdf, upload_all


def overdue(scene: Scene, tale: Tale) -> None:
    """Handed in, and nobody looked within the promised time."""
    tale.reach_the_verifier()


def due_soon(scene: Scene, tale: Tale) -> None:
    """Handed in eleven minutes ago: of a quarter of an hour four are left."""
    ticket = tale.ticket
    with clock.at(tale.moment):
        upload_all(ticket, scene.random)
        while (step := step_of(ticket, ticket.step)) and step.kind not in JUDGING:
            is_first = step.actor == "applicant"
            do_step(ticket, step, by=applicant_of(ticket) if is_first else tale.verifier)  # fmt: skip


def held_with_signatures(scene: Scene, tale: Tale) -> None:
    """A colleague holds it; of its papers one is signed under a trusted issuer, one under another."""
    applicant = applicant_of(tale.ticket)
    asked = [each for each in asked_documents(tale.ticket) if each.is_missing]
    with tale.later():
        for one, signatory in zip(asked, scene.signatories, strict=False):
            data = signed(sample_pdf(str(one.requirement.title), scene.random), signatory)  # fmt: skip
            give_document(tale.ticket, one.code, by=applicant, data=data, name=f"{one.code}.pdf")  # fmt: skip
    tale.reach_the_verifier()
    with tale.later():
        take(tale.ticket, by=tale.staff["verifikator2"])


def handed_over(scene: Scene, tale: Tale) -> None:
    """Out of one verifier's hands into another's."""
    tale.reach_the_verifier()
    with tale.later():
        take(tale.ticket, by=tale.verifier)
    with tale.later():
        assign(tale.ticket, tale.staff["verifikator2"], by=tale.verifier)


def left_behind(scene: Scene, tale: Tale) -> None:
    """Its officer goes on leave and it is free again."""
    tale.reach_the_verifier()
    away = tale.staff[ON_LEAVE]
    with tale.later():
        take(tale.ticket, by=away)
    with clock.at(scene.now):
        send_on_leave(scene.office, away, by=tale.head)
        release(tale.ticket, by=None)


def _scans(ticket: Ticket, random: Random) -> dict[str, tuple[bytes, str]]:
    """Every document asked for, as it hangs on a mail."""
    return {
        each.code: (sample_pdf(str(each.requirement.title), random), f"{each.code}.pdf")
        for each in asked_documents(ticket)
    }


def _arrival(scene: Scene, channel: str, **more: object) -> Arrival:
    kind = next(iter(scene.spec.applicants))
    phone = f"0812 0000 9{scene.random.randrange(100, 1000)}"
    said = {"name": invented_name(scene.random), "phone": phone} | more
    return Arrival(scene.standard, kind, channel, **said)  # type: ignore[arg-type]  # names as in Arrival


def at_counter(scene: Scene, moment: datetime) -> None:
    """Somebody came with nothing but a name and a telephone number."""
    with clock.at(moment):
        receive(scene.office, _arrival(scene, "counter"), by=scene.staff["front_office"])  # fmt: skip


def by_mail(scene: Scene, moment: datetime) -> None:
    """A request that came by mail, entered two hours later with its scans."""
    sender = f"surat{scene.random.randrange(1000)}@usaha.example"
    by = scene.staff["front_office"]
    channel = next(each for each in BY_MAIL if each in scene.spec.intake)
    arrival = _arrival(scene, channel, email=sender, received_at=moment)
    with clock.at(min(moment + 2 * HOUR, scene.now)):
        ticket = receive(scene.office, arrival, by=by)
        papers = _scans(ticket, scene.random)
        receive_papers(ticket, Mail(channel, f"Dari {sender}"), papers, by=by)


def scans_by_mail(scene: Scene, tale: Tale) -> None:
    """Registered online; the scans came by e-mail and the office put them in."""
    papers = _scans(tale.ticket, scene.random)
    mail = Mail("email", f"Dari {applicant_of(tale.ticket).email}")
    with tale.later(3 * HOUR):
        receive_papers(tale.ticket, mail, papers, by=tale.verifier)
    tale.walk(before=JUDGING)


def registered_twice(scene: Scene, tale: Tale) -> None:
    """Registered online; the same person comes to the desk later."""
    scene.remembered["twice"] = tale.ticket


def again_at_counter(scene: Scene, moment: datetime) -> None:
    """The desk opens another ticket, notices the telephone number, and joins both."""
    kept, by = scene.remembered["twice"], scene.staff["front_office"]
    told = {"name": kept.applicant_name, "phone": kept.phone}
    with clock.at(moment):
        other = receive(scene.office, _arrival(scene, "counter", **told), by=by)
    with clock.at(min(moment + 5 * MINUTE, scene.now)):
        merge(kept, other, by=by, note="Pemohon yang sama, sudah mendaftar daring.")
