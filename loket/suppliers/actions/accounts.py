"""The account after submission: activated once, its tax identity held or freed, its numbers shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.permissions import has_role, may
from loket.offices.roles import Permission
from loket.standards.queries import spec_of
from loket.suppliers.actions.sanctions import refuse_while_sanctioned
from loket.suppliers.models import Supplier
from loket.suppliers.queries import open_tickets, supplier_of
from loket.tickets.actions.events import record
from loket.tickets.models import Event, Outcome, Ticket
from loket.tickets.permissions import does_current_step, is_party

LOST = (Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.UNANSWERED)


@dataclass(frozen=True)
class Activation:
    """Where the account works, when it was activated there if that differs from now, and its number there."""

    system: str
    at: datetime | None = None
    reference: str = ""


@transaction.atomic
def activate(ticket: Ticket, done: Activation, *, by: User) -> Supplier:
    """Record that the account works, where, by whom and when; the first time counts.

    An account that another office activated is used here too ("agregasi"): its activation stays
    as it was. Raises `ValidationError` for a time to come, for a ticket without a registration,
    and for a supplier that the blacklist names.
    """
    ticket.lock()
    if not does_current_step(by, ticket):
        raise PermissionDenied
    moment = done.at or clock.now()
    if moment > clock.now():
        raise ValidationError({"at": _("Waktu ini belum tiba.")})
    supplier = _supplier(ticket)
    refuse_while_sanctioned(supplier)
    if Event.objects.filter(ticket=ticket, name="activate").exists():
        return supplier
    said: dict[str, Any] = {"system": done.system, "role": _role(ticket, by)}
    said |= {"reference": done.reference} if done.reference else {}
    if supplier.activated_at is not None:
        record(ticket, "activate", by=by, at=done.at, is_shared=True, **said)
        return supplier
    hold(supplier)
    supplier.activated_at, supplier.activated_by = moment, by
    supplier.activated_office, supplier.activated_in = ticket.office, done.system
    supplier.save()
    record(ticket, "activate", by=by, at=done.at, **said)
    return supplier


def _supplier(ticket: Ticket) -> Supplier:
    """Whose account it is; a ticket of the counter has none until somebody registers."""
    found = _locked(ticket)
    if found is None:
        raise ValidationError(
            _(
                "Tiket ini belum bertaut dengan pendaftaran penyedia, jadi belum ada akun yang dapat "
                "diaktifkan. Tautkan dengan pendaftarannya, atau minta pemohon mendaftar lebih dahulu."
            )
        )
    return found


def _role(ticket: Ticket, by: User) -> str:
    """As what the officer did it, as the standard names him at this step."""
    roles = spec_of(ticket.standard_id).step(ticket.step).roles
    return next(each for each in roles if has_role(by, (each,), ticket.office_id))


def _locked(ticket: Ticket) -> Supplier | None:
    found = Supplier.objects.select_for_update(of=("self",))
    return found.filter(registrations__ticket=ticket).first()


@transaction.atomic
def settle_claim(ticket: Ticket) -> None:
    """Free the tax identity of a request that came to nothing, hold it again when it goes on.

    It reads how the ticket stands now, so events that arrive late or twice do no harm.
    """
    ticket.lock()
    supplier = _locked(ticket)
    if supplier is None or supplier.activated_at is not None:
        return
    if not ticket.is_open and ticket.outcome in LOST:
        if not _is_wanted_elsewhere(supplier):
            free(supplier)
    elif ticket.is_open and supplier.freed_at is not None:
        _hold_if_still_free(supplier)


def _is_wanted_elsewhere(supplier: Supplier) -> bool:
    """Whether a request at another office still rests on this tax identity."""
    return open_tickets(supplier).exists()


def free(supplier: Supplier) -> None:
    """Let others register this tax identity."""
    if supplier.freed_at is None:
        supplier.freed_at = clock.now()
        supplier.save(update_fields=["freed_at"])


def _hold_if_still_free(supplier: Supplier) -> None:
    """Otherwise it stays freed, and activation will say so."""
    try:
        hold(supplier)
    except Conflict:
        supplier.refresh_from_db()


def hold(supplier: Supplier) -> None:
    """Claim the supplier's tax identity again; raises Conflict when somebody else holds it by now."""
    supplier.freed_at = None
    try:
        with transaction.atomic():
            supplier.save(update_fields=["freed_at"])
    except IntegrityError as error:
        message = _(
            "Sementara itu nomor pajak ini terdaftar pada akun lain. Hubungi kantor ini."
        )
        raise Conflict(message) from error


@transaction.atomic
def reveal(ticket: Ticket, *, by: User) -> Supplier:
    """Show the identity numbers of the ticket's supplier to an officer, on record first (G11)."""
    supplier = supplier_of(ticket)
    may_read = may(by, Permission.IDENTITY_READ, ticket.office_id)
    if supplier is None or not may_read or is_party(by, ticket):
        raise PermissionDenied
    record(ticket, "identity_seen", by=by)
    return supplier
