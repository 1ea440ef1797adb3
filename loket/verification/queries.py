"""Calls of a ticket, their rules, and what is still missing before one can be finished."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket.offices.queries import hours_of
from loket.standards.pack.remote import Remote
from loket.standards.queries import settings_of, spec_of
from loket.suppliers.queries import HOME_COUNTRY, registration_of
from loket.tickets.models import Event, Ticket
from loket.tickets.queries import asked_documents
from loket.tickets.queries.merging import with_merged
from loket.tickets.queries.proofs import GIVEN, proofs_of
from loket.tickets.queries.reading import has_happened
from loket.tickets.queries.words import words
from loket.ui.templatetags.dates import jam
from loket.verification.models import Provider, Session, SessionDocument, SessionStatus

PLANNED = "session_planned"
HELD = "session_held"
INFECTED = "proof_infected"
SIGNS = re.compile(r"\D")
HOME_CODE = "62"


def rules_of(ticket: Ticket) -> Remote:
    """What the ticket's standard settles about calls; a standard without has no such step."""
    rules = spec_of(ticket.standard_id).remote
    if rules is None:
        raise LookupError("this standard holds no video calls")
    return rules


def is_remote(ticket: Ticket) -> bool:
    """Whether the documents of this ticket are shown in a call."""
    return spec_of(ticket.standard_id).is_remote(ticket.route)


def last_session(ticket: Ticket) -> Session | None:
    """The newest call of a ticket, whatever became of it; no statement when none was ever planned."""
    if not has_happened(ticket, PLANNED):
        return None
    found = Session.objects.filter(ticket=ticket).select_related(
        "officer", "office", "ended_by", "consent_by"
    )
    newest: Session | None = found.order_by("-round").first()
    if newest:
        newest.ticket = ticket  # read already
    return newest


def held_sessions(ticket: Ticket) -> list[Session]:
    """The calls that took place, the oldest first, each with minutes of its own; no statement where none did."""
    if not has_happened(ticket, HELD):
        return []
    found = Session.objects.filter(ticket=ticket, status=SessionStatus.HELD)
    return list(found.select_related("office").order_by("round"))


def marks_of(session: Session) -> list[Event]:
    """When each picture of a call was kept, with its SHA-256; they stay when the pictures are destroyed.

    The history has them, so that who may not see the pictures can still compare one that is shown to him.
    """
    pictures = Event.objects.filter(
        with_merged(session.ticket_id),
        data__purpose=session.purpose,
        name__in=(GIVEN, INFECTED),
    ).select_related("by")
    infected = {e.data["sha256"] for e in pictures if e.name == INFECTED}
    return [e for e in pictures.order_by("id") if e.name == GIVEN and e.data["sha256"] not in infected]  # fmt: skip


def planned_session(ticket: Ticket) -> Session | None:
    """The call that is still to be held."""
    found = last_session(ticket)
    return found if found and found.is_planned else None


def is_outside_hours(ticket: Ticket, start: datetime, end: datetime) -> bool:
    """Whether a call would not fit into the hours the standard names for calls."""
    code = rules_of(ticket).hours
    if code is None:
        return False
    closing = hours_of(ticket.office, code).closes_at(start)
    return closing is None or closing < end


def call_link(session: Session) -> str:
    """What to tap: the meeting itself, or WhatsApp's own link to the number (X17)."""
    where = session.where or ""
    if session.provider == Provider.LINK:
        return where
    return f"https://wa.me/{_abroad_too(SIGNS.sub('', where))}"


def _abroad_too(digits: str) -> str:
    """Digits with the code of the country: 0062 and 0812 are how people write 62812."""
    if digits.startswith("00"):
        return digits.removeprefix("00")
    return HOME_CODE + digits[1:] if digits.startswith("0") else digits


def time_words(session: Session, *, for_office: bool = False) -> str:
    """Selasa, 24 November 2026, 10.00 WIB; for an applicant abroad with the distance from UTC."""
    local = session.office.local(session.scheduled_at)
    day = date_format(local, "l, j F Y")
    told = f"{day}, {jam(session.scheduled_at, session.office.zone)}"
    is_abroad = not for_office and _is_abroad(session.ticket)
    return f"{told} (UTC{_offset(local)})" if is_abroad else told


def _offset(local: datetime) -> str:
    hours = (local.utcoffset() or timedelta()) / timedelta(hours=1)
    return f"{hours:+g}"


def _is_abroad(ticket: Ticket) -> bool:
    registration = registration_of(ticket)
    supplier = registration.supplier if registration else None
    return supplier is not None and supplier.country != HOME_COUNTRY


def consent_of(ticket: Ticket, language: str) -> str:
    """What the applicant agrees to, with how long pictures are kept."""
    days = settings_of(ticket.office).evidence_keep_days
    with translation.override(language):
        kept = _("Gambar bukti dimusnahkan %(days)s hari setelah tiket berakhir.")
    return f"{rules_of(ticket).consent.get(language)} {kept % {'days': days}}"


def is_code_day(session: Session, now: datetime) -> bool:
    """The applicant sees the code on the day of the call only, in the office's zone."""
    office = session.office
    return office.local(now).date() == office.local(session.scheduled_at).date()


@dataclass(frozen=True)
class Standing:
    """What a call has and what it lacks: `lacks` are whole sentences for the officer."""

    shown: frozenset[int]  # documents with a verdict given in a call
    proofs: int  # pictures somebody can look at; one with a virus proves nothing
    lacks: tuple[str, ...]


def standing_of(session: Session) -> Standing:
    """Consent, code, a verdict on each document while it was shown, and a picture (G7)."""
    shown = _shown(session.ticket)
    given = proofs_of(session.ticket).get(session.purpose, [])
    proofs = sum(each.file.shows_pages for each in given)
    lacks = {
        _("Mulai panggilan lebih dahulu."): not session.started_at,
        _("Persetujuan pemohon belum dicatat."): not session.consent_at,
        _("Kode hari ini belum ditunjukkan pemohon."): not session.code_seen_at,
        **{
            _("%(title)s belum diputus dalam panggilan.") % {"title": title}: True
            for title in _unjudged(session.ticket, shown)
        },
        _("Belum ada gambar bukti. Unggah sedikitnya satu."): not given,
        _(
            "Gambar bukti masih dipindai atau ditahan. Tunggu, atau unggah yang lain."
        ): given and not proofs,
    }
    return Standing(
        shown, proofs, tuple(text for text, is_so in lacks.items() if is_so)
    )


def _shown(ticket: Ticket) -> frozenset[int]:
    """Newest verdicts count: one given again outside a call must be given anew in it."""
    found = SessionDocument.objects.filter(session__ticket=ticket)
    return frozenset(found.values_list("verdict_id", flat=True))


def _unjudged(ticket: Ticket, shown: frozenset[int]) -> list[str]:
    return [
        words(each.requirement.title)
        for each in asked_documents(ticket)
        if each.verdict is None or each.verdict.pk not in shown
    ]
