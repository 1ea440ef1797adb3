"""A change of data: kept before and after, told to the old address, held, stopped from there, or applied (S2, D-b, G9)."""

import json
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.kernel.outbox import promise
from loket.standards.pack import Step
from loket.standards.queries import spec_of
from loket.suppliers.actions.sanctions import hold_identity, refuse_while_sanctioned
from loket.suppliers.models import DataChange, Supplier
from loket.suppliers.queries import supplier_of, tax_identity
from loket.suppliers.queries.changes import (
    before_of,
    change_of,
    is_over,
    newest_said,
    old_addresses,
    stoppable,
    wanted_change,
)
from loket.tickets.actions import check_step, complete_step
from loket.tickets.actions.asking import Performed, perform
from loket.tickets.actions.events import record
from loket.tickets.models import Ticket
from loket.ui.templatetags.dates import wib

ANNOUNCED, STOPPED, APPLIED = "change_announced", "change_stopped", "change_applied"


@transaction.atomic
def announce(ticket: Ticket, *, by: None) -> DataChange | None:
    """Keep what the newest form asks, once per version, and tell the old address of what is held.

    None for other services, or before anybody filled the form in.
    """
    spec = spec_of(ticket.standard_id)
    hold = next((one for one in spec.procedure if one.kind == "hold_change"), None)
    ticket.lock()
    version, said = newest_said(ticket)
    if hold is None or not version:
        return None
    if known := DataChange.objects.filter(ticket=ticket, version=version).first():
        return known
    wanted = wanted_change(spec.fields_for(ticket.applicant_kind), said)
    supplier, now = supplier_of(ticket), clock.now()
    until = now + timedelta(hours=hold.hours or 24) if wanted.is_held else now
    change = DataChange.objects.create(
        office_id=ticket.office_id, ticket=ticket, supplier=supplier, version=version,
        before=json.dumps(before_of(supplier, wanted)), after=json.dumps(wanted.after), is_held=wanted.is_held,
        asked_at=now, recorded_at=now, holds_until=until,
    )  # fmt: skip
    if wanted.is_held:
        change.told_to = _tell(change)
        change.save(update_fields=["told_to"])
        record(ticket, ANNOUNCED, by=by, told=change.told_to)
    return change


def _tell(change: DataChange) -> int:
    told = old_addresses(change)
    for address, language in told.items():
        promise(
            key=f"change_asked:{change.pk}:{address}", to=address, template="suppliers/mail/change_asked",
            context={"change": change.pk}, office_id=change.office_id, language=language,
        )  # fmt: skip
    return len(told)


@transaction.atomic
def let_go(ticket: Ticket, *, by: User | None) -> bool:
    """End the hold's step once its time is over or the change was stopped; whoever comes too early is told until when."""
    ticket.lock()
    step = spec_of(ticket.standard_id).step(ticket.step) if ticket.is_open else None
    if step is None or step.kind != "hold_change":
        return False
    check_step(ticket, step, by=by)
    announce(ticket, by=None)  # where its job was slower
    change = _newest(ticket)
    if not is_over(change) and change.stopped_at is None:
        until = wib(change.holds_until, ticket.office.zone)
        raise ValidationError(_("Perubahan ini ditahan sampai %(until)s.") % {"until": until})  # fmt: skip
    complete_step(ticket, step, by=by)
    return True


def _newest(ticket: Ticket) -> DataChange:
    """The row of the newest form; a job writes it right after the form."""
    change = change_of(ticket)
    if change is None or change.version != newest_said(ticket)[0]:
        raise Conflict(_("Perubahan ini belum dicatat. Coba lagi sebentar."))
    return change


@as_system()
@transaction.atomic
def stop(pk: int, token: str) -> DataChange:
    """Whoever reads the old address says no: nothing is changed, and the office sees it."""
    change = stoppable(pk, token)
    if change is None:
        raise Conflict(_("Perubahan ini sudah dihentikan atau sudah berlaku."))
    change.ticket.lock()
    waiting = DataChange.objects.filter(pk=pk, applied_at=None, stopped_at=None)
    if not waiting.update(stopped_at=clock.now()):
        raise Conflict(_("Perubahan ini sudah dihentikan atau sudah berlaku."))
    record(change.ticket, STOPPED, by=None)
    return change


@transaction.atomic
def apply_change(ticket: Ticket, step: Step, done: Performed, *, by: User) -> DataChange:  # fmt: skip
    """Write the new values where loket holds them, and that the outside system has them.

    Raises `ValidationError` while the change is held, after it was stopped, and for a tax number somebody else has.
    """
    ticket.lock()
    check_step(ticket, step, by=by)
    change = _newest(ticket)
    _refuse(change)
    if change.supplier is not None:
        _write(change.supplier, json.loads(change.after or "{}"))
    change.applied_at, change.applied_by = clock.now(), by
    change.save(update_fields=["applied_at", "applied_by"])
    record(ticket, APPLIED, by=by, version=change.version)
    perform(ticket, step, done, by=by)
    return change


def _refuse(change: DataChange) -> None:
    if change.stopped_at is not None:
        raise ValidationError(
            _("Perubahan ini dihentikan dari alamat yang lama. Hubungi pemiliknya; kembalikan atau tolak permohonan ini.")
        )  # fmt: skip
    if not is_over(change):
        until = wib(change.holds_until, change.office.zone)
        raise ValidationError(_("Perubahan ini ditahan sampai %(until)s.") % {"until": until})  # fmt: skip


def _write(supplier: Supplier, after: dict[str, str]) -> None:
    refuse_while_sanctioned(supplier)
    if number := after.get("tax_id"):
        identity = tax_identity(number, country=supplier.country)
        hold_identity(identity.digest)
        supplier.tax_id, supplier.tax_id_digest = identity.number, identity.digest
        supplier.needs_check = identity.needs_check
    for column in after.keys() & {"name", "address", "phone", "pkp_number"}:
        setattr(supplier, column, after[column])
    try:
        with transaction.atomic():
            supplier.save()
    except IntegrityError as error:
        raise ValidationError(_("Nomor pajak yang baru terdaftar pada akun lain.")) from error  # fmt: skip
