"""What people write on a ticket."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from loket.accounts.models import User
from loket.kernel import clock
from loket.tickets.actions.events import record
from loket.tickets.models import Message, Ticket
from loket.tickets.permissions import is_party, writes_for_office


@transaction.atomic
def write_message(
    ticket: Ticket, *, by: User, body: str, is_internal: bool = False
) -> Message:
    """Write to the other side, or (officers only) an internal note that never leaves the office."""
    officer = writes_for_office(by, ticket)
    if not officer and (is_internal or not is_party(by, ticket)):
        raise PermissionDenied
    message = Message.objects.create(
        office=ticket.office,
        ticket=ticket,
        author=by,
        is_internal=is_internal,
        body=body,
        at=clock.now(),
        recorded_at=clock.now(),
    )
    record(ticket, "note" if is_internal else "reply", by=by, message=message.pk)
    return message
