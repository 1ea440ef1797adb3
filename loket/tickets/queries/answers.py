"""What was filled in on a service's form, ready to be read; identity numbers stay masked."""

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format

from loket.offices.models import Office
from loket.offices.numbers import mask
from loket.standards.pack import FormField, StandardSpec
from loket.standards.queries import counting_hours, settings_of, spec_of
from loket.tickets.models import Escalation, Form, Said, Ticket
from loket.tickets.models.ticket import OPEN
from loket.tickets.queries.words import actor_name, words
from loket.ui.parts import Fact
from loket.ui.templatetags.dates import wib

MASKED = ("nip", "nik", "npwp")


@dataclass(frozen=True)
class Answers:
    """The newest form of a ticket: what it says, how often it was mended, whether numbers in it are masked."""

    facts: list[Fact]
    times_mended: int
    has_masked: bool
    said: Said = field(default_factory=dict)


def form_of(ticket: Ticket) -> Form | None:
    """The form as it was filled in last."""
    return Form.objects.filter(ticket=ticket).order_by("-version").first()


def said_on(ticket: Ticket) -> Said:
    """What the newest form says, by field; empty before anybody filled it in."""
    found = form_of(ticket)
    return read(found) if found else {}


def read(form: Form) -> Said:
    """What one version says."""
    said: Said = json.loads(form.said)
    return said


def answers_of(ticket: Ticket) -> Answers | None:
    """For a panel; no statement for a service without a form, one else. None before it was filled in."""
    spec = spec_of(ticket.standard_id)
    if not spec.fields or (form := form_of(ticket)) is None:
        return None
    said = read(form)
    asked = spec.fields_for(ticket.applicant_kind)
    masked = any(said.get(name) for name, one in asked.items() if one.kind in MASKED)
    return Answers(facts_of(spec, ticket, said), form.version - 1, masked, said)


def facts_of(
    spec: StandardSpec, ticket: Ticket, said: Said, *, in_full: bool = False
) -> list[Fact]:
    """Each field that was filled in, in the order of the form."""
    asked = spec.fields_for(ticket.applicant_kind)
    return [
        Fact(words(one.title), shown(one, said[name], ticket.office, in_full=in_full))
        for name, one in asked.items()
        if said.get(name) not in (None, "", [])
    ]


def shown(one: FormField, value: Any, office: Office, *, in_full: bool = False) -> str:
    """One answer as a reader sees it."""
    if one.kind in MASKED:
        return str(value) if in_full else mask(str(value))
    if one.kind == "date":
        return date_format(dt.date.fromisoformat(value), "j F Y")
    if one.kind == "moment":
        return wib(dt.datetime.fromisoformat(value), office.zone)
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(words(one.choices.get(str(each))) or str(each) for each in chosen)


def passed_on(ticket: Ticket) -> QuerySet[Escalation]:
    """To whom this ticket was passed, the newest first."""
    found = Escalation.objects.filter(ticket=ticket).select_related("by", "answered_by")
    return found.order_by("-id")


def waiting_outside(ticket: Ticket) -> Escalation | None:
    """What waits for an answer from outside now; None when nothing does."""
    return passed_on(ticket).filter(answered_at=None).first()


def parties_of(office: Office, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Code and name of those a request can be passed to."""
    known = settings_of(office).escalation
    return [(code, actor_name(office, known[code].inside or code)) for code in codes]


def party_name(escalation: Escalation) -> str:
    """How the other side is called."""
    settings = settings_of(escalation.office).escalation.get(escalation.party)
    inside = settings.inside if settings else None
    return actor_name(escalation.office, inside or escalation.party)


def to_chase(now: dt.datetime) -> list[Escalation]:
    """What waits outside longer than the office's days since it was passed on, asked about or told of; offices that are open now."""
    waiting = Escalation.objects.filter(answered_at=None, ticket__status__in=OPEN)
    found = waiting.select_related("office", "ticket__office").order_by("id")
    return [each for each in found if _is_to_chase(each, now)]


def _is_to_chase(escalation: Escalation, now: dt.datetime) -> bool:
    party = settings_of(escalation.office).escalation.get(escalation.party)
    if party is None or party.chase_every_days is None:
        return False
    moments = (escalation.at, escalation.chased_at, escalation.reminded_at)
    last = max(each for each in moments if each is not None)
    if now < last + dt.timedelta(days=party.chase_every_days):
        return False
    ticket = escalation.ticket
    hours = counting_hours(ticket.office, spec_of(ticket.standard_id))
    return hours is None or hours.state(now).kind == "open"
