"""The end of documents: destroyed when their time is over, held while there is a reason (docs/adr/0020)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from loket.files.actions import destroy, keep
from loket.files.models import FileFinding, StoredFile
from loket.kernel import clock
from loket.tickets.actions.events import record
from loket.tickets.models import Document, IssuedDocument, Ticket
from loket.tickets.permissions import Actor
from loket.tickets.queries.keeping import ENDED


@transaction.atomic
def destroy_documents(ticket: Ticket, documents: Iterable[int], *, by: Actor) -> int:
    """Destroy the files of these documents of an ended ticket, and say so in its history; how many."""
    ticket.lock()
    if ticket.status not in ENDED:
        return 0  # reopened meanwhile
    given = Document.objects.filter(ticket=ticket, pk__in=documents)
    ended = [each for each in given.select_related("file") if each.file and destroy(each.file)]  # fmt: skip
    if ended:
        codes = sorted({each.requirement for each in ended})
        record(ticket, "documents_destroyed", by=by, requirements=codes, count=len(ended))  # fmt: skip
    return len(ended)


@transaction.atomic
def hold_documents(ticket: Ticket, *, because: str, by: Actor) -> int:
    """Keep a ticket's documents beyond their time, such as for a dispute; an empty reason ends it.

    How many files it concerns. The reason stands at the files, not in the history.
    """
    ticket.lock()
    files = StoredFile.objects.filter(document__ticket=ticket, destroyed_at=None)
    for file in files:
        keep(file, because=because)
    record(ticket, "documents_held" if because else "documents_released", by=by)
    return len(files)


def tell_findings() -> None:
    """Write damage that was found into the history of its ticket; from there the office is told."""
    untold = FileFinding.objects.filter(told_at=None, file__isnull=False)
    for finding in untold.order_by("pk"):
        _tell(finding)


@transaction.atomic
def _tell(finding: FileFinding) -> None:
    mine = FileFinding.objects.filter(pk=finding.pk, told_at=None)
    if not mine.update(told_at=clock.now()):
        return  # another job was faster
    of_file = Q(file=finding.file_id)
    for document in Document.objects.filter(of_file).select_related("ticket__office"):
        record(document.ticket, "file_damaged", by=None, requirement=document.requirement)  # fmt: skip
    for issued in IssuedDocument.objects.filter(of_file).select_related("ticket__office"):  # fmt: skip
        record(issued.ticket, "file_damaged", by=None, kind=issued.kind)
