"""The public status of one ticket: whose turn it is, the next step and both clocks (X3)."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _, gettext_lazy

from loket.offices.models import Office
from loket.portal.queries.history import history
from loket.portal.queries.opening import Opening, opening
from loket.portal.queries.promise import amount, beginning
from loket.portal.queries.words import actor_name, words
from loket.standards.pack import OfficeSpec
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import Segment, Status, Ticket, Turn
from loket.tickets.queries import (
    ClockFace,
    StepState,
    by_public_code,
    clock_face,
    progress,
    readable_code,
    timeline,
)
from loket.ui.parts import Fact, Moment, Step, StepState as StepMark, Tone
from loket.ui.templatetags.dates import durasi, hari, jam, tanggal, wib

HEADINGS = {
    Turn.OFFICE: gettext_lazy("Sekarang giliran kantor"),
    Turn.APPLICANT: gettext_lazy("Sekarang giliran Anda"),
    Turn.OUTSIDE: gettext_lazy("Sedang di pihak luar kantor"),
}
ENDINGS = {
    Status.DONE: gettext_lazy("Layanan selesai"),
    Status.CLOSED: gettext_lazy("Tiket sudah ditutup"),
    Status.REJECTED: gettext_lazy("Permohonan ditolak"),
    Status.WITHDRAWN: gettext_lazy("Permohonan dibatalkan"),
}
CHIPS: dict[str, tuple[Tone, str]] = {
    Turn.OFFICE: ("accent", "building"),
    Turn.APPLICANT: ("warn", "user"),
    Turn.OUTSIDE: ("away", "out"),
    Status.DONE: ("good", "check"),
    Status.CLOSED: ("away", "check"),
    Status.REJECTED: ("bad", "x"),
    Status.WITHDRAWN: ("away", "x"),
}
MARKS: dict[str, StepMark] = {
    "done": "done",
    "now": "now",
    "next": "next",
    "open": "next",
    "skipped": "skipped",
}
# Signs a code never has, read as the sign that looks most like them.
LOOKALIKES = str.maketrans("0O1ILU", "QQ7JJV")
SIGNS_IN_CODE = 8


@dataclass(frozen=True)
class PublicClock:
    """Both clocks in words: office time used of the promise, and the time that passed."""

    used: float
    total: float
    big: str
    text: str
    tone: Tone
    icon: str
    note: str
    elapsed: str


@dataclass(frozen=True)
class StatusPage:
    """Everything the public page of a ticket prints; no personal data is among it."""

    code: str
    service: str
    heading: str
    chip: str
    tone: Tone
    icon: str
    office: Office
    is_applicants_turn: bool
    now: str
    following: str
    due: str
    clock: PublicClock
    steps: tuple[Step, ...]
    moments: tuple[Moment, ...]
    summary: tuple[Fact, ...]
    settings: OfficeSpec


def canonical_code(text: str) -> str:
    """`7KQ4-M2XP` from whatever was typed, "" when it cannot be a code."""
    plain = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())
    return (
        readable_code(plain.translate(LOOKALIKES))
        if len(plain) == SIGNS_IN_CODE
        else ""
    )


def status_page(code: str) -> StatusPage | None:
    """The ticket behind a code, None when there is none. Three statements."""
    ticket = by_public_code(code)
    return _page(ticket) if ticket else None


def _page(ticket: Ticket) -> StatusPage:
    spec, settings = spec_of(ticket.standard_id), settings_of(ticket.office)
    events = timeline(ticket, for_office=False)
    states = progress(ticket, events)
    face = clock_face(ticket, Segment.objects.filter(ticket=ticket))
    mark = ticket.turn if ticket.is_open else ticket.status
    tone, icon = CHIPS[mark]
    return StatusPage(
        code=readable_code(ticket.public_code),
        service=words(spec.title),
        heading=str(HEADINGS[Turn(mark)] if ticket.is_open else ENDINGS[Status(mark)]),
        chip=str(ticket.get_status_display()),
        tone=tone,
        icon=icon,
        office=ticket.office,
        is_applicants_turn=ticket.turn == Turn.APPLICANT,
        now=_first(states, "now"),
        following=_first(states, "next"),
        due=_due(ticket, face),
        clock=_clock(ticket, face),
        steps=tuple(_step(one, ticket, settings) for one in states if _is_shown(one)),
        moments=tuple(history(ticket, events)),
        summary=tuple(_summary(ticket)),
        settings=settings,
    )


def _is_shown(state: StepState) -> bool:
    """A refusal stands among the steps only once it is reached."""
    return state.step.kind != "reject" or state.state in {"now", "done"}


def _first(states: list[StepState], wanted: str) -> str:
    """The text of the first obligatory step in this state."""
    found = (
        one.step for one in states if one.state == wanted and not one.step.optional
    )
    return words(step.text) if (step := next(found, None)) else ""


def _due(ticket: Ticket, face: ClockFace) -> str:
    if face.due_at is None:
        return ""
    zone = ticket.office.zone
    return f"{hari(face.due_at, zone)}, {jam(face.due_at, zone)}"


def _clock(ticket: Ticket, face: ClockFace) -> PublicClock:
    time = spec_of(ticket.standard_id).time
    promise = face.promise or timedelta()
    if face.promise is None:
        text = _("tanpa janji waktu")
    else:
        text = _("dari %(promise)s") % {"promise": amount(time)}
    tone, icon = _tone(face)
    return PublicClock(
        used=face.used.total_seconds(),
        total=promise.total_seconds(),
        big=durasi(face.used, "jam"),
        text=text,
        tone=tone,
        icon=icon,
        note=_clock_note(ticket, face),
        elapsed=durasi(face.elapsed),
    )


def _tone(face: ClockFace) -> tuple[Tone, str]:
    if face.is_late:
        return "bad", "alert"
    return ("accent", "clock") if face.is_running else ("away", "pause")


def _clock_note(ticket: Ticket, face: ClockFace) -> str:
    """Why the office's clock runs, stands, or has not begun."""
    if not ticket.is_open or face.promise is None:
        return ""
    if ticket.counting_from is None:
        start = beginning(spec_of(ticket.standard_id).time)
        return _("Jam kantor berjalan %(start)s.") % {"start": start}
    if ticket.turn == Turn.APPLICANT:
        return _("Jam berhenti karena menunggu Anda. Waktu itu tidak dihitung.")
    running, standing = (
        _("Jam kantor sedang berjalan."),
        _("Jam kantor sedang berhenti."),
    )
    return running if face.is_running else standing


def _step(state: StepState, ticket: Ticket, settings: OfficeSpec) -> Step:
    norm, note = state.step.norm, actor_name(state.step.actor, settings)
    time = durasi(norm) if norm else ""
    if state.done_at:
        note = wib(state.done_at, ticket.office.zone)
    if norm and state.minutes is not None:
        time = _("%(used)s dari %(norm)s") % {"used": state.minutes, "norm": time}
    if state.step.optional and state.state in {"next", "open"}:
        note += " · " + _("tidak menahan proses")
    return Step(words(state.step.text), MARKS[state.state], note, time)


def _summary(ticket: Ticket) -> list[Fact]:
    spec = spec_of(ticket.standard_id)
    facts = [
        Fact(_("Kantor"), ticket.office.name),
        Fact(_("Diajukan"), tanggal(ticket.submitted_at, ticket.office.zone)),
        Fact(_("Cara"), words(spec.routes[ticket.route].title)),
        Fact(_("Standar"), _("versi %(number)s") % {"number": ticket.standard.version}),
    ]
    if spec.hours:
        now: Opening = opening(ticket.office, spec.hours)
        facts.append(Fact(_("Jam kantor"), f"{now.label} {now.until}"))
    return facts
