"""Receipts and other numbered documents that the office hands out."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.actions import next_number
from loket.tickets.actions.events import record
from loket.tickets.actions.opening import SIGNS
from loket.tickets.models import IssuedDocument, Ticket
from loket.tickets.permissions import is_party, takes_tickets
from loket.tickets.queries.paper import lies_ahead_again, went_back_since

CODE_SIGNS = 16  # of 30: over 78 bits, which nobody guesses


@transaction.atomic
def issue(ticket: Ticket, kind: str, *, by: User) -> IssuedDocument:
    """Give the document the next number of its kind; a job draws the PDF.

    Once per ticket and kind, unless the procedure went back since: then a new number takes the
    place of the old. Only by officers of the office, and never for their own request.
    """
    ticket.lock()
    if is_party(by, ticket) or not takes_tickets(by, ticket):
        raise PermissionDenied
    earlier = IssuedDocument.objects.filter(ticket=ticket, kind=kind)
    last = earlier.select_related("office").order_by("-id").first()
    if last and not last.withdrawn_at and not went_back_since(last):
        return last
    if last:
        withdraw_issued(last)
    issued = _number(ticket, kind, by=by)
    if last:
        last.replaced_by = issued
        last.save(update_fields=["replaced_by"])
    record(ticket, "issue", by=by, kind=kind, number=issued.number)
    return issued


def _number(ticket: Ticket, kind: str, *, by: User) -> IssuedDocument:
    now = clock.now()
    year = ticket.office.local(now).year
    return IssuedDocument.objects.create(
        office=ticket.office,
        ticket=ticket,
        kind=kind,
        year=year,
        serial=next_number(ticket.office, kind=kind, year=year),
        code="".join(secrets.choice(SIGNS) for _ in range(CODE_SIGNS)),
        by=by,
        at=now,
        recorded_at=now,
    )


def withdraw_issued(issued: IssuedDocument) -> None:
    """It no longer holds; the first time counts."""
    if issued.withdrawn_at is None:
        issued.withdrawn_at = clock.now()
        issued.save(update_fields=["withdrawn_at"])


@transaction.atomic
def withdraw_overtaken(ticket: Ticket, *, by: None) -> None:
    """What was handed out at a step that lies ahead again no longer holds."""
    ticket.lock()
    holding = IssuedDocument.objects.filter(ticket=ticket, withdrawn_at=None)
    for issued in holding.select_related("office"):
        if lies_ahead_again(ticket, issued.kind) and went_back_since(issued):
            withdraw_issued(issued)
            record(ticket, "paper_withdrawn", by=by, kind=issued.kind, number=issued.number)  # fmt: skip
