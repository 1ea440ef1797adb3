"""In whose hands a ticket is: taken over knowingly, handed over, given back, and what absence does to it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.actions import Away, note_absence
from loket.offices.roles import Role
from loket.tickets.actions import WrongStatus, assign, give_back, take
from loket.tickets.models import Event, Ticket
from loket.tickets.permissions import holds_tickets
from loket.tickets.tasks import release_left_behind
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import complete
from tests.unit.tickets.browsing import (  # fmt: skip
    address,
    as_page,
    at_verification,
    give_all,
    read,
    send,
    signed_in,
)
from tests.unit.tickets.crowd import party

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def sari(bogor):
    return again(officer(bogor, name="Sari Wening"))


@pytest.fixture
def ratna(bogor):
    return again(officer(bogor))


@pytest.fixture
def head(bogor):
    return again(officer(bogor, Role.KEPALA_TIM, "Gilang Samudra"))


@pytest.fixture
def ticket(bogor, sari):
    """At verification, in Sari's hands."""
    found = at_verification(bogor)
    take(found, by=sari)
    return found


def holder(ticket):
    return Ticket.objects.get(pk=ticket.pk).assignee


def latest(ticket, name):
    return Event.objects.filter(ticket=ticket, name=name).latest("id")


def away(user, office, days=3):
    note_absence(office, user, Away("leave", MONDAY, MONDAY + days * DAY), by=user)


@pytest.mark.parametrize("who", ["sari", "head"])
def test_holder_and_head_hand_a_ticket_over_and_the_event_names_both(who, ticket, sari, head, ratna):  # fmt: skip
    assign(ticket, ratna, by={"sari": sari, "head": head}[who])
    assert holder(ticket) == ratna
    assert latest(ticket, "assign").data == {"to_person": ratna.pk, "from_person": sari.pk}  # fmt: skip


def test_colleague_hands_over_nothing_that_another_holds(ticket, ratna, bogor):
    with pytest.raises(PermissionDenied):
        assign(ticket, again(officer(bogor)), by=ratna)
    with pytest.raises(PermissionDenied):
        give_back(ticket, by=ratna)


def test_ticket_goes_only_to_who_can_hold_it(ticket, head, bogor, depok, batang):
    party(ticket, own := officer(bogor))
    gone = officer(bogor)
    away(again(gone), bogor)
    auditor, stranger = officer(bogor, Role.AUDITOR), officer(depok)
    for somebody in (own, gone, auditor, stranger):
        with pytest.raises(ValidationError):
            assign(ticket, again(somebody), by=head)


def test_given_back_ticket_is_free_and_its_clock_goes_on(ticket, sari):
    due = ticket.due_at
    give_back(ticket, by=sari)
    assert holder(ticket) is None
    assert Ticket.objects.get(pk=ticket.pk).due_at == due
    with pytest.raises(WrongStatus):
        give_back(ticket, by=sari)


def test_second_hand_is_told_who_was_faster(ticket, sari, head, ratna, bogor):
    assign(ticket, ratna, by=head, holder=sari.pk)
    with pytest.raises(WrongStatus, match="Ratna Widuri"):
        assign(ticket, again(officer(bogor)), by=head, holder=sari.pk)
    with pytest.raises(WrongStatus, match="Ratna Widuri"):
        take(ticket, by=sari, holder=None)
    assert holder(ticket) == ratna


def test_new_holder_is_told_by_mail(ticket, head, ratna):
    assign(ticket, ratna, by=head)
    run_jobs_here()
    found = Mail.objects.get(template="tickets/mail/assigned")
    assert found.to == ratna.email


def test_button_names_the_colleague_and_the_history_both(ticket, ratna):
    desk = signed_in(ratna)
    assert "Ambil alih dari Sari Wening" in read(desk, "ticket", ticket.number).texts("button")  # fmt: skip
    sent = send(desk, "take", ticket.number, pemegang=holder(ticket).pk)
    assert sent.status_code == 302
    said = read(desk, "ticket", ticket.number).texts("p")
    assert "Mengambil alih tiket ini dari Sari Wening." in said


