"""Two officers merge the same two tickets crosswise at one moment: one of them did it."""

import pytest
from django.db import connection

from loket.offices.roles import Role
from loket.tickets.actions import merging
from loket.tickets.models import Event, Ticket
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.flows.test_races import all_at_once
from tests.unit.tickets.test_intake import arrived

pytestmark = pytest.mark.django_db(transaction=True)


def crosswise(office):
    """Both ways at once; how it ended and how many tickets are still open."""
    one, two = registration(office), arrived(office)
    officers = [again(officer(office, Role.HELPDESK)) for _ in range(2)]

    def act(kept, other, by):
        tickets = [Ticket.objects.get(pk=each.pk) for each in (kept, other)]
        return lambda: merging.merge(*tickets, by=by, note="Orang yang sama")

    results = all_at_once([act(one, two, officers[0]), act(two, one, officers[1])])
    return results, Ticket.objects.open().count(), Event.objects.filter(name="merged").count()  # fmt: skip


def test_one_of_two_crosswise_merges_wins(bogor):
    assert crosswise(bogor) == (["did it", "told"], 1, 1)


def test_control_without_the_locks_both_would_or_one_dies(bogor, monkeypatch):
    """Each then holds one ticket and asks for the other's: no clean refusal comes of it."""
    check = merging._check_pair

    def slowly(*args, **kwargs):
        check(*args, **kwargs)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")

    monkeypatch.setattr(merging, "_lock_both", lambda *_: None)
    monkeypatch.setattr(merging, "_check_pair", slowly)
    assert crosswise(bogor) != (["did it", "told"], 1, 1)
