"""The follow-up of SIKaP as pages and jobs read it: its days, its state, whom to reach (G25)."""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max, Q
from django.utils.translation import gettext as _, override

from loket.kernel import clock
from loket.offices.hours import Hours, NoOpenHours
from loket.offices.models import Office
from loket.standards.pack import Step
from loket.standards.queries import counting_hours, settings_of, spec_of
from loket.suppliers.models import FollowUp, Outreach
from loket.suppliers.queries.papers import (
    ToBring,
    checklist,
    registration_of,
    to_bring,
)
from loket.tickets.models import Ticket
from loket.tickets.models.ticket import OPEN
from loket.tickets.queries.proofs import proofs_of
from loket.tickets.queries.reading import has_happened
from loket.ui import navigation
from loket.ui.parts import Tone

KIND = "follow_up_sikap"
BEGUN = "sikap_begun"
PROOF = "sikap"  # the purpose of its evidence
State = tuple[str, Tone, str]


def is_followed_up(ticket: Ticket) -> bool:
    """Whether this ticket's standard sees to SIKaP at all."""
    spec = spec_of(ticket.standard_id)
    steps = spec.steps_for(ticket.route, ticket.applicant_kind)
    return any(step.kind == KIND for step in steps)


def current_step(ticket: Ticket) -> Step | None:
    """The step of SIKaP at which the ticket stands."""
    if not ticket.is_open or not ticket.step:
        return None
    step = spec_of(ticket.standard_id).step(ticket.step)
    return step if step.kind == KIND else None


def follow_up_of(ticket: Ticket) -> FollowUp | None:
    """The ticket's follow-up; no statement on a page that knows that none began."""
    if not has_happened(ticket, BEGUN):
        return None
    rows = FollowUp.objects.select_related("settled_by", "proof")
    found = rows.filter(ticket=ticket).first()
    if found is not None:
        found.ticket = ticket  # known, with its office
    return found


def outreach_of(follow_up: FollowUp) -> list[Outreach]:
    """Everything that was tried, the newest first."""
    found = Outreach.objects.filter(follow_up=follow_up).select_related("by")
    return list(found.order_by("-at", "-pk"))


def waiting() -> list[tuple[FollowUp, int]]:
    """Those whose supplier has still to answer, on open tickets, each with the day of its last reminder, 0 for none."""
    unanswered = FollowUp.objects.filter(settled_at=None, said_at=None)
    last = Max("outreach__after_days", filter=Q(outreach__way="mail"))
    found = unanswered.filter(ticket__status__in=OPEN).annotate(reminded=last)
    rows = found.select_related("ticket__office", "office").order_by("pk")
    return [(each, each.reminded or 0) for each in rows]


def open_at(office: Office) -> list[tuple[FollowUp, dt.datetime | None]]:
    """The office's open follow-ups, the oldest first, each with the last time it was reached out to."""
    open_ones = FollowUp.objects.filter(office=office, settled_at=None)
    found = open_ones.filter(ticket__status__in=OPEN).annotate(last=Max("outreach__at"))
    rows = found.select_related("ticket__office").order_by("begun_at", "pk")
    return [(each, each.last) for each in rows]


def working_hours(ticket: Ticket) -> Hours:
    """The hours of the ticket's service; where its standard prints none, the usual week of a public office."""
    return counting_hours(ticket.office, spec_of(ticket.standard_id))


def office_day(hours: Hours, start: dt.datetime, number: int) -> dt.datetime | None:
    """When the office opens on its nth working day after the day of `start`; None when it never does."""
    moment = start
    for _each in range(number):
        local = moment.astimezone(hours.zone)
        end = local.replace(hour=23, minute=59, second=59, microsecond=999_999)
        try:
            moment = hours.opens_next(end)
        except NoOpenHours:
            return None
    return moment


def due_reminder(follow_up: FollowUp, reminded: int) -> int | None:
    """The newest reminder whose day has come and that was not sent, while the office is open."""
    ticket, now = follow_up.ticket, clock.now()
    hours = working_hours(ticket)
    if not hours.is_open(now):
        return None
    days = settings_of(ticket.office).sikap.remind_after_days
    open_ones = [each for each in days if each > reminded]
    reached = [
        each
        for each in open_ones
        if (day := office_day(hours, follow_up.begun_at, each)) and day <= now
    ]
    return max(reached, default=None)


def next_reminder(follow_up: FollowUp, sent: list[Outreach]) -> dt.datetime | None:
    """When the next one goes out; None after the last, and while nobody has to be reminded."""
    if not follow_up.is_open or follow_up.said_at:
        return None
    reminded = max((each.after_days or 0 for each in sent), default=0)
    days = settings_of(follow_up.ticket.office).sikap.remind_after_days
    following = next((each for each in days if each > reminded), None)
    if following is None:
        return None
    day = office_day(working_hours(follow_up.ticket), follow_up.begun_at, following)
    return day and max(day, clock.now())


