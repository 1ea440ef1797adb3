"""The account after submission: activated once, its tax identity held or freed, its numbers shown."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.roles import Role
from loket.suppliers.actions import Activation, activate, reveal, settle_claim
from loket.suppliers.models import Supplier
from loket.tickets.actions import reject, reopen, withdraw
from loket.tickets.models import Event, Ticket
from tests.factories.people import again, officer
from tests.factories.registering import EMAIL, filled_in, send, submitted
from tests.factories.tickets import registration as counter_ticket

pytestmark = pytest.mark.django_db
OTHER = "lain@pandan.example"


@pytest.fixture
def verifier(bogor):
    return officer(bogor)


@pytest.fixture
def ticket(bogor):
    return submitted(bogor).ticket


@pytest.fixture
def at_activation(ticket):
    Ticket.objects.update(step="aktifkan")
    ticket.refresh_from_db()
    return ticket


def supplier():
    return Supplier.objects.earliest("pk")


def withdrawn(ticket):
    withdraw(ticket, by=User.objects.get(email=EMAIL))
    settle_claim(ticket)


def test_activation_says_when_who_where_and_in_which_system(
    at_activation, verifier, bogor
):
    activate(at_activation, Activation("SPSE"), by=verifier)
    found = supplier()
    assert (found.activated_by, found.activated_office, found.activated_in) == (
        verifier,
        bogor,
        "SPSE",
    )
    event = Event.objects.get(name="activate")
    said = {"system": "SPSE", "role": "verifikator"}
    assert (event.by, event.data) == (verifier, said)


def test_second_activation_changes_nothing(at_activation, verifier, bogor):
    activate(at_activation, Activation("SPSE"), by=verifier)
    first = supplier().activated_at
    activate(at_activation, Activation("SIKaP"), by=officer(bogor))
    assert (supplier().activated_at, supplier().activated_in) == (first, "SPSE")
    assert Event.objects.filter(name="activate").count() == 1


def test_activation_is_refused_to_other_offices_roles_and_the_applicant(
    at_activation, bogor, depok
):
    applicant = User.objects.get(email=EMAIL)
    for stranger in (officer(depok), officer(bogor, Role.FRONT_OFFICE), applicant):
        with pytest.raises(PermissionDenied):
            activate(at_activation, Activation("SPSE"), by=stranger)
    assert supplier().activated_at is None


def test_ticket_without_a_registration_is_not_activated(bogor, verifier):
    ticket = counter_ticket(bogor)
    Ticket.objects.update(step="aktifkan")
    ticket.refresh_from_db()
    with pytest.raises(ValidationError, match="belum bertaut"):
        activate(ticket, Activation("SPSE"), by=verifier)
    assert not Event.objects.filter(name="activate").exists()


def test_what_was_done_earlier_elsewhere_keeps_its_time_and_number(
    at_activation, verifier
):
    early = clock.now() - timedelta(hours=3)
    activate(at_activation, Activation("SPSE", early, "BGR/2026/7"), by=verifier)
    event = Event.objects.get(name="activate")
    assert (supplier().activated_at, event.at) == (early, early)
    assert event.data["reference"] == "BGR/2026/7"
    assert event.recorded_at > early


def test_nothing_is_active_before_its_time(at_activation, verifier):
    tomorrow = clock.now() + timedelta(days=1)
    with pytest.raises(ValidationError):
        activate(at_activation, Activation("SPSE", tomorrow), by=verifier)
    assert supplier().activated_at is None


def test_withdrawal_frees_the_number_for_others(ticket, bogor):
    withdrawn(ticket)
    assert supplier().freed_at is not None
    other = filled_in(bogor, OTHER, user_id="lain")
    assert send(other).applicant_name == "CV Tunas Pandan"


def test_rejection_frees_the_number(depok, packs):
    ticket = submitted(depok).ticket
    Ticket.objects.update(step="tolak", status="in_progress")
    ticket.refresh_from_db()
    reject(ticket, by=officer(depok), note="Berkas tidak sah")
    settle_claim(ticket)
    assert supplier().freed_at is not None


def test_reopened_request_holds_its_number_again(ticket, bogor):
    withdrawn(ticket)
    reopen(ticket, by=officer(bogor, Role.KEPALA_BAGIAN), note="Salah tekan")
    settle_claim(ticket)
    assert supplier().freed_at is None


def test_reopened_request_whose_number_went_to_another_is_not_activated(
    ticket, bogor, verifier
):
    withdrawn(ticket)
    send(filled_in(bogor, OTHER, user_id="lain"))
    reopen(ticket, by=officer(bogor, Role.KEPALA_BAGIAN), note="Salah tekan")
    settle_claim(ticket)
    assert supplier().freed_at is not None
    Ticket.objects.filter(pk=ticket.pk).update(step="aktifkan")
    ticket.refresh_from_db()
    with pytest.raises(Conflict):
        activate(ticket, Activation("SPSE"), by=verifier)


def test_open_request_keeps_its_number_when_an_event_arrives_late(ticket):
    settle_claim(ticket)
    assert supplier().freed_at is None


def test_active_supplier_keeps_its_number_whatever_becomes_of_the_ticket(
    at_activation, verifier
):
    activate(at_activation, Activation("SPSE"), by=verifier)
    withdrawn(at_activation)
    assert supplier().freed_at is None


def test_ticket_without_registration_settles_nothing(bogor):
    settle_claim(counter_ticket(bogor))
    assert Supplier.objects.count() == 0


def test_looking_at_numbers_is_written_into_the_timeline(ticket, verifier):
    assert reveal(ticket, by=verifier) == supplier()
    event = Event.objects.get(name="identity_seen")
    assert (event.by, event.data) == (verifier, {})


def test_numbers_are_shown_to_those_who_may_see_them_only(ticket, bogor, depok):
    for stranger in (
        officer(bogor, Role.FRONT_OFFICE),
        officer(bogor, Role.AUDITOR),
        officer(depok),
    ):
        with pytest.raises(PermissionDenied):
            reveal(ticket, by=again(stranger))
    assert Event.objects.filter(name="identity_seen").count() == 0
