"""An account is used at another office: one supplier, one claim, one ticket more (agregasi)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import QuerySet

from loket.kernel.errors import Conflict
from loket.offices.models import Office
from loket.suppliers.actions import (
    Activation,
    Asked,
    activate,
    free,
    join,
    joining as joining_actions,
    settle_claim,
)
from loket.suppliers.models import Registration, Representative, Supplier
from loket.suppliers.queries import TERMS_VERSION
from loket.tickets.actions import withdraw
from loket.tickets.models import Event, Segment, Ticket
from tests.factories.people import again, officer, person
from tests.factories.registering import NPWP, submitted
from tests.factories.walking import accept_all, complete
from tests.unit.tickets.browsing import give_all

pytestmark = pytest.mark.django_db
ASKED = Asked("badan-usaha", (), "counter")


def joined(supplier, office, by, asked=ASKED):
    return join(supplier, office, asked, by=by, terms_version=TERMS_VERSION)


def owner(supplier):
    return Representative.objects.owners().get(supplier=supplier).user


@pytest.fixture
def supplier(bogor):
    return submitted(bogor).supplier


def test_joining_opens_a_ticket_of_the_other_office_for_the_same_supplier(
    supplier, depok
):
    ticket = joined(supplier, depok, owner(supplier))
    assert (ticket.office, ticket.number[:3], ticket.step) == (depok, "DPK", "datang")
    assert Supplier.objects.count() == 1
    assert list(Ticket.objects.visible_to(owner(supplier)).order_by("pk"))[1:] == [
        ticket
    ]


def test_joining_keeps_consent_and_neither_answers_nor_password(supplier, depok):
    ticket = joined(supplier, depok, owner(supplier))
    found = Registration.objects.get(ticket=ticket)
    assert (found.supplier, found.terms_version) == (supplier, TERMS_VERSION)
    assert found.consented_at is not None
    assert (found.answers, found.password_hash) == ("", "")


def test_steps_before_the_ticket_are_recorded_for_it_too(supplier, depok):
    ticket = joined(supplier, depok, owner(supplier))
    before = Event.objects.filter(ticket=ticket, name="step_done")
    assert [event.step for event in before] == ["daftar"]
    assert Segment.objects.filter(ticket=ticket, step="daftar").count() == 1


def test_joining_again_leads_to_the_ticket_there_is(supplier, depok, bogor):
    first = joined(supplier, depok, owner(supplier))
    assert joined(supplier, depok, owner(supplier)) == first
    assert joined(supplier, bogor, owner(supplier)).office == bogor
    assert Ticket.objects.count() == 2


def test_only_an_owner_of_the_supplier_joins(supplier, depok):
    staff = person()
    Representative.objects.create(
        supplier=supplier, user=staff, role="staff", since=supplier.claimed_at
    )
    for stranger in (person(), staff, officer(depok)):
        with pytest.raises(PermissionDenied):
            joined(supplier, depok, stranger)
    assert Ticket.objects.filter(office=depok).count() == 0


def test_kind_and_way_are_those_of_this_office(supplier, depok):
    for wrong in (Asked("firma", (), "counter"), Asked("badan-usaha", (), "remote")):
        with pytest.raises(ValidationError):
            joined(supplier, depok, owner(supplier), wrong)


def test_all_people_of_the_supplier_see_the_new_ticket(supplier, depok):
    staff = person()
    Representative.objects.create(
        supplier=supplier, user=staff, role="staff", since=supplier.claimed_at
    )
    ticket = joined(supplier, depok, owner(supplier))
    assert list(Ticket.objects.visible_to(staff)) == [ticket]


def at_activation(ticket, verifier, user):
    ticket.applicant = user
    give_all(ticket)
    complete(ticket, user)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    complete(ticket, verifier, exit="terima")
    ticket.refresh_from_db()
    return ticket


def test_account_active_elsewhere_keeps_its_first_activation(supplier, depok, bogor):
    first = officer(bogor)
    Supplier.objects.update(
        activated_at=supplier.claimed_at,
        activated_by=first,
        activated_office=bogor,
        activated_in="SPSE",
    )
    verifier = officer(depok)
    ticket = at_activation(
        joined(supplier, depok, owner(supplier)), verifier, owner(supplier)
    )
    for _ in range(2):
        activate(ticket, Activation("SIKaP"), by=again(verifier))
    supplier.refresh_from_db()
    kept = (supplier.activated_by, supplier.activated_office, supplier.activated_in)
    assert kept == (first, bogor, "SPSE")
    [event] = Event.objects.filter(ticket=ticket, name="activate")
    assert event.data == {"system": "SIKaP", "role": "verifikator", "is_shared": True}


def test_first_activation_may_happen_at_the_office_joined(supplier, depok):
    verifier = officer(depok)
    ticket = at_activation(
        joined(supplier, depok, owner(supplier)), verifier, owner(supplier)
    )
    activate(ticket, Activation("SPSE"), by=again(verifier))
    supplier.refresh_from_db()
    assert (supplier.activated_office, supplier.activated_by) == (depok, verifier)


def test_number_stays_claimed_while_one_office_still_works_on_it(supplier, depok):
    ticket = joined(supplier, depok, owner(supplier))
    withdraw(ticket, by=owner(supplier))
    settle_claim(ticket)
    supplier.refresh_from_db()
    assert supplier.freed_at is None
    last = Ticket.objects.exclude(pk=ticket.pk).get()
    withdraw(last, by=owner(supplier))
    settle_claim(last)
    supplier.refresh_from_db()
    assert supplier.freed_at is not None


def test_freed_number_is_claimed_again(supplier, depok):
    free(supplier)
    joined(supplier, depok, owner(supplier))
    supplier.refresh_from_db()
    assert supplier.freed_at is None


def test_freed_number_that_went_to_a_rival_is_refused(supplier, depok):
    free(supplier)
    submitted(depok, "saingan@pandan.example", npwp=NPWP, user_id="saingan")
    with pytest.raises(Conflict):
        joined(supplier, depok, owner(supplier))


def test_officer_does_nothing_on_the_ticket_of_his_own_business(supplier, depok):
    user = owner(supplier)
    verifier = officer(depok)
    Representative.objects.create(
        supplier=supplier, user=verifier, since=supplier.claimed_at
    )
    ticket = joined(supplier, depok, user)
    ticket.applicant = user
    give_all(ticket)
    complete(ticket, user)
    with pytest.raises(PermissionDenied):
        complete(ticket, verifier)


def joins_at_once(supplier, office, count):
    """The numbers of the tickets so many browsers got at the same moment."""
    user, start = owner(supplier), Barrier(count)

    def joining(_):
        try:
            mine = Supplier.objects.get(pk=supplier.pk)
            place = Office.objects.get(pk=office.pk)
            start.wait(timeout=30)
            return joined(mine, place, user).number
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return set(pool.map(joining, range(count)))


@pytest.mark.django_db(transaction=True)
def test_forty_joins_at_once_are_one_ticket(bogor, depok):
    numbers = joins_at_once(submitted(bogor).supplier, depok, 40)
    assert numbers == {Ticket.objects.get(office=depok).number}
    assert Supplier.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_joins_at_once_would_be_more(bogor, depok, monkeypatch):
    supplier, meeting = submitted(bogor).supplier, Barrier(4)
    known = joining_actions.registered_at

    def slowly(supplier, office):
        found = known(supplier, office)
        meeting.wait(timeout=30)
        return found

    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)
    monkeypatch.setattr(joining_actions, "registered_at", slowly)
    assert len(joins_at_once(supplier, depok, 4)) == 4
    assert Ticket.objects.filter(office=depok).count() == 4
