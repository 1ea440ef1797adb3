"""A person with two powers of attorney sees what either of them shows, and nothing between their days."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.kernel import clock
from loket.suppliers.actions.appearing import link
from loket.suppliers.actions.proxies import revoke
from loket.suppliers.queries.proxies import Scope
from loket.suppliers.tasks import begin_powers
from loket.tickets.models import Ticket
from tests.factories.people import person
from tests.unit.suppliers.test_proxies import (
    PAPERS,
    codes,
    granted,
    owner,
    proxy,
    submitted_ticket,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(depok):
    return submitted_ticket(depok)


def sight(user, days):
    """On which of these days the linked person sees anything."""
    seen = []
    for day in range(days):
        with clock.at(MONDAY + timedelta(days=day)):
            begin_powers(0)
            seen.append(Ticket.objects.visible_to(user).exists())
    return seen


@pytest.mark.parametrize("revoked", [0, 1])
def test_proxy_of_two_powers_keeps_what_the_other_one_shows(ticket, revoked):
    user = person()
    scopes = (Scope(ticket.service, ticket), Scope(ticket.service))
    powers = [granted(ticket, scope=scope) for scope in scopes]
    for power in powers:
        link(power, user=user)
    revoke(powers[revoked], by=owner(ticket))
    assert Ticket.objects.visible_to(user).exists()
    assert set(PAPERS) <= set(codes(ticket))
    revoke(powers[1 - revoked], by=owner(ticket))
    assert not Ticket.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("second", "seen"),
    [
        ((2, 3), [True, True, True, True, False]),
        ((3, 3), [True, True, False, True, False]),
        ((1, 1), [True, True, False, False, False]),
    ],
)
def test_days_of_two_powers_are_seen_together_and_none_between(ticket, second, seen):
    user = person()
    first, last = second
    for who, scope in ((proxy(last=1), Scope(ticket.service, ticket)), (proxy(first=first, last=last), Scope(ticket.service))):  # fmt: skip
        link(granted(ticket, who=who, scope=scope), user=user)
    assert sight(user, 5) == seen
