"""How a ticket ends without an officer: withdrawn in time, closed by the calendar; and a slip taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.queries import settings_of
from loket.tickets import workflow
from loket.tickets.actions import withdraw
from loket.tickets.models import Event, Status, Ticket
from loket.tickets.queries.rows import rows
from loket.tickets.queries.story import read_events
from loket.tickets.tasks import close_old_tickets
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete

pytestmark = pytest.mark.django_db


def decided(depok):
    """A ticket that waits for the decision, and its verifikator."""
    verifier = officer(depok)
    ticket = registration(depok)
    complete(ticket, officer(depok, Role.HELPDESK))
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    return ticket, verifier


def test_a_request_can_be_withdrawn_until_its_account_is_active(depok):
    ticket, verifier = decided(depok)
    complete(ticket, verifier, exit="terima")
    assert workflow.WITHDRAW.is_open_for(again(ticket.applicant), ticket)

    complete(ticket, verifier, system="SPSE")

    assert not workflow.WITHDRAW.is_open_for(again(ticket.applicant), ticket)
    with pytest.raises(PermissionDenied):
        withdraw(ticket, by=again(ticket.applicant))


def test_a_slip_at_the_decision_can_be_taken_back(depok):
    ticket, verifier = decided(depok)
    complete(ticket, verifier, exit="tolak")

    complete(ticket, verifier, is_sure=False, note="")

    assert (ticket.step, ticket.status) == ("putuskan", Status.IN_PROGRESS)
    assert Event.objects.filter(ticket=ticket, name="sent_back").count() == 1
    assert Event.objects.filter(ticket=ticket, name="correction_asked").count() == 0
    shown = {event.name for event in read_events(ticket, for_office=False)}
    assert "sent_back" not in shown


def test_a_list_counts_the_steps_that_the_ticket_shows(depok):
    ticket, verifier = decided(depok)
    assert [(row.place, row.steps) for row in rows([ticket])] == [(4, 6)]

    complete(ticket, verifier, exit="tolak")

    assert [(row.place, row.steps) for row in rows([ticket])] == [(7, 7)]


def test_a_refusal_that_is_meant_needs_its_reason(depok):
    ticket, verifier = decided(depok)
    complete(ticket, verifier, exit="tolak")

    with pytest.raises(ValidationError):
        complete(ticket, verifier, is_sure=True, note="")
    complete(ticket, verifier, is_sure=True, note="Alamat tidak terbukti.")

    assert ticket.status == Status.REJECTED


@pytest.mark.parametrize(("days", "status"), [(-1, Status.DONE), (1, Status.CLOSED)])
def test_a_finished_ticket_is_closed_after_the_days_of_reopening(depok, days, status):
    ticket, verifier = decided(depok)
    for said in ({"exit": "terima"}, {"system": "SPSE"}, {}):
        complete(ticket, verifier, **said)
    limit = timedelta(days=settings_of(depok).reopen_within_days + days)

    with clock.at(clock.now() + limit):
        close_old_tickets(timestamp=0)

    found = Ticket.objects.get(pk=ticket.pk)
    assert (found.status, found.outcome) == (status, "fulfilled")
    assert found.ended_at == ticket.ended_at


@pytest.mark.parametrize(
    ("days", "status", "outcome"),
    [(-1, Status.WAITING_APPLICANT, ""), (1, Status.CLOSED, "unanswered")],
)
def test_an_unanswered_ticket_is_closed_after_the_offices_days(
    bogor, days, status, outcome
):
    ticket = registration(bogor)
    limit = timedelta(days=settings_of(bogor).close_unanswered_after_days + days)

    with clock.at(clock.now() + limit):
        close_old_tickets(timestamp=0)

    found = Ticket.objects.get(pk=ticket.pk)
    assert (found.status, found.outcome) == (status, outcome)
    assert found.is_open == (days < 0)


def test_closing_keeps_the_outcome_of_a_finished_ticket(depok):
    ticket, verifier = decided(depok)
    for said in ({"exit": "terima"}, {"system": "SPSE"}, {}):
        complete(ticket, verifier, **said)

    with clock.at(clock.now() + timedelta(days=60)):
        close_old_tickets(timestamp=0)

    assert Ticket.objects.get(pk=ticket.pk).outcome == "fulfilled"
