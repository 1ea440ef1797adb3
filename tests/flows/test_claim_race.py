"""Two browsers register with one stub at one moment: one goes on in the ticket, the other is told."""

import pytest
from django.db import connection

from loket.kernel.errors import Conflict
from loket.suppliers.actions import submit
from loket.suppliers.models import Registration, Supplier
from loket.suppliers.queries import TERMS_VERSION
from loket.tickets.actions import WrongStatus, intake
from loket.tickets.models import Claim, Party, Ticket
from loket.tickets.queries.intake import waits_for_registration
from tests.factories.registering import filled_in
from tests.flows.test_races import all_at_once
from tests.unit.tickets.test_intake import arrived

pytestmark = pytest.mark.django_db(transaction=True)
RIVAL = {"npwp": "817654320404000", "user_id": "lain", "nik": "3276015508950004"}


def both_at_once(ticket):
    """How it ended, how many people see the ticket, and how many suppliers there are."""
    office = ticket.office
    drafts = [filled_in(office), filled_in(office, "lain@pandan.example", **RIVAL)]

    def act(draft):
        def run():
            own = Registration.objects.get(pk=draft.pk)
            try:
                submit(own, route="counter", terms_version=TERMS_VERSION, claim=ticket.claim.pk)  # fmt: skip
            except Conflict as refused:
                raise WrongStatus(str(refused)) from refused

        return run

    results = all_at_once([act(draft) for draft in drafts])
    return results, Party.objects.filter(ticket=ticket).count(), Supplier.objects.count()  # fmt: skip


@pytest.fixture
def slowly(monkeypatch):
    """Both have found the stub unused before either uses it."""

    def waits(ticket):
        found = waits_for_registration(ticket)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        return found

    monkeypatch.setattr(intake, "waits_for_registration", waits)


@pytest.mark.usefixtures("slowly")
def test_one_of_two_browsers_goes_on_and_nothing_stays_of_the_other(bogor):
    assert both_at_once(arrived(bogor)) == (["did it", "told"], 1, 1)
    assert (Ticket.objects.count(), Claim.objects.exclude(used_at=None).count()) == (1, 1)  # fmt: skip


@pytest.mark.usefixtures("slowly")
def test_control_without_lock_and_single_use_nobody_is_told(bogor, monkeypatch):  # fmt: skip
    ticket, claims = arrived(bogor), Claim.objects

    class Unlocked:
        def __getattr__(self, name):
            return getattr(claims, name)

        def filter(self, **asked):
            asked.pop("used_at", "")
            return claims.filter(**asked)

    monkeypatch.setattr(Ticket, "lock", lambda ticket: None)
    monkeypatch.setattr(Claim, "objects", Unlocked())
    assert both_at_once(ticket)[0] != [
        "did it",
        "told",
    ]  # the table of registrations has to refuse
