"""How far a ticket has come in its procedure, and its two clocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.hours import Hours, UnknownYear
from loket.standards.pack import StandardSpec, Step
from loket.standards.queries import counting_hours, spec_of
from loket.tickets.models import Event, Segment, Ticket

STEP_DONE = "step_done"
MOMENTS = ("started_at", "recorded_at", "ended_at")
MEASURED = ("id", "step", "turn", "counted", "office_seconds", *MOMENTS)
ENDS_A_STEP = {STEP_DONE, "reject"}  # a refusal is the whole of its step


@dataclass(frozen=True)
class StepState:
    """One step of the procedure on this ticket; `state` is done, now, next, open or skipped."""

    step: Step
    state: str
    done_at: datetime | None
    done_by: User | None
    minutes: int | None


@dataclass(frozen=True)
class ClockFace:
    """What both clocks show: office time used of the promise, and the time that passed."""

    used: timedelta
    promise: timedelta | None
    elapsed: timedelta
    is_running: bool
    due_at: datetime | None

    @property
    def used_minutes(self) -> int:
        return int(self.used.total_seconds() // 60)

    @property
    def promise_minutes(self) -> int | None:
        return None if self.promise is None else int(self.promise.total_seconds() // 60)

    @property
    def elapsed_minutes(self) -> int:
        return int(self.elapsed.total_seconds() // 60)

    @property
    def is_late(self) -> bool:
        return self.promise is not None and self.used > self.promise

    @property
    def left(self) -> timedelta | None:
        """Office time left, negative when it is overdue."""
        return None if self.promise is None else self.promise - self.used


def progress(ticket: Ticket, events: Iterable[Event]) -> list[StepState]:
    """Every step of this ticket's variant with what is known of it, from events already read."""
    spec = spec_of(ticket.standard_id)
    steps = spec.steps_for(ticket.route, ticket.applicant_kind)
    own = (event for event in events if event.ticket_id == ticket.pk)
    done = {event.step: event for event in own if event.name in ENDS_A_STEP}
    here = _position(steps, ticket.step)
    return [
        _state(ticket, step, done.get(step.code), is_behind=place < here)
        for place, step in enumerate(steps)
    ]


def _state(
    ticket: Ticket, step: Step, done: Event | None, *, is_behind: bool
) -> StepState:
    if ticket.is_open and step.code == ticket.step:
        return StepState(step, "now", None, None, None)
    if done is not None:
        data: dict[str, Any] = done.data
        return StepState(step, "done", done.at, done.by, data.get("minutes"))
    if not ticket.is_open or (is_behind and not step.optional):
        return StepState(step, "skipped", None, None, None)
    return StepState(step, "open" if is_behind else "next", None, None, None)


def pending_optional(ticket: Ticket) -> list[Step]:
    """Optional steps the ticket has passed and nobody has recorded: they may be, until it ends."""
    spec = spec_of(ticket.standard_id)
    steps = spec.steps_for(ticket.route, ticket.applicant_kind)
    passed = [step for step in steps[: _position(steps, ticket.step)] if step.optional]
    if not passed:
        return []
    done = Event.objects.filter(ticket=ticket, name=STEP_DONE)
    recorded = set(done.values_list("step", flat=True))
    return [step for step in passed if step.code not in recorded]


def _position(steps: tuple[Step, ...], code: str) -> int:
    return next((place for place, step in enumerate(steps) if step.code == code), 0)


def clock_face(ticket: Ticket, segments: Iterable[Segment]) -> ClockFace:
    """Both clocks now, from segments already read."""
    spec, now = spec_of(ticket.standard_id), clock.now()
    hours = hours_for(ticket, spec)
    used, is_running = timedelta(), False
    for segment in segments:
        if segment.counted and segment.ended_at is None:
            is_running = True
            used += office_time(hours, segment.started_at, max(now, segment.started_at))
        elif segment.counted:
            used += timedelta(seconds=segment.office_seconds or 0)
    began = ticket.counting_from or ticket.submitted_at
    elapsed = (ticket.ended_at or now) - began
    return ClockFace(used, promised(spec), elapsed, is_running, ticket.due_at)


def promised(spec: StandardSpec) -> timedelta | None:
    """How long the office promised, None when it promises no time."""
    time = spec.time
    if time.kind == "none" or time.value is None:
        return None
    if time.unit == "calendar_hours":
        return timedelta(hours=time.value)
    return timedelta(minutes=time.value)


def hours_for(ticket: Ticket, spec: StandardSpec) -> Hours | None:
    """The hours that count; None when the clock runs on without a break (1 x 24 jam)."""
    if spec.time.unit == "calendar_hours":
        return None
    return counting_hours(ticket.office, spec)


def office_time(hours: Hours | None, start: datetime, end: datetime) -> timedelta:
    """Open time between two moments; the plain difference without hours."""
    if hours is None:
        return end - start
    try:
        return hours.between(start, end)
    except UnknownYear:
        return hours.provisional().between(start, end)


def with_segments(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Read along what was measured, without a statement of its own; a lock forgets it."""
    rows = Segment.objects.filter(ticket=OuterRef("pk")).order_by("started_at", "id")
    found = rows.values(row=JSONObject(**{name: name for name in MEASURED}))
    return tickets.annotate(segments_read=ArraySubquery(found))


def segments_of(ticket: Ticket) -> list[Segment]:
    """The measured stretches of a ticket, oldest first."""
    read: list[dict[str, Any]] | None = getattr(ticket, "segments_read", None)
    if read is not None:
        return [_segment(ticket, row) for row in read]
    return list(Segment.objects.filter(ticket=ticket).order_by("started_at", "id"))


def _segment(ticket: Ticket, row: dict[str, Any]) -> Segment:
    moments = {name: datetime.fromisoformat(row[name]) for name in MOMENTS if row[name]}
    return Segment(ticket=ticket, office_id=ticket.office_id, **row | moments)
