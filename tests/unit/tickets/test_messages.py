"""What people write on a ticket: the other side reads replies, and never an internal note."""

from datetime import UTC, datetime

import pytest
from django.core import mail

from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.tickets.actions import write_message
from loket.tickets.models import Event, Message
from loket.tickets.queries import timeline
from loket.tickets.queries.reading import OFFICE_ONLY
from loket.tickets.queries.story import history, read_events
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete
from tests.unit.tickets.browsing import address, signed_in
from tests.unit.tickets.trying import answer

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SECRET = "Alamat pada KTP meragukan, tanyakan kepada Kelurahan."


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(bogor):
    return registration(bogor)


@pytest.fixture
def noted(ticket, bogor):
    """A ticket with an internal note, and a reply after it."""
    ratna = again(officer(bogor))
    write_message(ticket, by=ratna, body=SECRET, is_internal=True)
    write_message(ticket, by=ratna, body="Mohon bawa KTP asli.")
    return ticket


# Who writes: to the other side, and a note for colleagues.
WRITERS = {
    **{role: ("done", "done") for role in Role if role != Role.AUDITOR},
    "auditor": ("denied", "denied"),
    "applicant": ("done", "denied"),
    "stranger": ("denied", "denied"),
    "foreigner": ("denied", "denied"),
}


@pytest.mark.parametrize("word", WRITERS)
def test_applicant_and_office_write_and_only_the_office_notes(
    word, ticket, bogor, depok
):
    build = {
        "applicant": lambda: ticket.applicant,
        "stranger": person,
        "foreigner": lambda: officer(depok),
    }
    by = again(build[word]() if word in build else officer(bogor, Role(word)))
    answers = tuple(
        answer(lambda inner=inner: write_message(ticket, by=by, body="Halo", is_internal=inner))
        for inner in (False, True)
    )  # fmt: skip
    assert answers == WRITERS[word]


def test_event_points_at_the_message_and_holds_no_text(noted):
    events = {event.name: event.data for event in Event.objects.filter(ticket=noted)}
    note, reply = Message.objects.order_by("id")
    assert (events["note"], events["reply"]) == (
        {"message": note.pk},
        {"message": reply.pk},
    )


def test_timeline_for_the_applicant_leaves_out_what_is_the_offices(noted):
    names = {event.name for event in timeline(noted, for_office=False)}
    assert names & set(OFFICE_ONLY) == set()
    assert "note" in {event.name for event in timeline(noted, for_office=True)}


def test_history_for_the_applicant_never_reads_the_note(noted):
    for for_office, bodies in ((False, {"", "Mohon bawa KTP asli."}), (True, {"", SECRET, "Mohon bawa KTP asli."})):  # fmt: skip
        events = read_events(noted, for_office=for_office)
        told = history(noted, events, for_office=for_office)
        assert {moment.body for moment in told} == bodies


@pytest.mark.parametrize("page", ["own", "documents", "mine"])
def test_no_page_of_the_applicant_shows_the_note(noted, page):
    args = [] if page == "mine" else [noted.number]
    browser = signed_in(again(noted.applicant))
    shown = browser.get(address(page, *args))
    assert (shown.status_code, SECRET in shown.content.decode()) == (200, False)


def test_public_status_shows_neither_note_nor_reply(noted, client):
    shown = client.get(f"/lacak/{noted.public_code}/").content.decode()
    assert [text in shown for text in (SECRET, "Mohon bawa KTP asli.")] == [False, False]  # fmt: skip


def test_no_mail_carries_a_note(depok):
    helpdesk, verifier = officer(depok, Role.HELPDESK), officer(depok)
    ticket = registration(depok)
    complete(ticket, helpdesk)
    write_message(ticket, by=again(verifier), body=SECRET, is_internal=True)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    complete(ticket, verifier, exit="tolak")
    complete(ticket, verifier, note="Alamat tidak dapat dibuktikan.")
    run_jobs_here()
    sent = [str(letter.message()) for letter in mail.outbox]
    assert (len(sent), Mail.objects.filter(sent_at=None).count()) == (1, 0)
    assert [SECRET in text or "Alamat tidak" in text for text in sent] == [False]


def test_follow_up_note_of_the_last_step_stays_inside(bogor):
    front, verifier = officer(bogor, Role.FRONT_OFFICE), officer(bogor)
    ticket = registration(bogor)
    complete(ticket, front)
    complete(ticket, front, complete=True)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    complete(ticket, front)
    complete(ticket, verifier, system="SPSE")
    complete(ticket, verifier, result="waived", note=SECRET)
    assert Message.objects.get().is_internal
    own = signed_in(again(ticket.applicant)).get(address("own", ticket.number))
    assert SECRET not in own.content.decode()


def test_message_with_markup_is_shown_as_it_was_typed(ticket, bogor):
    write_message(ticket, by=again(officer(bogor)), body="<script>alert(1)</script>")
    own = signed_in(again(ticket.applicant)).get(address("own", ticket.number))
    shown = own.content.decode()
    assert ("&lt;script&gt;" in shown, "<script>alert" in shown) == (True, False)