def is_unanswered(follow_up: FollowUp) -> bool:
    """Whether the supplier has been silent for as many office days as the office waits (pack: `sikap`)."""
    if not follow_up.is_open or follow_up.said_at:
        return False
    ticket = follow_up.ticket
    days = settings_of(ticket.office).sikap.waive_after_days
    day = office_day(working_hours(ticket), follow_up.begun_at, days)
    return day is not None and day <= clock.now()


def state_of(follow_up: FollowUp) -> State:
    """In words, with tone and icon."""
    if not follow_up.is_open:
        tone: Tone = "away" if follow_up.outcome == "waived" else "good"
        return str(follow_up.get_outcome_display()), tone, "check"
    if follow_up.said_at:
        return _("Menurut pelaku usaha sudah terisi"), "accent", "eye"
    if is_unanswered(follow_up):
        return _("Lama tidak dijawab"), "bad", "alert"
    words = _("Sanggup mengisi") if follow_up.promised_at else _("Belum terisi")
    return words, "warn", "clock"


@dataclass(frozen=True)
class Writing:
    """A ready text for WhatsApp, and the link that opens it there; nothing is sent by loket."""

    text: str
    href: str


def whatsapp(ticket: Ticket, *, phone: str, link: str) -> Writing | None:
    """None where no telephone number is known."""
    digits = re.sub(r"\D", "", phone)
    if not digits:
        return None
    number = f"62{digits[1:]}" if digits.startswith("0") else digits
    text = _(
        "%(office)s: akun Anda sudah aktif (tiket %(number)s). Langkah berikutnya: isi data "
        "kualifikasi di SIKaP. Petunjuk dan bantuan: %(link)s"
    ) % {"office": ticket.office.name, "number": ticket.number, "link": link}
    return Writing(text, f"https://wa.me/{number}?{urlencode({'text': text})}")


def parts_of_sikap() -> list[str]:
    """What SIKaP asks a supplier to fill in, in its own order."""
    return [
        _("Identitas perusahaan"),
        _("Izin usaha"),
        _("Akta"),
        _("Pemilik dan pengurus"),
        _("Tenaga ahli dan peralatan"),
        _("Pengalaman"),
        _("Pajak"),
    ]


def papers_for_sikap(ticket: Ticket) -> list[ToBring]:
    """What helps to fill it in, as the standard advises this applicant (D1-D3)."""
    spec = spec_of(ticket.standard_id)
    asked = len(checklist(spec, ticket.applicant_kind, ticket.facts))
    return to_bring(spec, ticket.applicant_kind, ticket.facts)[asked:]


def own_follow_up(follow_up: FollowUp, *, form: object) -> dict[str, object]:
    """What the supplier's own page shows of it."""
    ticket = follow_up.ticket
    office = settings_of(ticket.office)
    step = current_step(ticket)
    return {
        "follow_up": follow_up,
        "state": state_of(follow_up),
        "url": office.sikap.url,
        "parts": parts_of_sikap(),
        "papers": papers_for_sikap(ticket),
        "places": office.places,
        # At his own step the page has its own button
        "form": None if step and step.actor == "applicant" else form,
    }


def page_of(follow_up: FollowUp) -> dict[str, object]:
    """What the desk's page shows of it."""
    ticket, sent = follow_up.ticket, outreach_of(follow_up)
    return {
        "follow_up": follow_up,
        "state": state_of(follow_up),
        "outreach": sent,
        "next": next_reminder(follow_up, sent),
        "is_unanswered": is_unanswered(follow_up),
        "writing": _writing(ticket),
        "url": settings_of(ticket.office).sikap.url,
        "papers": papers_for_sikap(ticket),
        "proofs": proofs_of(ticket).get(PROOF, []),
    }


def _writing(ticket: Ticket) -> Writing | None:
    """In the language the supplier registered in."""
    registration = registration_of(ticket)
    link = f"{settings.SITE_URL}{navigation.TICKETS}{ticket.number}/"
    with override(registration.language if registration else "id"):
        return whatsapp(ticket, phone=ticket.phone, link=link)


@dataclass(frozen=True)
class OpenRow:
    """One line of the office's list."""

    ticket: Ticket
    state: State
    begun_at: dt.datetime
    last: dt.datetime | None
    is_unanswered: bool


def office_rows(office: Office) -> list[OpenRow]:
    """Those silent for too long first, then the oldest. Two statements, however many rows."""
    rows = [
        OpenRow(each.ticket, state_of(each), each.begun_at, last, is_unanswered(each))
        for each, last in open_at(office)
    ]
    return sorted(rows, key=lambda row: not row.is_unanswered)
