"""What became of the mails about a ticket."""

from loket.kernel.models import Mail
from loket.tickets.actions.events import record
from loket.tickets.models import Event, Ticket
from loket.tickets.permissions import Actor

LOST = "mail_lost"


def note_lost_mail(ticket: Ticket, mail: Mail, *, by: Actor) -> None:
    """Once on the timeline that a mail did not arrive, and why; the address is not repeated."""
    ticket.lock()
    told = Event.objects.filter(ticket=ticket, name=LOST, data__mail=mail.pk)
    if not told.exists():
        record(ticket, LOST, by=by, mail=mail.pk, reason=mail.reason)
