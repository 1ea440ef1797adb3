"""Papers of a power of attorney end after the power and the tickets it served, never before."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.kernel import clock
from loket.suppliers.actions.appearing import bring_along
from loket.suppliers.actions.proxies import Judgement, judge_power, revoke
from loket.suppliers.models import PowerOfAttorney
from loket.suppliers.queries.proxies import Scope
from loket.suppliers.tasks import end_papers_of_powers
from loket.tickets.actions import withdraw
from loket.tickets.actions.keeping import hold_documents
from loket.tickets.models import Event, Ticket
from loket.tickets.tasks import destroy_old_documents
from tests.factories.people import again, officer
from tests.unit.suppliers.test_proxies import granted, owner, proxy, submitted_ticket

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
KEPT = 30  # days, by the standard of this office; the letter itself 365
BOTH, LETTER = ["ktp-kuasa", "surat-kuasa"], ["surat-kuasa"]


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(depok):
    return submitted_ticket(depok)


def left(power, *, after):
    """Which papers are there after so many days, when both rooms have swept."""
    with clock.at(MONDAY + timedelta(days=after)):
        destroy_old_documents(0)
        end_papers_of_powers(0)
    stored = power.papers.filter(file__destroyed_at=None)
    return sorted(stored.values_list("requirement", flat=True))


def ended(ticket):
    withdraw(ticket, by=again(owner(ticket)))
    return ticket


def test_papers_of_an_ended_ticket_stay_while_the_power_holds(ticket):
    power = granted(ticket, who=proxy(last=99), scope=Scope(ticket.service))
    ended(ticket)
    assert [left(power, after=day) for day in (31, 100 + KEPT - 1, 100 + KEPT)] == [BOTH, BOTH, LETTER]  # fmt: skip


def test_papers_for_one_ticket_end_with_it(ticket):
    power = granted(ticket, who=proxy(last=99))
    card = power.papers.get(requirement="ktp-kuasa").file
    ended(ticket)
    assert [left(power, after=day) for day in (KEPT, KEPT + 1)] == [BOTH, LETTER]
    card.refresh_from_db()
    assert (bytes(card.wrapped_key), card.destroyed_at is None) == (b"", False)
    told = Event.objects.filter(ticket=ticket, name="documents_destroyed")
    assert [each.data["requirements"] for each in told] == [["ktp-kuasa"]]


def test_papers_stay_while_a_ticket_they_lie_beside_is_open(ticket):
    power = granted(ticket)
    revoke(power, by=owner(ticket))
    assert left(power, after=400) == BOTH
    ended(ticket)
    assert left(power, after=364) == LETTER
    assert left(power, after=400) == []


def test_refused_papers_end_after_the_refusal(ticket, depok):
    power = granted(ticket, who=proxy(last=99), scope=Scope(ticket.service))
    judge_power(power, ticket, Judgement(False, reason="Kabur"), by=officer(depok))
    ended(ticket)
    assert [left(power, after=day) for day in (KEPT, KEPT + 1)] == [BOTH, LETTER]


def test_held_papers_stay(ticket, depok):
    power = granted(ticket)
    hold_documents(ended(ticket), because="Sengketa", by=None)
    assert left(power, after=400) == BOTH


def test_power_whose_papers_ended_is_not_brought_along(ticket):
    power = granted(ticket, scope=Scope(ticket.service))
    ended(ticket)
    left(power, after=400)
    assert PowerOfAttorney.objects.get().papers.count() == 2  # rows stay and say so
    Ticket.objects.update(uses_proxy=False)
    with clock.at(MONDAY + timedelta(days=400)):
        bring_along(Ticket.objects.get())
    assert not Ticket.objects.get().uses_proxy
