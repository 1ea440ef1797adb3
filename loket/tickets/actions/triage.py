"""Classifying a ticket for the office's log (Standar LPSE 5)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from loket.accounts.models import User
from loket.kernel import clock
from loket.tickets.actions.events import record
from loket.tickets.models import Ticket, Triage
from loket.tickets.permissions import takes_tickets
from loket.tickets.queries.triage import priority_of


@transaction.atomic
def set_triage(ticket: Ticket, *, by: User, priority: str = "", **codes: str) -> Triage:
    """Say what it is; without a priority the office's table gives it."""
    ticket.lock()
    if not takes_tickets(by, ticket):
        raise PermissionDenied
    codes["priority"] = priority or priority_of(ticket.office, codes["urgency"], codes["impact"])  # fmt: skip
    made, _is_new = Triage.objects.update_or_create(
        ticket=ticket,
        defaults={"office_id": ticket.office_id, "by": by, "at": clock.now(), **codes},
    )
    said = {"type": codes["type"], "priority": codes["priority"]}
    record(ticket, "classified", by=by, said=said)
    return made
