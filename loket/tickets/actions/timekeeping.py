"""The clock of a ticket: segments, office time, and when the promise falls due (G4).

Whose time runs follows the current step. The promise counts the steps it covers, from the
event it names, in the hours of the service; everything else is only measured.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Sum

from loket.kernel import clock
from loket.offices.hours import Hours, UnknownYear
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import Segment, Ticket, Turn
from loket.tickets.queries.progress import hours_for, office_time, promised


class Deadline(NamedTuple):
    """When a promise falls due, and from when lists warn of it; both None while its clock stands."""

    due_at: datetime | None
    soon_at: datetime | None


def due_time(hours: Hours | None, start: datetime, amount: timedelta) -> datetime:
    """When `amount` of open time has passed; in years whose holidays are not decreed, by the week alone."""
    if hours is None:
        return start + amount
    try:
        return hours.add(start, amount)
    except UnknownYear:
        return hours.provisional().add(start, amount)


def start_segment(ticket: Ticket, *, step: str, turn: str, at: datetime) -> Segment:
    """Begin to measure a step; sets the ticket's due time, which the caller saves."""
    spec = spec_of(ticket.standard_id)
    counted = (
        turn == Turn.OFFICE and ticket.counting_from is not None and step in spec.covers
    )
    segment = Segment(
        office_id=ticket.office_id,
        ticket=ticket,
        step=step,
        turn=turn,
        counted=counted,
        started_at=at,
        recorded_at=clock.now(),
    )
    if ticket.is_being_made:
        ticket.gathered.append(segment)
    else:
        segment.save(force_insert=True)
    ticket.due_at, ticket.soon_at = due_of(ticket, segment)
    return segment


def end_segment(ticket: Ticket, *, at: datetime) -> None:
    """Close the running segment and freeze its length."""
    running = running_segment(ticket)
    if running is None:
        return
    hours = hours_for(ticket, spec_of(ticket.standard_id))
    length = office_time(hours, running.started_at, max(at, running.started_at))
    running.ended_at = max(at, running.started_at)
    running.office_seconds = int(length.total_seconds())
    running.save(update_fields=["ended_at", "office_seconds"])


def running_segment(ticket: Ticket) -> Segment | None:
    """The stretch that has not ended; none while the ticket is being made."""
    if ticket.is_being_made:
        return None
    return Segment.objects.filter(ticket=ticket, ended_at=None).first()


def due_of(ticket: Ticket, segment: Segment) -> Deadline:
    """When the promise falls due if the office goes on now, and when its last minutes begin.

    Those minutes are open time too: what falls due behind a break is near before the break. A promise
    already used up is due from the moment its last minute ran out.
    """
    spec = spec_of(ticket.standard_id)
    promise = promised(spec)
    if not segment.counted or promise is None:
        return Deadline(None, None)
    left = promise - counted_time(ticket)
    if left <= timedelta():
        ran_out = ticket.due_at or segment.started_at
        return Deadline(ran_out, ran_out)
    hours, start = hours_for(ticket, spec), segment.started_at
    calm = left - timedelta(minutes=settings_of(ticket.office).due_soon_minutes)
    soon = due_time(hours, start, calm) if calm > timedelta() else start
    return Deadline(due_time(hours, start, left), soon)


def counted_time(ticket: Ticket) -> timedelta:
    """Office time of the promise in closed segments; a ticket that is being made has none."""
    if ticket.is_being_made:
        return timedelta()
    closed = Segment.objects.filter(ticket=ticket, counted=True)
    return timedelta(seconds=closed.aggregate(all=Sum("office_seconds"))["all"] or 0)
