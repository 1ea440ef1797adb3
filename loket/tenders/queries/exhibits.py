"""The chain of custody of a request: what was sealed, who took it out, what the trial and others said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from loket.standards.models import Standard
from loket.standards.queries import settings_of, spec_of
from loket.tenders.models import Exhibit, ScheduleChange, Trial
from loket.tenders.queries.schedules import wanted
from loket.tickets.models import Escalation, Event, IssuedDocument, Ticket
from loket.tickets.queries.answers import party_name, said_on
from loket.tickets.queries.keeping import ENDED
from loket.ui.templatetags.dates import wib

KINDS = {"take_exhibit", "record_trial"}
HANDED_OUT = "exhibit_handed_out"


@dataclass(frozen=True)
class Custody:
    """Everything about the exhibits of one request, the oldest first."""

    exhibits: list[Exhibit]
    taken_out: list[Event]
    trials: list[Trial]
    outside: list[tuple[str, Escalation]]
    changes: list[ScheduleChange]


def custody_of(ticket: Ticket) -> Custody | None:
    """None where the service takes no exhibits; costs no statement there."""
    if not KINDS & spec_of(ticket.standard_id).kinds:
        return None
    asked = Escalation.objects.filter(ticket=ticket).select_related("answer", "office")
    return Custody(
        list(Exhibit.objects.filter(ticket=ticket).select_related("taken_by", "file").order_by("pk")),
        list(Event.objects.filter(ticket=ticket, name=HANDED_OUT).select_related("by").order_by("pk")),
        list(Trial.objects.filter(ticket=ticket).select_related("by").order_by("pk")),
        [(party_name(each), each) for each in asked.order_by("pk") if not _is_inside(each)],
        changes_meanwhile(ticket),
    )  # fmt: skip


def _is_inside(escalation: Escalation) -> bool:
    known = settings_of(escalation.office).escalation.get(escalation.party)
    return known is not None and known.inside is not None


def changes_meanwhile(ticket: Ticket) -> list[ScheduleChange]:
    """Moves of the same tender's schedule since the request came, such as to wait for the answer."""
    asked = spec_of(ticket.standard_id).fields_for(ticket.applicant_kind)
    code = wanted(asked, said_on(ticket)).tender_code
    if not code:
        return []
    found = ScheduleChange.objects.filter(office_id=ticket.office_id, tender_code=code)
    return list(
        found.filter(changed_at__gte=ticket.submitted_at).order_by("changed_at")
    )


def custody_facts(issued: IssuedDocument) -> Iterator[tuple[Promise, str]]:
    """What the minutes say beyond the request itself: exhibits, trials, answers, moved stages."""
    custody = custody_of(issued.ticket)
    if custody is None:
        return
    zone = issued.office.zone
    for each in custody.exhibits:
        yield gettext_lazy("Barang bukti"), _exhibit_line(each, zone)
    for trial in custody.trials:
        seen = f"{trial.get_opened_display()}. {trial.application}. {trial.finding}"
        yield gettext_lazy("Uji coba LPSE"), f"{seen} ({wib(trial.at, zone)})"
    for name, passed in custody.outside:
        yield gettext_lazy("Diteruskan kepada"), _outside_line(name, passed, zone)
    for change in custody.changes:
        moved = (
            f"{change.stage}: {wib(change.before, zone)} → {wib(change.after, zone)}"
        )
        yield gettext_lazy("Perubahan jadwal"), moved


def _exhibit_line(exhibit: Exhibit, zone: ZoneInfo) -> str:
    return _("%(name)s, %(size)d byte, SHA-256 %(hash)s. Diserahkan %(giver)s, diterima %(taker)s, %(time)s.") % {
        "name": exhibit.name, "size": exhibit.size, "hash": exhibit.sha256, "giver": exhibit.handed_by,
        "taker": exhibit.taken_by.name, "time": wib(exhibit.handed_at, zone),
    }  # fmt: skip


def _outside_line(name: str, passed: Escalation, zone: ZoneInfo) -> str:
    number = passed.reference or "–"
    line = _("%(name)s, nomor %(number)s, %(time)s.") % {"name": name, "number": number, "time": wib(passed.at, zone)}  # fmt: skip
    return f"{line} {passed.answer.body}" if passed.answer else line


def past_keeping() -> Iterator[tuple[Exhibit, timedelta]]:
    """Exhibits with bytes whose request has ended, and how long each version keeps them after that."""
    for standard in Standard.objects.values_list("pk", flat=True):
        days = next((one.keep_days for one in spec_of(standard).procedure if one.kind == "take_exhibit"), None)  # fmt: skip
        if days is None:
            continue
        there = Q(file__isnull=False, file__destroyed_at=None, file__hold="")
        found = Exhibit.objects.filter(there, ticket__standard=standard, ticket__status__in=ENDED)  # fmt: skip
        for exhibit in found.select_related("file", "ticket__office"):
            yield exhibit, timedelta(days=days)
