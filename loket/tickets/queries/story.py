"""A ticket's history, checklist, steps and clock as the partials of a page take them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.models import Mail
from loket.standards.queries import spec_of
from loket.tickets.models import Event, Message, Segment, Ticket, Turn
from loket.tickets.queries.merging import with_merged
from loket.tickets.queries.progress import (
    ClockFace,
    StepState,
    clock_face,
    hours_for,
    office_time,
    progress,
)
from loket.tickets.queries.reading import OFFICE_ONLY
from loket.tickets.queries.words import (
    actor_name,
    days_until,
    document_title,
    register_name,
    requirement_title,
    step_of,
    words,
)
from loket.ui.parts import Step, Tone
from loket.ui.templatetags.dates import durasi, jam, wib

TONES: dict[str, Tone] = {
    "document_accepted": "good",
    "document_infected": "bad",
    "proof_infected": "bad",
    "document_refused": "bad",
    "correction_asked": "warn",
    "reject": "bad",
    "take": "accent",
    "assign": "accent",
    "reopen_asked": "warn",
    "finish": "good",
    "issue": "good",
    "mail_lost": "warn",
    "check_overridden": "warn",
    "note": "warn",
    "reported": "bad",
    "reply": "accent",
    "answered": "good",
    "chase_due": "warn",
}
OTHER = "tickets/events/_other.html"


@dataclass(frozen=True)
class Moment:
    """One event with the template of its sentence and the names that sentence needs."""

    event: Event
    when: str
    who: str
    names: dict[str, str] = field(default_factory=dict)

    @property
    def templates(self) -> list[str]:
        """The sentence of this event; a room above brings its own under the same path."""
        return [f"tickets/events/{self.event.name}.html", OTHER]

    @property
    def body(self) -> str:
        """What was written with it."""
        return getattr(self.event, "body", None) or ""

    @property
    def is_internal(self) -> bool:
        """Whether only the office reads it."""
        return self.event.name in {"note", "reported", "second_waived"}

    @property
    def tone(self) -> Tone:
        return TONES.get(self.event.name, "")


@dataclass(frozen=True)
class ClockWords:
    """The office's clock in words: used of promised, and what the clock does now."""

    face: ClockFace
    big: str
    text: str
    tone: Tone
    icon: str
    note: str


def history(ticket: Ticket, events: list[Event], *, for_office: bool) -> list[Moment]:
    """Newest first, from events already read."""
    return [
        Moment(
            event,
            _when(ticket, event, for_office=for_office),
            who_did(event, for_office=for_office),
            _names(ticket, event),
        )
        for event in reversed(events)
    ]


def _when(ticket: Ticket, event: Event, *, for_office: bool) -> str:
    """The whole date for the applicant; at the desk only the hour of what happened today."""
    zone = ticket.office.zone
    is_today = days_until(ticket.office, event.at, clock.now()) == 0
    return jam(event.at, zone) if for_office and is_today else wib(event.at, zone)


def read_events(ticket: Ticket, *, for_office: bool) -> list[Event]:
    """The events this reader may see, oldest first, each with what was written (`body`). One statement.

    Those of tickets that were merged into this one are among them.
    """
    here = Event.objects.filter(with_merged(ticket.pk))
    found = with_words(here, for_office=for_office)
    events = list(found.order_by("id"))
    # For `has_happened`; an applicant's page has not read what is for the office only
    ticket.happened = {e.name for e in events}  # type: ignore[attr-defined]
    ticket.unread = set() if for_office else {*OFFICE_ONLY}  # type: ignore[attr-defined]
    return events


def with_words(found: QuerySet[Event], *, for_office: bool) -> QuerySet[Event]:
    """Only what this reader may see, each with its actor, what was written, and whom it names."""
    written = Message.objects.all()
    if not for_office:
        found = found.exclude(name__in=OFFICE_ONLY)
        written = written.filter(is_internal=False)
    return found.select_related("by").annotate(
        body=_of_data("message", written.values("body")),
        from_name=_of_data("from_person", User.objects.values("name")),
        to_name=_of_data("to_person", User.objects.values("name")),
    )


def _of_data(key: str, found: QuerySet[Any, Any]) -> Subquery:
    """One column of the row whose number stands in the event's data."""
    number = Cast(KeyTextTransform(key, OuterRef("data")), BigIntegerField())
    return Subquery(found.filter(pk=number))


def who_did(event: Event, *, for_office: bool) -> str:
    """Whom a reader sees behind an event: officers by name only inside the office."""
    if event.by is None:
        return _("Sistem")
    if event.as_what == "party":
        return _("Pemohon") if for_office else _("Anda")
    return event.by.name if for_office else _("Petugas")


