"""Receipts and other numbered documents that the office hands out."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.actions import next_number
from loket.tickets.actions.events import record
from loket.tickets.models import IssuedDocument, Ticket
from loket.tickets.permissions import is_party, takes_tickets


@transaction.atomic
def issue(ticket: Ticket, kind: str, *, by: User) -> IssuedDocument:
    """Give the document the next number of its kind; a job draws the PDF. Once per ticket and kind.

    Only by officers of the office, and never for their own request.
    """
    ticket.lock()
    if is_party(by, ticket) or not takes_tickets(by, ticket):
        raise PermissionDenied
    known = IssuedDocument.objects.filter(ticket=ticket, kind=kind).first()
    if known is not None:
        return known
    now = clock.now()
    year = ticket.office.local(now).year
    issued = IssuedDocument.objects.create(
        office=ticket.office,
        ticket=ticket,
        kind=kind,
        year=year,
        serial=next_number(ticket.office, kind=kind, year=year),
        by=by,
        at=now,
        recorded_at=now,
    )
    record(ticket, "issue", by=by, kind=kind, number=issued.number)
    return issued
