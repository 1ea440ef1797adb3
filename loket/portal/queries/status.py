"""The public status of one ticket: whose turn it is, the next step and both clocks (X3)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _, gettext_lazy

from loket.offices.models import Office
from loket.portal.queries.history import history
from loket.portal.queries.opening import Opening, opening
from loket.standards.pack import OfficeSpec
from loket.standards.queries import settings_of, spec_of
from loket.tickets.models import Status, Ticket, Turn
from loket.tickets.queries import (
    StepState,
    by_public_code,
    progress,
    readable_code,
    timeline,
)
from loket.tickets.queries.progress import segments_of
from loket.tickets.queries.story import (
    ClockWords,
    clock_words,
    is_shown,
    steps_shown,
)
from loket.tickets.queries.words import route_title, service_title, words
from loket.ui.parts import Fact, Moment, Step, Tone
from loket.ui.templatetags.dates import tanggal

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
# Signs a code never has, read as the sign that looks most like them.
LOOKALIKES = str.maketrans("0O1ILU", "QQ7JJV")
SIGNS_IN_CODE = 8


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
    asks_to_mend: bool
    now: str
    following: str
    clock: ClockWords
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
    """The ticket behind a code, None when there is none. Four statements."""
    ticket = by_public_code(code)
    return _page(ticket) if ticket else None


def _page(ticket: Ticket) -> StatusPage:
    events, segments = timeline(ticket, for_office=False), segments_of(ticket)
    states = progress(ticket, events)
    shown = steps_shown(ticket, events, segments, for_office=False)
    mark = ticket.turn if ticket.is_open else ticket.status
    tone, icon = CHIPS[mark]
    return StatusPage(
        code=readable_code(ticket.public_code),
        service=service_title(ticket),
        heading=str(HEADINGS[Turn(mark)] if ticket.is_open else ENDINGS[Status(mark)]),
        chip=str(ticket.get_status_display()),
        tone=tone,
        icon=icon,
        office=ticket.office,
        is_applicants_turn=ticket.turn == Turn.APPLICANT,
        asks_to_mend=ticket.turn == Turn.APPLICANT
        and any(each.name == "correction_asked" for each in events),
        now=_first(states, "now"),
        following=_first(states, "next"),
        clock=clock_words(ticket, segments),
        steps=tuple(shown),
        moments=tuple(history(ticket, events)),
        summary=tuple(_summary(ticket)),
        settings=settings_of(ticket.office),
    )


def _first(states: list[StepState], wanted: str) -> str:
    """The text of the first obligatory step in this state; a refusal never comes next by itself."""
    found = (
        one.step
        for one in states
        if one.state == wanted and not one.step.optional and is_shown(one)
    )
    return words(step.text) if (step := next(found, None)) else ""


def _summary(ticket: Ticket) -> list[Fact]:
    spec = spec_of(ticket.standard_id)
    facts = [
        Fact(_("Kantor"), ticket.office.name),
        Fact(_("Diajukan"), tanggal(ticket.submitted_at, ticket.office.zone)),
        Fact(_("Cara"), route_title(ticket)),
        Fact(_("Standar"), _("versi %(number)s") % {"number": ticket.standard.version}),
    ]
    if spec.hours:
        now: Opening = opening(ticket.office, spec.hours)
        facts.append(Fact(_("Jam kantor"), f"{now.label} {now.until}"))
    return facts
