"""One tax number in two rows of a supplier: whoever bars it and whoever activates it go one after the other."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from loket.accounts.models import User
from loket.kernel import locks
from loket.offices.roles import Role
from loket.suppliers.actions import Activation, activate, sanctions, settle_claim
from loket.suppliers.models import Sanction, Supplier
from loket.suppliers.queries.sanctions import barring_sanction
from loket.tickets.actions import withdraw
from loket.tickets.models import Event, Ticket
from tests.factories.people import again, officer
from tests.factories.registering import EMAIL, filled_in, send, submitted
from tests.unit.suppliers.test_barred import OTHER, at_activation
from tests.unit.suppliers.test_sanctions import deactivate, entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tickets(bogor):
    """The request that was given up, and the later one of the same number, which waits for its activation."""
    old = submitted(bogor).ticket
    withdraw(old, by=again(User.objects.get(email=EMAIL)))
    settle_claim(old)
    return Ticket.objects.get(pk=old.pk), at_activation(send(filled_in(bogor, **OTHER)))


def barred_first(monkeypatch, old, later):
    """The click has read that nothing bars the number, and dawdles; meanwhile a head writes the entry on the old row.

    Whether the entry was written before the account was activated.
    """
    has_read, is_written = threading.Event(), threading.Event()
    verifier = officer(later.office, name="Wulan Prameswari")
    head = officer(old.office, Role.KEPALA_BAGIAN, "Bagas Prasetya")

    def dawdling(digest):
        found = barring_sanction(digest)
        has_read.set()
        is_written.wait(1.5)
        return found

    def click():
        try:
            activate(later, Activation("SPSE"), by=verifier)
        finally:
            connection.close()

    monkeypatch.setattr(sanctions, "barring_sanction", dawdling)
    clicking = threading.Thread(target=click)
    clicking.start()
    assert has_read.wait(20)
    try:
        deactivate(old, entry(file=None), by=head)
        is_written.set()
    finally:
        clicking.join()
    mine = Supplier.objects.get(registrations__ticket=later)
    assert mine.tax_id_digest == Sanction.objects.get().supplier.tax_id_digest
    written = {name: Event.objects.get(name=name).pk for name in ("deactivated", "activate")}  # fmt: skip
    return mine.activated_at is not None and written["deactivated"] < written["activate"]  # fmt: skip


def test_entry_on_the_other_row_waits_for_the_click_that_has_read(tickets, monkeypatch):
    assert not barred_first(monkeypatch, *tickets)


def test_control_without_the_lock_a_barred_number_is_activated(tickets, monkeypatch):
    monkeypatch.setattr(locks, "hold", lambda kind, key: None)
    assert barred_first(monkeypatch, *tickets)


def test_click_after_the_entry_is_refused(tickets, bogor):
    old, later = tickets
    deactivate(old, entry(file=None), by=officer(bogor, Role.KEPALA_BAGIAN, "Bagas Prasetya"))  # fmt: skip
    with pytest.raises(ValidationError, match="Daftar Hitam"):
        activate(later, Activation("SPSE"), by=officer(bogor, name="Wulan Prameswari"))


def test_other_numbers_and_other_kinds_do_not_wait(bogor):
    """A lock on one key is held; another key, and the same word of another kind, are free."""
    free = []

    def other():
        try:
            with transaction.atomic():
                locks.hold("tax identity", "b")
                locks.hold("sequence", "a")
                free.append(True)
        finally:
            connection.close()

    with transaction.atomic():
        locks.hold("tax identity", "a")
        holding = threading.Thread(target=other)
        holding.start()
        holding.join(10)
    assert free == [True]
