"""The one function that changes a ticket's status, and a verb for every arrow."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.tickets import workflow
from loket.tickets.actions.events import record
from loket.tickets.actions.timekeeping import end_segment
from loket.tickets.models import Event, Message, Ticket, Turn
from loket.tickets.models.ticket import OPEN
from loket.tickets.permissions import Actor
from loket.tickets.workflow import Transition


class WrongStatus(Conflict):
    """The ticket has left the status or step this action starts from."""


@transaction.atomic
def move(
    ticket: Ticket,
    step: Transition,
    *,
    by: Actor,
    note: str = "",
    at: datetime | None = None,
    **data: Any,
) -> Event:
    """Walk one arrow. The only place where a status changes; a note becomes a message, `data` goes to the event."""
    ticket.lock()
    check(ticket, step, by=by, note=note)
    before = ticket.status
    ticket.status = step.target
    is_open = step.target in OPEN
    ticket.outcome = "" if is_open else step.outcome or ticket.outcome
    ticket.updated_at = at or clock.now()
    ticket.ended_at = None if is_open else ticket.ended_at or ticket.updated_at
    if not is_open:
        end_segment(ticket, at=ticket.updated_at)
        ticket.turn = Turn.NOBODY
        ticket.due_at = ticket.soon_at = None
    elif ticket.turn == Turn.NOBODY:
        ticket.turn = Turn.OFFICE  # until the step it goes on at says whose it is
    ticket.keep("status", "outcome", "turn", "due_at", "soon_at", "ended_at", "updated_at")  # fmt: skip
    if note:
        message = Message.objects.create(
            office_id=ticket.office_id, ticket=ticket, author=by, body=note,
            at=ticket.updated_at, recorded_at=clock.now(),
        )  # fmt: skip
        data["message"] = message.pk
    return record(
        ticket, step.name, by=by, at=at, statuses=(before, step.target), **data
    )


def check(ticket: Ticket, step: Transition, *, by: Actor, note: str) -> None:
    """Who, from where, and whether it was said why: 403, 409, 422."""
    if not step.who(by, ticket):
        raise PermissionDenied
    if ticket.status not in step.sources:
        raise WrongStatus(
            _("Tiket ini sudah berstatus %(status)s.")
            % {"status": ticket.get_status_display()}
        )
    if step.needs_note and not note.strip():
        raise ValidationError({"note": _("Tulis alasannya.")})


def resume(ticket: Ticket, *, by: Actor, at: datetime | None = None) -> None:
    """It is the office's turn again."""
    move(ticket, workflow.RESUME, by=by, at=at)


def ask_applicant(ticket: Ticket, *, by: Actor, at: datetime | None = None) -> None:
    """It is the applicant's turn; the office's clock stands."""
    move(ticket, workflow.ASK_APPLICANT, by=by, at=at)


def pass_outside(ticket: Ticket, *, by: Actor, at: datetime | None = None) -> None:
    """Somebody outside the office has it now."""
    move(ticket, workflow.PASS_OUTSIDE, by=by, at=at)


def finish(ticket: Ticket, *, by: Actor, at: datetime | None = None) -> None:
    """The product was handed over."""
    move(ticket, workflow.FINISH, by=by, at=at)


def reject(ticket: Ticket, *, by: User, note: str) -> None:
    """Turn the request down, always with a reason."""
    move(ticket, workflow.REJECT, by=by, note=note)


def withdraw(ticket: Ticket, *, by: User) -> None:
    """The applicant takes the request back."""
    move(ticket, workflow.WITHDRAW, by=by)


def close(ticket: Ticket, *, by: None) -> None:
    """The days in which a finished ticket may be reopened are over."""
    move(ticket, workflow.CLOSE, by=by)


def close_unanswered(ticket: Ticket, *, by: None) -> None:
    """The applicant did not answer within the office's days."""
    move(ticket, workflow.CLOSE_UNANSWERED, by=by)
