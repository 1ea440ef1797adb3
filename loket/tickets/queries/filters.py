"""What a list can be narrowed to, and the officer's saved views of it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import spec_of
from loket.tickets.models import SavedFilter, Ticket
from loket.tickets.models.ticket import Channel, TicketQuerySet
from loket.tickets.queries.words import words
from loket.tickets.queries.worklists import is_late, is_soon
from loket.ui.navigation import Link

Options = list[tuple[str, str]]
COLUMNS = {
    "layanan": "service__code",
    "langkah": "step",
    "jalur": "route",
    "jenis": "applicant_kind",
    "kanal": "channel",
    "pemegang": "assignee",
}


@dataclass(frozen=True)
class Choices:
    """What the filters of an office offer, by the name of each field."""

    options: dict[str, Options]
    saved: list[dict[str, Any]]


def with_choices(offices: QuerySet[Office], user: User) -> QuerySet[Office]:
    """Read along what the filters of this office need, in the office's own statement."""
    saved = SavedFilter.objects.filter(office=OuterRef("pk"), user=user)
    held = Ticket.objects.open().filter(office=OuterRef("pk"), assignee__isnull=False)
    standards = Standard.objects.filter(office=OuterRef("pk")).order_by("pk")
    row = JSONObject(pk="pk", name="name", worklist="worklist", query="query")
    holder = JSONObject(pk="assignee_id", name="assignee__name")
    return offices.annotate(
        saved_filters=ArraySubquery(saved.values(json=row)),
        holders=ArraySubquery(held.values(json=holder).distinct()),
        published=ArraySubquery(standards.values("pk")),
    )


def choices_of(office: Office) -> Choices:
    """What was read along by `with_choices`, as options in the language of the page; no statement."""
    read: Any = office
    specs = [spec_of(pk) for pk in read.published]
    holders = [(str(each["pk"]), each["name"]) for each in read.holders]
    options = _of_standards(specs) | {
        "kanal": [(code, str(label)) for code, label in Channel.choices],
        "pemegang": sorted(holders, key=lambda each: each[1]),
        "tenggat": [
            ("lewat", _("Lewat tenggat")),
            ("segera", _("Segera")),
            ("hari-ini", _("Hari ini")),
        ],
    }
    return Choices(options, read.saved_filters)


def _of_standards(specs: list[StandardSpec]) -> dict[str, Options]:
    """Codes with their newest words; versions that share a code share its line."""
    found: dict[str, dict[str, str]] = {
        name: {} for name in ("layanan", "langkah", "jalur", "jenis")
    }
    for spec in specs:
        found["layanan"][spec.service] = words(spec.title)
        found["jalur"] |= {c: words(each.title) for c, each in spec.routes.items()}
        found["jenis"] |= {c: words(each.title) for c, each in spec.applicants.items()}
        found["langkah"] |= {each.code: words(each.text) for each in spec.procedure}
    return {name: list(lines.items()) for name, lines in found.items()}


def narrowed(
    tickets: TicketQuerySet, said: dict[str, str], office: Office
) -> TicketQuerySet:
    """The tickets of a list that fit what was chosen; what was not chosen leaves it alone."""
    for name, column in COLUMNS.items():
        if said.get(name):
            tickets = tickets.filter(**{column: said[name]})
    if text := said.get("teks", ""):
        hit = Q(number__icontains=text) | Q(applicant_name__icontains=text)
        tickets = tickets.filter(hit)
    return tickets.filter(_due(said.get("tenggat", ""), office, clock.now()))


def _due(wanted: str, office: Office, now: datetime) -> Q:
    today = office.local(now).date()
    midnight = datetime.combine(today + timedelta(days=1), time(), office.zone)
    found = {
        "lewat": is_late(now),
        "segera": is_soon(now),
        "hari-ini": Q(due_at__lt=midnight),
    }
    return found.get(wanted, Q())


def saved_links(
    office: Office, saved: list[dict[str, Any]], code: str, asked: dict[str, str]
) -> list[Link]:
    """The officer's own views of this office's lists; `asked` is what the address says of list `code`."""
    links = []
    for each in saved:
        address = reverse("tickets:worklist", args=[office.slug, each["worklist"]])
        href = f"{address}?{each['query']}" if each["query"] else address
        is_here = each["worklist"] == code and dict(parse_qsl(each["query"])) == asked
        links.append(Link(each["name"], href, current=is_here, icon="list"))
    return links
