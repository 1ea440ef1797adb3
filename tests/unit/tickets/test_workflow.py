"""Every arrow of the table: from where it starts, who may walk it, what must be said, where it ends."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import connection

from loket.kernel import clock
from loket.tickets import workflow
from loket.tickets.actions.moves import move
from loket.tickets.models import Event, Message, Status, Ticket, Turn
from loket.tickets.models.ticket import OPEN
from tests.factories.tickets import registration
from tests.unit.tickets.crowd import EVERYBODY, OFFICERS, crowd
from tests.unit.tickets.trying import answer, put, undone

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10.00 WIB
ARROWS = {arrow.name: arrow for arrow in workflow.TRANSITIONS}
HEADS = {"kepala_tim", "kasubag_lpse", "kepala_bagian"}
VERIFIER = {"verifikator"}

# The table of the design, written down a second time: sources, target, outcome.
TABLE = {
    "take": ({"submitted", "in_progress"}, "in_progress", ""),
    "resume": ({"submitted", "waiting_applicant", "waiting_outside"}, "in_progress", ""),
    "ask_applicant": ({"submitted", "in_progress"}, "waiting_applicant", ""),
    "pass_outside": ({"in_progress"}, "waiting_outside", ""),
    "finish": ({"in_progress", "waiting_outside"}, "done", "fulfilled"),
    "reject": ({"submitted", "in_progress"}, "rejected", "rejected"),
    "withdraw": ({"submitted", "in_progress", "waiting_applicant"}, "withdrawn", "withdrawn"),
    "close": ({"done"}, "closed", ""),
    "close_unanswered": ({"waiting_applicant"}, "closed", "unanswered"),
    "reopen": ({"done", "closed", "rejected", "withdrawn"}, "in_progress", ""),
    "merge": (
        {"submitted", "in_progress", "waiting_applicant", "waiting_outside"}, "closed", "merged",
    ),
}  # fmt: skip
# Who may walk it while the ticket stands at a step of the verifier.
WHO = {
    "take": OFFICERS - {"auditor"},
    "resume": VERIFIER,
    "ask_applicant": VERIFIER,
    "pass_outside": VERIFIER,
    "finish": VERIFIER,
    "reject": VERIFIER,
    "withdraw": {"applicant"},
    "close": {"system"},
    "close_unanswered": {"system"},
    "reopen": HEADS,
    "merge": OFFICERS - {"auditor"},
}
STEP = {"reject": "tolak"}  # the only arrow that asks for a kind of step


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(depok):
    return registration(depok)


@pytest.fixture
def people(ticket, batang):
    return crowd(ticket, batang)


def step_for(arrow):
    return STEP.get(arrow, "cocokkan")


def source_of(arrow):
    return min(TABLE[arrow][0])


def walk(ticket, arrow, by, note="Ada alasannya."):
    return partial(move, ticket, ARROWS[arrow], by=by, note=note)


def test_the_table_has_exactly_these_arrows():
    assert set(ARROWS) == set(TABLE) == set(WHO)


@pytest.mark.parametrize("arrow", TABLE)
def test_arrow_starts_from_its_sources_only(arrow, ticket, people):
    by = people[min(WHO[arrow])]
    answers = {
        status: answer(walk(put(ticket, status, step_for(arrow)), arrow, by))
        for status in Status.values
    }
    assert answers == {
        status: "done" if status in TABLE[arrow][0] else "late"
        for status in Status.values
    }


@pytest.mark.parametrize("arrow", TABLE)
def test_arrow_is_walked_by_its_people_only(arrow, ticket, people):
    standing = put(ticket, source_of(arrow), step_for(arrow))
    answers = {word: answer(walk(standing, arrow, by)) for word, by in people.items()}
    assert answers == {
        word: "done" if word in WHO[arrow] else "denied" for word in EVERYBODY
    }


@pytest.mark.parametrize("arrow", TABLE)
def test_arrow_leads_to_its_target_with_its_outcome(arrow, ticket, people):
    standing = put(ticket, source_of(arrow), step_for(arrow))
    walk(standing, arrow, people[min(WHO[arrow])])()
    after = Ticket.objects.get(pk=ticket.pk)
    assert (after.status, after.outcome) == TABLE[arrow][1:]
    assert (after.ended_at is None) == (after.status in OPEN)


@pytest.mark.parametrize("arrow", TABLE)
@pytest.mark.parametrize("note", ["", "  \n"])
def test_reason_is_asked_for_refusal_reopening_and_merging_only(
    arrow, note, ticket, people
):
    standing = put(ticket, source_of(arrow), step_for(arrow))
    answered = answer(walk(standing, arrow, people[min(WHO[arrow])], note))
    assert answered == ("wrong" if arrow in {"reject", "reopen", "merge"} else "done")


@pytest.mark.parametrize("arrow", TABLE)
def test_arrow_writes_one_event_with_both_statuses(arrow, ticket, people):
    standing = put(ticket, source_of(arrow), step_for(arrow))
    by = people[min(WHO[arrow])]
    before = set(Event.objects.values_list("pk", flat=True))
    event = walk(standing, arrow, by)()
    [written] = Event.objects.exclude(pk__in=before)
    assert (written.pk, written.name, written.by) == (event.pk, arrow, by)
    statuses = (written.from_status, written.to_status)
    assert statuses == (source_of(arrow), TABLE[arrow][1])


@pytest.mark.parametrize(
    ("arrow", "as_what"),
    [("take", "officer"), ("withdraw", "party"), ("close", "system")],
)
def test_event_says_as_what_somebody_acted(arrow, as_what, ticket, people):
    standing = put(ticket, source_of(arrow), step_for(arrow))
    assert walk(standing, arrow, people[min(WHO[arrow])])().as_what == as_what


def test_refused_arrow_leaves_nothing_behind(ticket, people):
    before = Event.objects.count(), Message.objects.count()
    answers = [
        answer(walk(ticket, "reject", people["stranger"])),
        answer(walk(put(ticket, "done"), "withdraw", people["applicant"])),
    ]
    assert answers == ["denied", "late"]
    assert (Event.objects.count(), Message.objects.count()) == before


def test_stranger_learns_nothing_of_the_status(ticket, people):
    """Who asks without a right is told so, whatever the status would have said."""
    standing = put(ticket, "closed")
    assert answer(walk(standing, "withdraw", people["stranger"])) == "denied"


def test_reason_becomes_a_message_and_no_text_stands_in_the_event(ticket, people):
    standing = put(ticket, "in_progress", "tolak")
    event = walk(standing, "reject", people["verifikator"], "Alamat tidak ada.")()
    message = Message.objects.get()
    assert (message.body, message.is_internal) == ("Alamat tidak ada.", False)
    assert event.data == {"message": message.pk}


def test_end_stops_the_clock_and_is_nobodys_turn(ticket, people):
    walk(ticket, "withdraw", people["applicant"], "")()
    after = Ticket.objects.get(pk=ticket.pk)
    assert (after.turn, after.due_at, after.ended_at) == (Turn.NOBODY, None, MONDAY)
    assert not after.segments.filter(ended_at=None).exists()


def accepted(ticket, user):
    return [
        name for name, arrow in ARROWS.items()
        if answer(partial(move, ticket, arrow, by=user, note="Ada.")) == "done"
    ]  # fmt: skip


@pytest.mark.parametrize("word", sorted(EVERYBODY))
def test_buttons_are_exactly_what_move_accepts(word, ticket, people):
    user, shown, taken = people[word], {}, {}
    for status in Status.values:
        for step in ("datang", "cocokkan", "tolak"):
            with undone():
                standing = put(ticket, status, step)
                offered = workflow.available(user, standing)
                shown[status, step] = [each.name for each in offered]
                taken[status, step] = accepted(standing, user)
    assert shown == taken


def test_move_reads_the_status_of_the_moment_not_of_the_page(ticket, people):
    stale = Ticket.objects.get(pk=ticket.pk)
    walk(ticket, "withdraw", people["applicant"], "")()
    assert answer(walk(stale, "withdraw", people["applicant"], "")) == "late"
    assert stale.status == "withdrawn"


def test_ticket_row_is_held_until_the_transaction_ends(ticket):
    connection.queries_log.clear()
    connection.force_debug_cursor = True
    try:
        ticket.lock()
    finally:
        connection.force_debug_cursor = False
    [statement] = [each["sql"] for each in connection.queries_log]
    assert statement.endswith('FOR UPDATE OF "tickets_ticket"')
