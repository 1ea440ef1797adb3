"""A ticket that ended goes on: asked for by the applicant, decided by a head with a reason (design 3.1)."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.standards.pack import Step
from loket.tickets import workflow
from loket.tickets.actions.events import record
from loket.tickets.actions.moves import move
from loket.tickets.actions.procedure import WAYS_OUT, turn_of
from loket.tickets.actions.timekeeping import start_segment
from loket.tickets.models import Message, Ticket, Turn
from loket.tickets.permissions import (
    asks_reopening,
    does_step,
    holds_tickets,
    reopens,
)
from loket.tickets.queries.hands import (
    REOPEN_ASKED,
    is_reopened_late,
    steps_to_reopen,
)


@transaction.atomic
def reopen(ticket: Ticket, *, by: User, note: str, step: str = "") -> None:
    """The head opens an ended ticket again, at a step it has stood at; without one, where it ended.

    Whose turn it is and whether the promise runs follow that step; what was used of the promise stays used.
    """
    ticket.lock()
    is_late = is_reopened_late(ticket)
    move(ticket, workflow.REOPEN, by=by, note=note, to_step=step or ticket.step, late=is_late)  # fmt: skip
    target = _chosen(ticket, step or ticket.step)
    turn = turn_of(target)
    if turn in WAYS_OUT:
        # The right to reopen covers the wait it begins with, whoever does that step
        move(ticket, replace(WAYS_OUT[turn], who=reopens), by=by)
    holder = ticket.assignee
    stays = holder and holds_tickets(holder, ticket) and does_step(holder, ticket, target)  # fmt: skip
    if turn == Turn.OFFICE and not stays:
        ticket.assignee = None
    ticket.step, ticket.turn = target.code, turn
    start_segment(ticket, step=target.code, turn=turn, at=clock.now())
    ticket.save(update_fields=["step", "turn", "due_at", "soon_at", "assignee"])


def _chosen(ticket: Ticket, code: str) -> Step:
    for step in steps_to_reopen(ticket):
        if step.code == code:
            return step
    raise ValidationError({"step": _("Tiket ini belum pernah berada di langkah itu.")})


@transaction.atomic
def ask_reopening(ticket: Ticket, *, by: User, body: str) -> None:
    """The applicant asks the office to open his ended ticket again, within its days and once."""
    ticket.lock()
    if not asks_reopening(by, ticket):
        raise PermissionDenied
    now = clock.now()
    message = Message.objects.create(
        office_id=ticket.office_id, ticket=ticket, author=by, body=body,
        at=now, recorded_at=now,
    )  # fmt: skip
    record(ticket, REOPEN_ASKED, by=by, message=message.pk)
