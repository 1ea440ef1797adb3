"""Walking a ticket through the procedure of its standard."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.roles import Role
from loket.standards.pack import StandardSpec, Step
from loket.standards.queries import spec_of
from loket.tickets import workflow
from loket.tickets.actions.events import record
from loket.tickets.actions.moves import (
    WrongStatus,
    ask_applicant,
    finish,
    pass_outside,
    resume,
)
from loket.tickets.actions.timekeeping import due_of, end_segment, start_segment
from loket.tickets.models import Segment, Status, Ticket, Turn
from loket.tickets.permissions import Actor, does_step, holds_tickets
from loket.tickets.queries import pending_optional
from loket.tickets.queries.progress import STEP_DONE, hours_for, office_time

STATUS_OF_TURN = {
    Turn.OFFICE: Status.IN_PROGRESS,
    Turn.APPLICANT: Status.WAITING_APPLICANT,
    Turn.OUTSIDE: Status.WAITING_OUTSIDE,
}
WAYS_OUT = {Turn.APPLICANT: workflow.ASK_APPLICANT, Turn.OUTSIDE: workflow.PASS_OUTSIDE}
MOVES = {Turn.OFFICE: resume, Turn.APPLICANT: ask_applicant, Turn.OUTSIDE: pass_outside}


@transaction.atomic
def complete_step(
    ticket: Ticket, step: Step, *, by: Actor, way: str = "", at: datetime | None = None, **data: Any
) -> None:  # fmt: skip
    """Record a step as done and go on to the next; an optional step leaves the ticket where it is.

    `way` names the exit of a decision; `at` is when it happened, when that differs from now. The clocks never run back: for them
    it happened at the earliest when the step was entered. Raises 403 for the wrong person, `WrongStatus` when somebody was faster.
    """
    ticket.lock()
    moment = at or clock.now()
    check_step(ticket, step, by=by)
    if moment > clock.now():
        raise ValidationError({"at": _("Waktu ini belum tiba.")})
    spec = spec_of(ticket.standard_id)
    if step.code != ticket.step:
        record(ticket, STEP_DONE, by=by, step=step.code, at=moment, **data)
        return
    data |= {"minutes": minutes_at_step(ticket, at=moment), "norm": step.norm}
    record(ticket, STEP_DONE, by=by, step=step.code, at=moment, exit=way, **data)
    moment = max(moment, entered_at(ticket) or moment)
    start_counting(ticket, spec, step, at=moment)
    following = spec.next_step(
        step.code, ticket.route, ticket.applicant_kind, way or None
    )
    go_on(ticket, spec, following, by=by, at=moment)


def check_step(ticket: Ticket, step: Step, *, by: Actor) -> None:
    """Whether this step can be done now, and by this person."""
    if not ticket.is_open:
        raise WrongStatus(_("Tiket ini sudah berakhir."))
    if not does_step(by, ticket, step):
        raise PermissionDenied
    if step.code != ticket.step and step not in pending_optional(ticket):
        raise WrongStatus(_("Langkah ini sudah diselesaikan petugas lain."))


def start_counting(
    ticket: Ticket, spec: StandardSpec, step: Step, *, at: datetime
) -> None:
    """Start the promise when this step is the event it counts from (C6)."""
    if ticket.counting_from is None and step.emits == spec.time.counts_from:
        ticket.counting_from = at if step.emits else None


@transaction.atomic
def send_back(ticket: Ticket, step: Step, *, by: User) -> None:
    """Return the ticket from `step` to the step it names, because something must be corrected."""
    ticket.lock()
    check_step(ticket, step, by=by)
    spec = spec_of(ticket.standard_id)
    if step.returns_to is None:
        raise WrongStatus(_("Langkah ini tidak dapat dikembalikan."))
    target = spec.step(step.returns_to)
    to_applicant = turn_of(target) == Turn.APPLICANT
    name = "correction_asked" if to_applicant else "sent_back"
    record(ticket, name, by=by, step=step.code)
    go_on(ticket, spec, target, by=by, at=clock.now())


def go_on(
    ticket: Ticket, spec: StandardSpec, step: Step | None, *, by: Actor, at: datetime
) -> None:
    """Enter a step, passing over optional ones; without a next step the ticket is done."""
    while step is not None and step.optional:
        step = spec.next_step(step.code, ticket.route, ticket.applicant_kind)
    if step is None:
        end(ticket, by=by, at=at)
        return
    turn = turn_of(step)
    if ticket.status != STATUS_OF_TURN[turn]:
        save_counting(ticket)
        if turn in WAYS_OUT and ticket.status not in WAYS_OUT[turn].sources:
            resume(ticket, by=by, at=at)  # between two kinds of waiting lies the office
        MOVES[turn](ticket, by=by, at=at)
    end_segment(ticket, at=at)
    ticket.step, ticket.turn, ticket.updated_at = step.code, turn, at
    if turn == Turn.OFFICE and not _goes_on_with(ticket, step):
        ticket.assignee = None  # it stands in the list of those to take
    start_segment(ticket, step=step.code, turn=turn, at=at)
    ticket.keep("step", "turn", "due_at", "soon_at", "updated_at", "counting_from", "assignee")  # fmt: skip


def _goes_on_with(ticket: Ticket, step: Step) -> bool:
    """Whether the holder does the next step too and is here."""
    holder = ticket.assignee
    if holder is None or not does_step(holder, ticket, step):
        return False
    return holds_tickets(holder, ticket)


def end(ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """The last step is done."""
    save_counting(ticket)
    if ticket.status not in workflow.FINISH.sources:
        resume(ticket, by=by, at=at)
    finish(ticket, by=by, at=at)


def save_counting(ticket: Ticket) -> None:
    """Keep what the next reload would lose."""
    ticket.keep("counting_from")


def turn_of(step: Step) -> Turn:
    """Whose turn a step is: its actor's."""
    if step.actor == "applicant":
        return Turn.APPLICANT
    return Turn.OFFICE if step.actor in Role.values else Turn.OUTSIDE


def entered_at(ticket: Ticket) -> datetime | None:
    """When the ticket came to its step."""
    running = Segment.objects.filter(ticket=ticket, ended_at=None)
    return running.values_list("started_at", flat=True).first()


def minutes_at_step(ticket: Ticket, *, at: datetime) -> int:
    """Office minutes since the step was entered, whole."""
    running = Segment.objects.filter(ticket=ticket, ended_at=None).first()
    if running is None:
        return 0
    hours = hours_for(ticket, spec_of(ticket.standard_id))
    start = min(running.started_at, at)
    return int(office_time(hours, start, at).total_seconds() // 60)


@transaction.atomic
def recompute_due(office: Office) -> int:
    """Compute open due times again after the office's hours changed; closed segments stay."""
    running = Segment.objects.filter(office=office, ended_at=None, counted=True)
    changed = 0
    for segment in running.select_related("ticket__office"):
        ticket = segment.ticket
        ticket.lock()
        due_at, soon_at = due_of(ticket, segment)
        if (due_at, soon_at) != (ticket.due_at, ticket.soon_at):
            mine = Ticket.objects.filter(pk=ticket.pk)
            mine.update(due_at=due_at, soon_at=soon_at)
            changed += 1
    return changed
