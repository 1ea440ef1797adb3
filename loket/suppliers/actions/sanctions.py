"""An account stands still while the blacklist names its supplier; a head says so, and takes it back (G12, X8)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import ExclusionViolation

from loket.accounts.models import User
from loket.kernel import clock, locks
from loket.kernel.errors import Conflict
from loket.suppliers.models import Sanction, Supplier
from loket.suppliers.permissions import suspends
from loket.suppliers.queries import registration_of
from loket.suppliers.queries.sanctions import barring_sanction, tickets_told
from loket.tickets.actions import prove
from loket.tickets.actions.events import record
from loket.tickets.models import Proof, Ticket
from loket.tickets.queries.keeping import ENDED


@dataclass(frozen=True)
class Entry:
    """One entry of the Daftar Hitam, and where it was read."""

    number: str
    listed_on: date
    until: date
    source: str
    reason: str
    file: tuple[bytes, str] | None = None


@transaction.atomic
def deactivate(ticket: Ticket, entry: Entry, *, by: User) -> Sanction:
    """Let the account of the ticket's supplier stand still until the entry ends.

    Its people still sign in, read why and may object. Raises 403, `Conflict` when one runs
    already, `ValidationError` for days that cannot be, or without evidence where it can be kept.
    """
    ticket.lock()
    supplier = _supplier_of(ticket)
    if not suspends(by, ticket):
        raise PermissionDenied
    today = ticket.office.local(clock.now()).date()
    if entry.listed_on > today:
        raise ValidationError({"listed_on": _("Tanggal ini belum tiba.")})
    if entry.until < today:
        raise ValidationError({"until": _("Masa sanksi ini sudah lewat.")})
    proof = _evidence(ticket, entry, by=by)
    made = Sanction(
        office=ticket.office,
        supplier=supplier,
        number=entry.number,
        listed_on=entry.listed_on,
        source=entry.source,
        reason=entry.reason,
        since=today,
        until=entry.until,
        proof=proof,
        at=clock.now(),
        by=by,
    )
    _save_alone(made)
    _tell(made, "deactivated", by=by)
    return made


@transaction.atomic
def lift(sanction: Sanction, *, by: User, reason: str) -> None:
    """End a sanction before its day, with a reason; a head of the office that imposed it."""
    held = Sanction.objects.select_for_update(of=("self",)).select_related("office")
    sanction = held.get(pk=sanction.pk)
    tickets = tickets_told(sanction.supplier, sanction.office)
    if not all(suspends(by, each) for each in tickets) or not tickets:
        raise PermissionDenied
    if sanction.lifted_at is not None:
        raise Conflict(_("Penonaktifan ini sudah dicabut petugas lain."))
    if not reason.strip():
        raise ValidationError({"note": _("Tulis alasannya.")})
    sanction.lifted_at, sanction.lifted_by = clock.now(), by
    sanction.lift_reason = reason
    sanction.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    _tell(sanction, "reactivated", by=by)


def hold_identity(tax_id_digest: str) -> None:
    """Barred, registered and activated one after the other, in whichever row of a supplier the number stands."""
    locks.hold("tax identity", tax_id_digest)


def refuse_while_sanctioned(supplier: Supplier) -> None:
    """Nothing new begins for a supplier that stands still; raises `ValidationError` that tells until when."""
    hold_identity(supplier.tax_id_digest)
    found = barring_sanction(supplier.tax_id_digest)
    if found is not None:
        raise ValidationError(
            _(
                "Akun usaha ini dinonaktifkan sampai %(until)s karena tercantum dalam Daftar Hitam "
                "(%(number)s). Hubungi %(office)s bila ini keliru."
            ),
            params={
                "until": found.until.strftime("%d-%m-%Y"),
                "number": found.number,
                "office": found.office.name,
            },
        )


def _supplier_of(ticket: Ticket) -> Supplier:
    found = registration_of(ticket)
    if found is None or found.supplier is None:
        raise ValidationError(_("Tiket ini belum bertaut dengan akun penyedia."))
    # Held, so that nobody activates it at the same moment
    held = Supplier.objects.select_for_update(of=("self",)).get(pk=found.supplier.pk)
    hold_identity(held.tax_id_digest)
    return held


def _evidence(ticket: Ticket, entry: Entry, *, by: User) -> Proof | None:
    """A ticket that ended keeps no more evidence; then number and source stand alone."""
    if ticket.status in ENDED:
        return None
    if entry.file is None:
        raise ValidationError({"file": _("Lampirkan tangkapan halaman Daftar Hitam.")})
    data, name = entry.file
    try:
        return prove(ticket, "daftar-hitam", data=data, name=name, by=by)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


def _save_alone(sanction: Sanction) -> None:
    """The table refuses a second one for the same days."""
    try:
        with transaction.atomic():
            sanction.save(force_insert=True)
    except IntegrityError as error:
        if not isinstance(error.__cause__, ExclusionViolation):
            raise
        raise Conflict(_("Akun penyedia ini sudah dinonaktifkan.")) from error


def _tell(sanction: Sanction, name: str, *, by: User) -> None:
    """On every ticket of the supplier at this office; other offices see it on their pages."""
    for ticket in tickets_told(sanction.supplier, sanction.office):
        record(ticket, name, by=by, sanction=sanction.pk)
