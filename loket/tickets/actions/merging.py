"""Two tickets of one person become one: everything goes on in the kept ticket, once (G15)."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.tickets import workflow
from loket.tickets.actions.events import record
from loket.tickets.actions.moves import WrongStatus, move
from loket.tickets.models import (
    Check,
    CheckOverride,
    Document,
    Event,
    Message,
    Party,
    Proof,
    Ticket,
)
from loket.tickets.permissions import is_delivered, takes_tickets
from loket.tickets.queries import asked_documents
from loket.tickets.queries.merging import same_person

Mover = Callable[[Ticket, Ticket], None]
_movers: list[Mover] = []


def when_merged(mover: Mover) -> Mover:
    """Let a room above move what it keeps of `other` to `kept`, in the same transaction; it may refuse."""
    _movers.append(mover)
    return mover


@transaction.atomic
def merge(kept: Ticket, other: Ticket, *, by: User, note: str) -> None:
    """End `other` and go on in `kept`, with all that was written, given, checked and shown on both.

    Both must be open, of one office, service and person, and nothing delivered. Raises 409 when
    somebody was faster. The clocks of `kept` stay as they are: its promise was given first.
    """
    _lock_both(kept, other)
    _check_pair(kept, other, by=by)
    said = move(other, workflow.MERGE, by=by, note=note).data.get("message")
    Message.objects.filter(pk=said).update(is_internal=True)  # why it is one person
    other.merged_into = kept
    other.save(update_fields=["merged_into"])
    Ticket.objects.filter(merged_into=other).update(merged_into=kept)
    _move_documents(kept, other)
    # An override goes with the answer the head saw; beside a newer one it opens nothing
    for model in (Message, Check, CheckOverride, Proof):
        model.objects.filter(ticket=other).update(ticket=kept)
    _share_parties(kept, other)
    for mover in _movers:
        mover(kept, other)
    record(kept, "merged", by=by, other=other.number)


def _lock_both(kept: Ticket, other: Ticket) -> None:
    """In one order, so that two officers who merge crosswise wait for each other, not for ever."""
    for ticket in sorted((kept, other), key=lambda each: each.pk):
        ticket.lock()


def _check_pair(kept: Ticket, other: Ticket, *, by: User) -> None:
    if not takes_tickets(by, kept) or not takes_tickets(by, other):
        raise PermissionDenied
    if is_delivered(kept) or is_delivered(other):
        raise WrongStatus(_("Hasil salah satu tiket sudah diserahkan, jadi keduanya tidak digabung lagi."))  # fmt: skip
    if other.merged_into_id is not None:
        raise WrongStatus(_merged_by(other))
    if not kept.is_open or not other.is_open:
        raise WrongStatus(_("Hanya tiket yang masih terbuka dapat digabung."))
    ends = {(each.office_id, each.service_id) for each in (kept, other)}
    if kept.pk == other.pk or len(ends) > 1:
        raise ValidationError(_("Pilih tiket lain dari kantor dan layanan yang sama."))
    if not same_person(kept, other):
        raise ValidationError(
            _(
                "Kedua tiket tidak menyebut orang atau nomor telepon yang sama, jadi tidak digabung: "
                "pemohon yang satu akan melihat berkas pemohon yang lain."
            )
        )


def _merged_by(ticket: Ticket) -> str:
    """Who was faster, in words: it happened on another page than the reader's."""
    event = Event.objects.filter(ticket=ticket, name=workflow.MERGE.name).latest("id")
    return _("Tiket %(number)s sudah digabung ke tiket %(kept)s oleh %(name)s.") % {
        "number": ticket.number,
        "kept": ticket.merged_into,
        "name": event.by.name if event.by else "",
    }


def _move_documents(kept: Ticket, other: Ticket) -> None:
    """As further versions; what was accepted on either ticket stays the version that counts."""
    accepted = [
        each.document
        for ticket in (other, kept)
        for each in asked_documents(ticket)
        if each.is_accepted and each.document
    ]
    for document in Document.objects.filter(ticket=other).order_by("version", "id"):
        document.version = _newest(kept, document.requirement) + 1
        document.ticket = kept
        document.save(update_fields=["ticket", "version"])
    for document in accepted:
        _make_newest(kept, document)


def _make_newest(kept: Ticket, document: Document) -> None:
    newest = _newest(kept, document.requirement)
    others = Document.objects.filter(pk=document.pk).exclude(version=newest)
    others.update(version=newest + 1)


def _newest(ticket: Ticket, requirement: str) -> int:
    versions = Document.objects.filter(ticket=ticket, requirement=requirement)
    return versions.aggregate(n=Max("version"))["n"] or 0


def _share_parties(kept: Ticket, other: Ticket) -> None:
    """Whoever sees one of them sees both: each number goes on leading somewhere."""
    for source, target in ((kept, other), (other, kept)):
        for party in Party.objects.current().filter(ticket=source):
            Party.objects.get_or_create(
                ticket=target,
                user_id=party.user_id,
                as_what=party.as_what,
                defaults={
                    "office_id": target.office_id,
                    "since": clock.now(),
                    "until": party.until,
                },
            )
