"""Random walks through a whole procedure, judged by a clock that looks at every single minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets import workflow
from loket.tickets.actions import Finding, judge, reopen, withdraw
from loket.tickets.models import Segment, Ticket
from loket.tickets.models.ticket import OPEN
from loket.tickets.queries import asked_documents, clock_face
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete
from tests.unit.tickets.trying import undone

pytestmark = pytest.mark.django_db
START = datetime(
    2026, 11, 24, 4, 0, tzinfo=UTC
)  # a Tuesday, 11.00 WIB; no holiday for a month
MINUTE = timedelta(minutes=1)
PROMISED = 15
COVERED = {"cocokkan", "putuskan", "aktifkan", "bukti"}
TURNS = {
    "waiting_applicant": "applicant",
    "waiting_outside": "outside",
    "in_progress": "office",
    "submitted": "office",
}
# Minutes until the next act and what is done, of those things the step allows.
ACTS = st.lists(
    st.tuples(st.integers(0, 40) | st.integers(0, 1500), st.sampled_from("ffffbw")),
    max_size=9,
)
WALKS = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def is_open(moment):
    """The counter of Depok as its decree prints it, minute by minute."""
    local = moment.astimezone(ZoneInfo("Asia/Jakarta"))
    minute, day = local.hour * 60 + local.minute, local.weekday()
    noon = 11 * 60 + 30 if day == 4 else 12 * 60
    return day < 5 and (9 * 60 <= minute < noon or 13 * 60 <= minute < 14 * 60)


def open_minutes(start, end):
    count = 0
    while start < end:
        count += is_open(start)
        start += MINUTE
    return count


def due_after(start, left):
    """When so many open minutes have passed."""
    while left:
        left -= is_open(start)
        start += MINUTE
    return start


class Walker:
    """One ticket with the people who move it."""

    def __init__(self, office):
        self.helpdesk = officer(office, Role.HELPDESK)
        self.verifier = officer(office)
        self.head = officer(office, Role.KEPALA_TIM)
        self.ticket = registration(office)

    def act(self, how):
        """f: forward; b: back or refuse; w: withdraw, or reopen what has ended."""
        ticket = self.ticket
        if how == "w" or ticket.status not in OPEN:
            self.turn_around()
        elif ticket.step == "datang":
            complete(ticket, self.helpdesk)
        elif ticket.step == "cocokkan":
            self.judge_all(refuse=how == "b")
            complete(ticket, self.verifier)
        else:
            said = {
                "putuskan": {"exit": "tolak" if how == "b" else "terima"},
                "aktifkan": {"system": "SPSE"},
                "tolak": {"note": "Tidak terbukti."},
            }
            complete(ticket, self.verifier, **said.get(ticket.step, {}))

    def turn_around(self):
        if self.ticket.status not in OPEN:
            reopen(self.ticket, by=again(self.head), note="Dibuka lagi.")
        elif workflow.WITHDRAW.is_open_for(again(self.ticket.applicant), self.ticket):
            withdraw(self.ticket, by=again(self.ticket.applicant))

    def judge_all(self, *, refuse):
        if not refuse:
            accept_all(self.ticket, self.verifier)
            return
        for asked in asked_documents(self.ticket):
            finding = Finding(False, reason="differs")
            judge(
                asked.document, finding, by=again(self.verifier), after=asked.revision
            )


def walked(office, acts, *looks):
    """Walk, and look at the ticket after every act."""
    with clock.at(START):
        walker = Walker(office)
        for look in looks:
            look(Ticket.objects.get(pk=walker.ticket.pk))
    moment = START
    for wait, how in acts:
        moment += wait * MINUTE
        with clock.at(moment):
            walker.act(how)
            for look in looks:
                look(Ticket.objects.get(pk=walker.ticket.pk))


def segments(ticket):
    found = Segment.objects.filter(ticket=ticket, started_at__gte=ticket.submitted_at)
    return list(found.order_by("id"))


def judged_by_the_minute(found):
    """The due time that a look at every minute finds for the running segment."""
    *closed, running = found
    used = sum(
        open_minutes(each.started_at, each.ended_at) for each in closed if each.counted
    )
    return due_after(running.started_at, PROMISED - used) if used < PROMISED else None


def one_runs_while_open(ticket):
    running = [each.step for each in segments(ticket) if each.ended_at is None]
    assert running == ([ticket.step] if ticket.is_open else [])


def no_gap_but_before_a_reopening(ticket):
    found = segments(ticket)
    joints = [
        (before.ended_at, after.started_at)
        for before, after in pairwise(found)
        if before.ended_at != after.started_at
    ]
    assert found[0].started_at == ticket.submitted_at
    assert all(end < begin for end, begin in joints)
    assert len(joints) <= ticket.events.filter(name="reopen").count()
    assert found[-1].ended_at == ticket.ended_at


def sums_agree_unless_reopened(ticket):
    if ticket.events.filter(name="reopen").exists():
        return
    now = clock.now()
    lengths = [(each.ended_at or now) - each.started_at for each in segments(ticket)]
    elapsed = (ticket.ended_at or now) - ticket.submitted_at
    assert sum(lengths, timedelta()) == elapsed


def closed_hold_their_open_minutes(ticket):
    found = [each for each in segments(ticket) if each.ended_at]
    assert [each.office_seconds for each in found] == [
        60 * open_minutes(each.started_at, each.ended_at) for each in found
    ]


def due_only_while_counted(ticket):
    is_counted = (
        ticket.turn == "office"
        and ticket.step in COVERED
        and ticket.counting_from is not None
    )
    assert (ticket.due_at is not None) == is_counted


def due_is_what_a_walker_finds(ticket):
    if ticket.due_at is None:
        return
    expected = judged_by_the_minute(segments(ticket))
    if expected is None:
        assert ticket.due_at <= clock.now()  # used up already
    else:
        assert ticket.due_at == expected


def face_shows_the_counted_minutes(ticket):
    found = segments(ticket)
    used = sum(
        open_minutes(each.started_at, each.ended_at or clock.now())
        for each in found
        if each.counted
    )
    face = clock_face(ticket, found)
    assert (face.used_minutes, face.is_late) == (used, used > PROMISED)


def status_turn_and_end_agree(ticket):
    turn = TURNS.get(ticket.status, "nobody")
    assert (ticket.turn, ticket.ended_at is None) == (turn, ticket.is_open)
    assert ticket.is_open or ticket.outcome != ""


@WALKS
@given(acts=ACTS)
def test_segments_are_one_line_from_submission_to_end(depok, acts):
    with undone():
        walked(
            depok, acts,
            one_runs_while_open, no_gap_but_before_a_reopening, sums_agree_unless_reopened,
            status_turn_and_end_agree,
        )  # fmt: skip


@WALKS
@given(acts=ACTS)
def test_clock_agrees_with_a_look_at_every_minute(depok, acts):
    with undone():
        walked(
            depok, acts,
            closed_hold_their_open_minutes, due_only_while_counted, due_is_what_a_walker_finds,
            face_shows_the_counted_minutes,
        )  # fmt: skip
