"""Rows of the desk's lists, ready to print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _, ngettext

from loket.kernel import clock
from loket.standards.queries import spec_of
from loket.tickets.models import Ticket, Turn
from loket.tickets.queries.progress import hours_for, office_time
from loket.tickets.queries.words import (
    days_until,
    service_title,
    short_time,
    steps_of,
    words,
)
from loket.ui.parts import Tone
from loket.ui.templatetags.dates import durasi


@dataclass(frozen=True)
class Due:
    """How near the promise is: words with the tone and the picture that say the same."""

    text: str
    tone: Tone = ""
    icon: str = "clock"


@dataclass(frozen=True)
class Row:
    """One ticket of a list; `place` of `steps` is where it stands in its procedure."""

    ticket: Ticket
    due: Due
    due_at: str
    service: str
    step: str
    place: int
    steps: int
    latest: str

    @property
    def is_free(self) -> bool:
        """Nobody holds it although it is the office's turn."""
        return self.ticket.turn == Turn.OFFICE and self.ticket.assignee_id is None


def rows(tickets: Iterable[Ticket]) -> list[Row]:
    """Rows in the order given; no statement of their own."""
    now = clock.now()
    return [_row(ticket, now) for ticket in tickets]


def _row(ticket: Ticket, now: datetime) -> Row:
    # A refusal is counted, as it is shown, only once it is reached
    steps = [
        step
        for step in steps_of(ticket)
        if not step.refuses or step.code == ticket.step
    ]
    places = {step.code: place for place, step in enumerate(steps, start=1)}
    place = places.get(ticket.step, 0)
    return Row(
        ticket=ticket,
        due=due(ticket, now),
        due_at=short_time(ticket.office, ticket.due_at, now) if ticket.due_at else "",
        service=service_title(ticket),
        step=words(steps[place - 1].text) if place else "",
        place=place,
        steps=len(steps),
        latest=short_time(ticket.office, ticket.updated_at, now),
    )


def due(ticket: Ticket, now: datetime) -> Due:
    """What the badge says: overdue, due within minutes, later, or the clock stands."""
    if ticket.due_at is None:
        return _standing(ticket)
    left = ticket.due_at - now
    if left < timedelta():
        hours = hours_for(ticket, spec_of(ticket.standard_id))
        late = durasi(office_time(hours, ticket.due_at, now), "jam")
        return Due(_("Lewat %(time)s") % {"time": late}, "bad", "alert")
    tone: Tone = "warn" if ticket.is_soon(now) else ""
    return Due(_left(left, days_until(ticket.office, ticket.due_at, now)), tone)


def _left(left: timedelta, days: int) -> str:
    if days == 1:
        return _("Besok")
    if days > 1:
        return ngettext("%(n)d hari", "%(n)d hari", days) % {"n": days}
    return _("Sisa %(time)s") % {"time": durasi(left)}


def _standing(ticket: Ticket) -> Due:
    if not ticket.is_open:
        return Due(ticket.get_status_display(), "away", "check")
    if ticket.turn == Turn.OFFICE:
        return Due(_("Tanpa tenggat"), "away", "clock")
    return Due(_("Jam berhenti"), "away", "pause")
