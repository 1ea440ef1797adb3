"""Papers of a power of attorney come to their end (UU 27/2022 art. 43, 44)."""

from django.db import transaction

from loket.files.actions import destroy
from loket.suppliers.models import PowerOfAttorney, PowerPaper
from loket.suppliers.queries.keeping import papers_past_keeping, tickets_beside
from loket.tickets.actions.events import record


def destroy_old_papers() -> None:
    """Destroy what has been kept long enough, each paper alone; a file somebody holds stays."""
    for paper in papers_past_keeping():
        _destroy(paper)


@transaction.atomic
def _destroy(paper: PowerPaper) -> None:
    """The tickets beside which it lay say so in their history."""
    PowerOfAttorney.objects.select_for_update(of=("self",)).get(pk=paper.power_id)
    if not destroy(paper.file):
        return
    for ticket in tickets_beside(paper):
        asked = [paper.requirement]
        record(ticket, "documents_destroyed", by=None, requirements=asked, count=1)