def _names(ticket: Ticket, event: Event) -> dict[str, str]:
    """Titles instead of codes, for the sentences."""
    data: dict[str, Any] = event.data
    step = step_of(ticket, event.step) if event.step else None
    to = step_of(ticket, data["to_step"]) if "to_step" in data else None
    kind, reason = str(data.get("kind", "")), data.get("reason")
    return {
        "step": words(step.text) if step else "",
        "requirement": requirement_title(ticket, str(data.get("requirement", ""))),
        "register": register_name(ticket.office, kind) if kind else "",
        "document": document_title(ticket.office, kind) if kind else "",
        "from": getattr(event, "from_name", None) or "",
        "to": getattr(event, "to_name", None) or "",
        "to_step": words(to.text) if to else "",
        "lost": str(dict(Mail.Reason.choices).get(reason, "")) if reason else "",
    }


def steps_shown(
    ticket: Ticket,
    events: Iterable[Event],
    segments: Iterable[Segment],
    *,
    for_office: bool,
) -> list[Step]:
    """The procedure with who, and actual time against the norm; the office's view counts in bare minutes."""
    running = next((each for each in segments if each.ended_at is None), None)
    here = _minutes_here(ticket, running) if running else None
    states = filter(is_shown, as_they_stand(progress(ticket, events)))
    return [
        _step(ticket, state, number, here, for_office=for_office)
        for number, state in enumerate(states, start=1)
    ]


def is_shown(state: StepState) -> bool:
    """A refusal stands among the steps only once it is reached."""
    return not state.step.refuses or state.state in {"now", "done"}


def as_they_stand(states: list[StepState]) -> list[StepState]:
    """Steps behind the current one that a correction will have repeated are not done any more."""
    here = next(
        (n for n, each in enumerate(states) if each.state == "now"), len(states)
    )
    return [
        StepState(each.step, "next", None, None, None)
        if n > here and each.state == "done" and not each.step.optional
        else each
        for n, each in enumerate(states)
    ]


def _step(
    ticket: Ticket, state: StepState, number: int, here: int | None, *, for_office: bool
) -> Step:
    minutes = here if state.state == "now" else state.minutes
    note = actor_name(ticket.office, state.step.actor)
    if not for_office and state.done_at:
        note = wib(state.done_at, ticket.office.zone)
    if state.step.optional:
        note = _("%(who)s · tidak wajib") % {"who": note}
    times = _bare_minutes if for_office else _spoken_minutes
    shown = "next" if state.state == "open" else state.state
    return Step(
        words(state.step.text),
        shown,  # type: ignore[arg-type]  # progress() knows these states and "open"
        note,
        times(minutes, state.step.norm),
        number,
    )


def _bare_minutes(minutes: int | None, norm: int | None) -> str:
    """`8 / 10`; a dash for what is not known."""
    if minutes is None and norm is None:
        return ""
    return " / ".join("–" if each is None else str(each) for each in (minutes, norm))


def _spoken_minutes(minutes: int | None, norm: int | None) -> str:
    """`5 dari 10 menit`, or what is known of it; minutes without a norm are nobody's promise."""
    if norm is None:
        return ""
    if minutes is None:
        return durasi(norm)
    return _("%(used)s dari %(norm)s") % {"used": minutes, "norm": durasi(norm)}


def _minutes_here(ticket: Ticket, running: Segment) -> int:
    hours = hours_for(ticket, spec_of(ticket.standard_id))
    now = max(clock.now(), running.started_at)
    return int(office_time(hours, running.started_at, now) // timedelta(minutes=1))


def clock_words(ticket: Ticket, segments: Iterable[Segment]) -> ClockWords:
    """The office's clock of a ticket, from segments already read."""
    face = clock_face(ticket, segments)
    tone, icon = _clock_state(face, is_near=ticket.is_soon(clock.now()))
    if face.promise is None:
        used = durasi(face.used, "jam")
        return ClockWords(
            face, "", used, tone, icon, _("Standar ini tidak menjanjikan lama waktu.")
        )
    big, text = durasi(face.used, "jam"), durasi(face.promise, "jam")
    if face.promise < timedelta(hours=1) and face.used < timedelta(hours=1):
        big = str(face.used_minutes)
    return ClockWords(
        face,
        big,
        _("dari %(promise)s") % {"promise": text},
        tone,
        icon,
        _clock_note(ticket, face),
    )


def _clock_state(face: ClockFace, *, is_near: bool) -> tuple[Tone, str]:
    if face.is_late:
        return "bad", "alert"
    if not face.is_running:
        return "away", "pause"
    return ("warn" if is_near else "accent"), "clock"


def _clock_note(ticket: Ticket, face: ClockFace) -> str:
    zone = ticket.office.zone
    if not ticket.is_open:
        return _("Selesai %(time)s.") % {"time": wib(ticket.ended_at, zone)}
    if face.due_at is not None:
        return _("Tenggat %(time)s.") % {"time": wib(face.due_at, zone)}
    standing = {
        Turn.APPLICANT: _(
            "Jam berhenti selama menunggu pemohon. Waktu itu tidak dihitung."
        ),
        Turn.OUTSIDE: _("Jam berhenti selama menunggu pihak luar."),
    }
    running = _("Jam berjalan pada langkah yang dijanjikan standar.")
    return standing.get(Turn(ticket.turn), running)
