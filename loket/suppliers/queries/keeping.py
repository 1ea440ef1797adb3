"""How long the papers of a power of attorney are kept, and the evidence a sanction rests on: from their end."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from loket.files.models import StoredFile
from loket.kernel import clock
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.suppliers.models import PowerOfAttorney, PowerPaper, Sanction
from loket.suppliers.queries.proxies import days_of
from loket.tickets.models import Proof, Ticket
from loket.tickets.queries.keeping import ENDED, keeps
from loket.tickets.queries.proofs import needs


@keeps
def files_of_powers() -> QuerySet[StoredFile]:
    """Files that may serve another ticket when one of theirs has ended."""
    return StoredFile.objects.filter(powerpaper__isnull=False)


@needs
def proofs_of_sanctions(since: datetime) -> QuerySet[Proof]:
    """What shows why an account stands still, until it was lifted or its last day passed: an objection may come."""
    is_over = Q(lifted_at__lt=since) | Q(until__lt=since.date())
    resting = Sanction.objects.exclude(is_over).filter(proof__isnull=False)
    return Proof.objects.filter(pk__in=resting.values("proof"))


def papers_past_keeping() -> Iterator[PowerPaper]:
    """Papers whose `keep_days` are over since the power and every ticket they lie beside ended."""
    stored = PowerPaper.objects.filter(file__destroyed_at=None, file__hold="")
    named = stored.select_related(
        "file", "power__office", "power__supplier", "power__ticket"
    )
    for paper in named.order_by("pk"):
        days, ended = _keep_days(paper), _ended_at(paper)
        if days is None or ended is None:
            continue
        if ended + timedelta(days=days) < clock.now():
            yield paper


def tickets_beside(paper: PowerPaper) -> QuerySet[Ticket]:
    """The tickets among whose documents this paper is."""
    found = Ticket.objects.filter(documents__file=paper.file_id)
    return found.select_related("office").distinct()


def _ended_at(paper: PowerPaper) -> datetime | None:
    """None while the power holds or a ticket beside which it lies is still open or may be reopened."""
    beside = tickets_beside(paper)
    if beside.exclude(status__in=ENDED).exists():
        return None
    ended = [each.ended_at for each in beside if each.ended_at is not None]
    over = power_ended_at(paper.power)
    return max(over, *ended) if ended else over


def power_ended_at(power: PowerOfAttorney) -> datetime:
    """When it was revoked or refused, else after its last day, which may be to come."""
    if power.revoked_at is not None:
        return power.revoked_at
    if power.is_accepted is False and power.decided_at is not None:
        return power.decided_at
    after = days_of(power)[1]
    ticket = power.ticket
    if ticket is not None and ticket.status in ENDED and ticket.ended_at is not None:
        return min(after, ticket.ended_at)
    return after


def _keep_days(paper: PowerPaper) -> int | None:
    """The shortest time that a standard beside which it lies, or its service, gives this paper."""
    power = paper.power
    asked = Q(ticket__in=tickets_beside(paper)) | Q(service=power.service_id)
    found = Standard.objects.filter(asked).values_list("pk", flat=True).distinct()
    specs = (spec_of(standard).requirements for standard in found)
    days = [one[paper.requirement].keep_days for one in specs if paper.requirement in one]  # fmt: skip
    return min((each for each in days if each is not None), default=None)
