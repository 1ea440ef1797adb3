"""Sealing what would not open, handing it on with a record of each time, and what trying it showed (D-j)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.files.actions import clean, destroy, look, store_sealed
from loket.files.models import StoredFile
from loket.kernel import clock
from loket.standards.pack import Step
from loket.standards.queries import settings_of
from loket.tenders.models import Exhibit, Trial
from loket.tickets.actions import check_step, complete_step
from loket.tickets.actions.events import record
from loket.tickets.models import Ticket
from loket.tickets.permissions import is_party, takes_tickets

SEALED, HANDED_OUT, ENDED = "exhibit_sealed", "exhibit_handed_out", "exhibit_destroyed"


@dataclass(frozen=True)
class Handed:
    """What was handed over: its bytes, or the name, size and hash of what stays at `kept_at`."""

    handed_by: str
    name: str
    data: bytes | None = None
    kept_at: str = ""
    size: int = 0
    sha256: str = ""
    at: datetime | None = None


@transaction.atomic
def take_exhibit(ticket: Ticket, step: Step, handed: Handed, *, by: User, is_last: bool = True) -> Exhibit:  # fmt: skip
    """Seal one file; with `is_last` the step is done. The hash in the history is of what was stored.

    Raises 403, `WrongStatus`, and `ValidationError` for an empty or too large file, or one that is there already.
    """
    ticket.lock()
    check_step(ticket, step, by=by)
    now = clock.now()
    at = handed.at or now
    if at > now:
        raise ValidationError({"at": _("Waktu ini belum tiba.")})
    exhibit = Exhibit(
        office_id=ticket.office_id, ticket=ticket, kept_at=handed.kept_at, name=clean(handed.name), size=handed.size,
        sha256=handed.sha256, handed_by=handed.handed_by, handed_at=at, recorded_at=now, taken_by=by,
    )  # fmt: skip
    if handed.data is not None:
        exhibit.size, exhibit.sha256 = len(handed.data), sha256(handed.data).hexdigest()  # fmt: skip
        exhibit.stated_sha256, exhibit.kept_at = handed.sha256, ""
    if Exhibit.objects.filter(ticket=ticket, sha256=exhibit.sha256).exists():
        raise ValidationError({"file": _("Berkas yang sama sudah disegel pada tiket ini.")})  # fmt: skip
    if handed.data is not None:
        exhibit.file = _sealed(ticket, handed.name, handed.data, by=by)
    exhibit.save(force_insert=True)
    record(ticket, SEALED, by=by, exhibit=exhibit.pk, sha256=exhibit.sha256, size=exhibit.size)  # fmt: skip
    if is_last:
        complete_step(ticket, step, by=by, at=handed.at)
    return exhibit


def _sealed(ticket: Ticket, name: str, data: bytes, *, by: User) -> StoredFile:
    most = settings_of(ticket.office).uploads.sealed_at_most_mb
    try:
        return store_sealed(ticket.office, data=data, name=name, at_most_mb=most, by=by)  # fmt: skip
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


@transaction.atomic
def hand_out(exhibit: Exhibit, *, by: User) -> bytes:
    """The sealed bytes for whoever works on the request, never for an applicant; each time is on record first."""
    ticket = exhibit.ticket
    ticket.lock()
    if is_party(by, ticket) or not takes_tickets(by, ticket) or exhibit.file is None:
        raise PermissionDenied
    record(ticket, HANDED_OUT, by=by, exhibit=exhibit.pk)
    return look(exhibit.file, by=by, as_what="officer")


@dataclass(frozen=True)
class Seen:
    """What trying the exhibits showed."""

    opened: str
    application: str
    finding: str
    at: datetime | None = None


@transaction.atomic
def record_trial(ticket: Ticket, step: Step, seen: Seen, *, by: User) -> Trial:
    """Write down what the trial showed, and end the step. Raises 422 while nothing was sealed."""
    ticket.lock()
    check_step(ticket, step, by=by)
    if not Exhibit.objects.filter(ticket=ticket).exists():
        raise ValidationError(_("Belum ada berkas yang disegel."))
    now = clock.now()
    trial = Trial.objects.create(
        office_id=ticket.office_id, ticket=ticket, opened=seen.opened, application=seen.application,
        finding=seen.finding, at=seen.at or now, recorded_at=now, by=by,
    )  # fmt: skip
    complete_step(ticket, step, by=by, at=seen.at, result=seen.opened)
    return trial


@transaction.atomic
def destroy_exhibit(exhibit: Exhibit, *, kept: timedelta, by: None) -> bool:
    """Destroy the bytes of an exhibit kept long enough after its ticket ended; the row stays as proof."""
    ticket = exhibit.ticket
    ticket.lock()
    over = (
        not ticket.is_open and ticket.ended_at and ticket.ended_at < clock.now() - kept
    )
    if not over or exhibit.file is None or not destroy(exhibit.file):
        return False
    record(ticket, ENDED, by=by, exhibit=exhibit.pk)
    return True
