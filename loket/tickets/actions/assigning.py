"""In whose hands a ticket is: taken, taken over, handed over, given back. The clock never stops for that.

`holder` is who held the ticket on the page that was sent (None: nobody), so that of two people
who act at once one is told what the other did (G9).
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.offices.permissions import is_present
from loket.tickets import workflow
from loket.tickets.actions.events import record
from loket.tickets.actions.moves import WrongStatus, move
from loket.tickets.models import Ticket
from loket.tickets.permissions import Actor, hands_over, holds_tickets, takes_tickets

WHOEVER = -1  # in the place of a holder: the caller takes it from anybody


@transaction.atomic
def take(ticket: Ticket, *, by: User, holder: int | None = WHOEVER) -> None:
    """An officer makes the ticket his own, also out of a colleague's hands. Raises 403, `WrongStatus`, 422."""
    ticket.lock()
    _check_seen(ticket, holder, by=by)
    if takes_tickets(by, ticket) and not is_present(by, ticket.office_id):
        raise ValidationError(
            _("Anda tercatat tidak hadir. Akhiri ketidakhadiran Anda dahulu.")
        )
    before = ticket.assignee_id
    data: dict[str, Any] = {}
    if before not in {None, by.pk}:
        data["from_person"] = before
    move(ticket, workflow.TAKE, by=by, **data)
    _put(ticket, by)


@transaction.atomic
def assign(ticket: Ticket, to: User, *, by: User, holder: int | None = WHOEVER) -> None:
    """Hand the ticket to a colleague who can hold it now. Raises 403, `WrongStatus`, 422."""
    ticket.lock()
    if not takes_tickets(by, ticket):
        raise PermissionDenied
    _check_seen(ticket, holder, by=by)
    if not hands_over(by, ticket):
        raise PermissionDenied
    _check_open(ticket)
    if to.pk == ticket.assignee_id:
        raise WrongStatus(_("Tiket ini sudah dipegangnya."))
    if not holds_tickets(to, ticket):
        message = _("Rekan ini tidak dapat memegang tiket ini sekarang. Pilih yang lain.")  # fmt: skip
        raise ValidationError({"to": message})
    record(ticket, "assign", by=by, to_person=to.pk, **_from(ticket))
    _put(ticket, to)


@transaction.atomic
def give_back(ticket: Ticket, *, by: User, holder: int | None = WHOEVER) -> None:
    """Put the ticket among those nobody holds, where everybody finds it."""
    ticket.lock()
    if not takes_tickets(by, ticket):
        raise PermissionDenied
    _check_seen(ticket, holder, by=by)
    if ticket.assignee_id is None:
        raise WrongStatus(_("Tiket ini sudah tidak dipegang siapa pun."))
    if not hands_over(by, ticket):
        raise PermissionDenied
    _check_open(ticket)
    record(ticket, "release", by=by, **_from(ticket))
    _put(ticket, None)


@transaction.atomic
def release(ticket: Ticket, *, by: None) -> None:
    """Who held it left the office or is away: it is free again, and stays so when he comes back."""
    ticket.lock()
    holder = ticket.assignee
    if holder is None or holds_tickets(holder, ticket):
        return
    why = "away" if takes_tickets(holder, ticket) else "left"
    record(ticket, "release", by=by, why=why, **_from(ticket))
    _put(ticket, None)


def _check_seen(ticket: Ticket, holder: int | None, *, by: Actor) -> None:
    """Somebody else's hand was faster."""
    if holder in {WHOEVER, ticket.assignee_id}:
        return
    now = ticket.assignee
    if now is None:
        raise WrongStatus(_("Sementara itu tiket ini dikembalikan ke daftar."))
    if now != by:
        message = _("Sementara itu tiket ini dipegang %(name)s.")
        raise WrongStatus(message % {"name": now.name})


def _check_open(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise WrongStatus(_("Tiket ini sudah berakhir."))


def _from(ticket: Ticket) -> dict[str, Any]:
    """Out of whose hands, for the event."""
    return {"from_person": ticket.assignee_id} if ticket.assignee_id else {}


def _put(ticket: Ticket, holder: User | None) -> None:
    ticket.assignee = holder
    ticket.save(update_fields=["assignee"])
