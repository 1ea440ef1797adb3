"""A blacklist that turns bad while the account is activated: the lock of the ticket puts one before the other."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from loket.suppliers.models import Supplier
from loket.tickets.actions import Answer, checks, record_check
from loket.tickets.actions.checks import gates_of
from loket.tickets.models import Check, Ticket
from loket.tickets.steps import kind_of
from tests.factories.people import again, officer
from tests.factories.registering import submitted
from tests.factories.walking import step_of

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "daftar-hitam"


@pytest.fixture
def ticket(bogor):
    ticket = submitted(bogor).ticket
    Ticket.objects.update(step="aktifkan", status="in_progress", turn="office")
    ticket.refresh_from_db()
    record_check(ticket, LIST, Answer("good", "Laman"), by=officer(bogor))
    return ticket


def run(monkeypatch, ticket, verifier):
    """The click reads a clear gate and dawdles; meanwhile a colleague writes down that the supplier is listed."""
    has_read, is_written = threading.Event(), threading.Event()

    def dawdling(*asked):
        found = gates_of(*asked)
        has_read.set()
        is_written.wait(1.5)
        return found

    def click():
        try:
            step = step_of(ticket)
            kind_of(step).complete(Ticket.objects.get(), step, by=again(verifier), system="SPSE")  # fmt: skip
        finally:
            connection.close()

    monkeypatch.setattr(checks, "gates_of", dawdling)
    clicking = threading.Thread(target=click)
    clicking.start()
    assert has_read.wait(20)
    colleague = officer(ticket.office, name="Sekar Arum")
    try:
        record_check(Ticket.objects.get(), LIST, Answer("bad", "Laman"), by=colleague)
        is_written.set()
    finally:
        clicking.join()
    return Check.objects.get(result="bad").recorded_at < Supplier.objects.get().activated_at  # fmt: skip


def test_listing_waits_for_the_click_that_has_read_the_gate(ticket, monkeypatch):
    listed_first = run(monkeypatch, ticket, officer(ticket.office, name="Wulan Prameswari"))  # fmt: skip
    assert not listed_first


def test_control_without_the_lock_a_listed_supplier_is_activated(ticket, monkeypatch):
    with monkeypatch.context() as unlocked:
        unlocked.setattr(Ticket, "lock", lambda self: self.refresh_from_db())
        assert run(unlocked, ticket, officer(ticket.office, name="Wulan Prameswari"))


def test_click_after_the_listing_is_refused(ticket):
    colleague = officer(ticket.office, name="Sekar Arum")
    record_check(ticket, LIST, Answer("bad", "Laman"), by=colleague)
    step = step_of(ticket)
    with pytest.raises(ValidationError, match="tidak sesuai"):
        kind_of(step).complete(ticket, step, by=again(colleague), system="SPSE")
    assert Supplier.objects.get().activated_at is None
