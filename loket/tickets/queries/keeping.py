"""How long documents are kept, which are past it, and who looked at them (UU 27/2022)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from loket.files.models import FileView, StoredFile
from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.tickets.models import Document, Status, Ticket

# Finished is not yet ended: until it is closed the applicant may ask the head to reopen it
ENDED = (Status.CLOSED, Status.REJECTED, Status.WITHDRAWN)
Keeper = Callable[[], QuerySet[StoredFile]]
_keepers: list[Keeper] = []


def keeps(files: Keeper) -> Keeper:
    """A room above ends these files by a rule of its own; a ticket's end leaves them alone."""
    _keepers.append(files)
    return files


@dataclass(frozen=True)
class Looked:
    """One line of who looked: in which role, how often, when last."""

    who: str
    times: int
    last: datetime


def past_keeping() -> Iterator[tuple[int, list[int]]]:
    """Ticket ids with their documents whose `keep_days` since the ticket's end are over."""
    stored = Document.objects.filter(
        file__destroyed_at=None, file__hold="", file__isnull=False
    )
    for files in _keepers:
        stored = stored.exclude(file__in=files())
    for standard in Standard.objects.values_list("pk", flat=True):
        if not (over := _over(standard)):
            continue
        found = stored.filter(over, ticket__standard=standard, ticket__status__in=ENDED)
        by_ticket: defaultdict[int, list[int]] = defaultdict(list)
        for ticket, document in found.values_list("ticket_id", "pk").order_by("pk"):
            by_ticket[ticket].append(document)
        yield from by_ticket.items()


def _over(standard: int) -> Q | None:
    """Documents of this version that have been kept long enough; none when nothing is limited."""
    limits: defaultdict[int, list[str]] = defaultdict(list)
    for code, asked in spec_of(standard).requirements.items():
        if asked.keep_days is not None:
            limits[asked.keep_days].append(code)
    over = Q()
    for days, codes in limits.items():
        before = clock.now() - timedelta(days=days)
        over |= Q(requirement__in=codes, ticket__ended_at__lt=before)
    return over or None


def looks_at(ticket: Ticket) -> dict[str, list[Looked]]:
    """Who looked at each required document, all its versions together, the latest first. One statement.

    Officers are told by role and office, not by name: the office answers for them.
    """
    rows = (
        FileView.objects.filter(file__document__ticket=ticket)
        .values_list("file__document__requirement", "as_what", "roles")
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by("-last")
    )
    found: defaultdict[str, list[Looked]] = defaultdict(list)
    for requirement, as_what, roles, times, last in rows:
        who = _("Pihak pemohon") if as_what == "party" else words_of(roles)
        found[requirement].append(Looked(who, times, last))
    return found


def words_of(codes: str) -> str:
    """The roles of a viewer, for whoever is told who looked."""
    labels = [str(Role(code).label) for code in codes.split() if code in Role.values]
    return ", ".join(labels) or _("Petugas")
