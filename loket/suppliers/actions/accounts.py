"""The account after submission: activated once, its tax identity held or freed, its numbers shown."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.suppliers.models import Supplier
from loket.suppliers.queries import open_tickets
from loket.tickets.actions.events import record
from loket.tickets.models import Event, Outcome, Ticket
from loket.tickets.permissions import does_current_step

LOST = (Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.UNANSWERED)


@transaction.atomic
def activate(ticket: Ticket, *, by: User, system: str) -> Supplier | None:
    """Record that the account works, where, by whom and when; the first time counts.

    An account that another office activated is used here too ("agregasi"): its activation stays
    as it was. A ticket of the counter has no supplier here: then only the event is written.
    """
    ticket.lock()
    if not does_current_step(by, ticket):
        raise PermissionDenied
    supplier = _locked(ticket)
    if Event.objects.filter(ticket=ticket, name="activate").exists():
        return supplier
    if supplier is not None and supplier.activated_at is not None:
        record(ticket, "activate", by=by, system=system, is_shared=True)
        return supplier
    if supplier is not None:
        hold(supplier)
        supplier.activated_at, supplier.activated_by = clock.now(), by
        supplier.activated_office, supplier.activated_in = ticket.office, system
        supplier.save()
    record(ticket, "activate", by=by, system=system)
    return supplier


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
    supplier = _locked(ticket)
    if supplier is None or not may(by, Permission.IDENTITY_READ, ticket.office_id):
        raise PermissionDenied
    record(ticket, "identity_seen", by=by)
    return supplier
