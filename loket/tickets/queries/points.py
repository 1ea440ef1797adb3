"""The numbered points of a printed procedure, each with who did it, when, and against which norm (T1-T8, S1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from loket.standards.pack import StandardSpec, Step
from loket.standards.queries import spec_of
from loket.tickets.models import Event, Ticket
from loket.tickets.queries.progress import STEP_DONE, StepState, progress, promised
from loket.tickets.queries.story import as_they_stand, is_shown, who_did
from loket.tickets.queries.words import actor_name, words
from loket.ui.templatetags.dates import durasi, wib

UNPRINTED = 10_000  # sorts what the paper has no number for behind what it has


@dataclass(frozen=True)
class Point:
    """One step as the paper numbers it; `times` is how often it was done, `norm` what was promised for it."""

    numbers: tuple[int, ...]
    title: str
    actor: str
    who: str
    when: str
    minutes: str
    norm: str
    state: str
    times: int

    @property
    def label(self) -> str:
        """`4, 5`; a dash for a step the paper does not number."""
        return ", ".join(map(str, self.numbers)) or "–"


def points_of(
    ticket: Ticket, events: Iterable[Event], *, for_office: bool
) -> list[Point]:
    """Every step of this ticket's variant by its printed number, from events already read."""
    own = [event for event in events if event.ticket_id == ticket.pk]
    states = filter(is_shown, as_they_stand(progress(ticket, own)))
    found = [_point(ticket, state, own, for_office=for_office) for state in states]
    return sorted(found, key=lambda point: point.numbers or (UNPRINTED,))


def _point(
    ticket: Ticket, state: StepState, events: list[Event], *, for_office: bool
) -> Point:
    step, spec = state.step, spec_of(ticket.standard_id)
    done = [e for e in events if e.name == STEP_DONE and e.step == step.code]
    last = done[-1] if done and state.state == "done" else None
    return Point(
        numbers=step.prints,
        title=words(step.text),
        actor=actor_name(ticket.office, step.actor),
        who=who_did(last, for_office=for_office) if last else "",
        when=wib(state.done_at, ticket.office.zone) if state.done_at else "",
        minutes="" if state.minutes is None else durasi(state.minutes),
        norm=_norm(spec, step),
        state=state.state,
        times=len(done),
    )


def _norm(spec: StandardSpec, step: Step) -> str:
    """Its own printed norm, else the promise it shares with other steps (C5)."""
    if step.norm:
        return durasi(step.norm)
    promise: timedelta | None = promised(spec)
    if promise is None or step.code not in spec.time.covers:
        return ""
    return _("termasuk dalam %(time)s") % {"time": durasi(promise)}
