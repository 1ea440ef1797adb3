"""Evidence: given once, kept without metadata, destroyed when its time is over."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.files.actions import Limits, destroy, store_evidence
from loket.kernel import clock
from loket.standards.queries import settings_of
from loket.tickets.actions.events import record
from loket.tickets.actions.moves import WrongStatus
from loket.tickets.models import Proof, Ticket
from loket.tickets.permissions import Actor, is_party, takes_tickets
from loket.tickets.queries.keeping import ENDED
from loket.tickets.queries.proofs import GIVEN

# Pictures too, where documents must be PDF: evidence is mostly a screenshot
EVIDENCE = ("pdf", "jpg", "png")


@transaction.atomic
def prove(
    ticket: Ticket, purpose: str, *, data: bytes, name: str, by: User, by_party: bool = False
) -> Proof:  # fmt: skip
    """Keep a file as evidence of `purpose`; the history gets its hash, and never the file itself (G7).

    Officers of the office may, never for their own request; a party only where the caller says `by_party`.
    Raises 403, `WrongStatus` once the ticket is closed, `ValidationError` for what is no picture or PDF.
    """
    ticket.lock()
    may = by_party if is_party(by, ticket) else takes_tickets(by, ticket)
    if not may:
        raise PermissionDenied
    if ticket.status in ENDED:
        raise WrongStatus(_("Tiket ini sudah berakhir."))
    most = settings_of(ticket.office).uploads.at_most_mb
    limits = Limits(types=EVIDENCE, at_most_mb=most)
    now = clock.now()
    proof = Proof.objects.create(
        office=ticket.office,
        ticket=ticket,
        purpose=purpose,
        file=store_evidence(ticket.office, data=data, name=name, limits=limits, by=by),
        by=by,
        at=now,
        recorded_at=now,
    )
    record(ticket, GIVEN, by=by, purpose=purpose, sha256=proof.file.sha256)
    return proof


@transaction.atomic
def destroy_proofs(ticket: Ticket, proofs: Iterable[int], *, by: Actor) -> int:
    """Destroy this evidence of an ended ticket; its hash stays in the history. How many files."""
    ticket.lock()
    if ticket.status not in ENDED:
        return 0  # reopened meanwhile
    given = Proof.objects.filter(ticket=ticket, pk__in=proofs).select_related("file")
    count = sum(destroy(each.file) for each in given)
    if count:
        record(ticket, "proofs_destroyed", by=by, count=count)
    return count
