"""Evidence beside a ticket, and which of it has been kept long enough."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from loket.kernel import clock
from loket.offices.models import Office
from loket.standards.queries import settings_of
from loket.tickets.models import Proof, Ticket
from loket.tickets.queries.keeping import ENDED
from loket.tickets.queries.reading import has_happened

GIVEN = "proof_given"
Needed = Callable[[datetime], QuerySet[Proof]]
_needed: list[Needed] = []


def needs(proofs: Needed) -> Needed:
    """A room above still rests on this evidence, or did until after the given moment."""
    _needed.append(proofs)
    return proofs


def proofs_of(ticket: Ticket) -> dict[str, list[Proof]]:
    """What is kept for this ticket by purpose, the oldest first; no statement when there never was any."""
    found: defaultdict[str, list[Proof]] = defaultdict(list)
    if has_happened(ticket, GIVEN):
        for each in Proof.objects.filter(ticket=ticket).select_related("file", "by"):
            found[each.purpose].append(each)
    return dict(found)


def proofs_on(tickets: QuerySet[Ticket]) -> QuerySet[Proof]:
    """Evidence on these tickets, ready to be shown."""
    found = Proof.objects.filter(ticket__in=tickets)
    return found.select_related("file__office", "file__key__office", "ticket")


def proofs_past_keeping() -> Iterator[tuple[int, list[int]]]:
    """Ticket ids with their evidence older than the office keeps it after the end (UU 27/2022 art. 43)."""
    kept = Proof.objects.filter(file__destroyed_at=None, file__hold="")
    ended = kept.filter(ticket__status__in=ENDED)
    for office in Office.objects.all():
        days = settings_of(office).evidence_keep_days
        before = clock.now() - timedelta(days=days)
        over = ended.filter(office=office, ticket__ended_at__lt=before)
        for needed in _needed:
            over = over.exclude(pk__in=needed(before).values("pk"))
        by_ticket: defaultdict[int, list[int]] = defaultdict(list)
        for ticket, proof in over.values_list("ticket_id", "pk").order_by("pk"):
            by_ticket[ticket].append(proof)
        yield from by_ticket.items()