def test_page_offers_who_is_here_and_says_who_is_away(ticket, sari, ratna, head, bogor):
    away(again(officer(bogor, name="Bagas Prasetya")), bogor)
    desk = signed_in(sari)
    page = read(desk, "assign", ticket.number)
    text = " ".join(page.texts("main"))
    assert "Ratna Widuri (Verifikator)" in text
    assert "Gilang Samudra (Kepala Tim LPSE), bukan pelaksana langkah ini" in text
    assert "Bagas Prasetya Tidak hadir sampai" in " ".join(text.split())
    sent = send(desk, "assign", ticket.number, to=ratna.pk, pemegang=sari.pk)
    assert sent["Location"] == address("ticket", ticket.number)
    assert holder(ticket) == ratna
    assert send(signed_in(head), "assign", ticket.number).status_code == 422


def test_absence_frees_what_waits_for_the_office_and_nothing_jumps_back(ticket, sari, bogor):  # fmt: skip
    due = ticket.due_at
    away(sari, bogor)
    release_left_behind(0)
    assert holder(ticket) is None
    assert latest(ticket, "release").data["why"] == "away"
    assert Ticket.objects.get(pk=ticket.pk).due_at == due
    with clock.at(MONDAY + 4 * DAY):
        release_left_behind(0)
        assert holder(ticket) is None


def test_absence_leaves_what_waits_for_the_applicant_until_he_answers(bogor, sari):
    front = again(officer(bogor, Role.FRONT_OFFICE, "Sekar Arum"))
    found = registration(bogor)
    Ticket.objects.filter(pk=found.pk).update(assignee=front)
    away(front, bogor)
    release_left_behind(0)
    assert holder(found) == front
    give_all(found)
    complete(found, found.applicant)
    assert holder(found) is None


def test_who_is_away_takes_nothing(ticket, ratna, bogor):
    away(ratna, bogor)
    sent = send(signed_in(ratna), "take", ticket.number, pemegang=holder(ticket).pk)
    assert sent.status_code == 302
    assert holder(ticket).name == "Sari Wening"


def test_history_of_a_release_names_the_reason(ticket, sari, bogor, ratna):
    away(sari, bogor)
    release_left_behind(0)
    said = read(signed_in(ratna), "ticket", ticket.number).texts("p")
    assert "Sari Wening tidak hadir; tiket dapat diambil." in said


def test_absence_that_begins_between_page_and_press_is_told_at_the_field(ticket, sari, ratna, bogor):  # fmt: skip
    """Nobody becomes the holder, what was chosen stays, and the page says until when she is away."""
    desk = signed_in(sari)
    assert "Ratna Widuri (Verifikator)" in " ".join(read(desk, "assign", ticket.number).texts("main"))  # fmt: skip
    away(ratna, bogor)
    answered = send(desk, "assign", ticket.number, to=ratna.pk, pemegang=sari.pk)
    assert answered.status_code == 422
    said = " ".join(" ".join(as_page(answered).texts("main")).split())
    assert "Ratna Widuri Tidak hadir sampai" in said
    assert (holder(ticket), Event.objects.filter(name="assign").count()) == (sari, 0)


def test_absence_noted_before_begins_by_the_clock_between_page_and_press(ticket, sari, ratna, bogor):  # fmt: skip
    soon = clock.now() + timedelta(minutes=1)
    note_absence(bogor, ratna, Away("leave", soon, soon + DAY), by=ratna)
    assert holds_tickets(again(ratna), ticket)
    with clock.at(soon), pytest.raises(ValidationError):
        assign(ticket, again(ratna), by=again(sari), holder=sari.pk)
    assert holder(ticket) == sari


def test_holder_who_left_meanwhile_is_no_reason_to_keep_the_ticket(ticket, sari, ratna, head, bogor):  # fmt: skip
    """The page of the head still names Sari; her absence freed the ticket, and he reads that."""
    away(sari, bogor)
    release_left_behind(0)
    with pytest.raises(WrongStatus, match="dikembalikan ke daftar"):
        assign(ticket, ratna, by=head, holder=sari.pk)
    assert holder(ticket) is None
