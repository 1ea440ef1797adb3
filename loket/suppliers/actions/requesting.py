"""A supplier asks for another service than registration: its ticket, and who sees it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from loket.accounts.models import User
from loket.kernel.fence import as_system
from loket.suppliers.actions.rights import share
from loket.suppliers.models import Supplier, SupplierRequest
from loket.suppliers.queries import owns
from loket.tickets.models import Ticket


@transaction.atomic
def ask_as(ticket: Ticket, supplier: Supplier, *, by: User) -> SupplierRequest:
    """The ticket is this supplier's: whoever decides for it says so, and its people see the ticket."""
    if not owns(by, supplier):
        raise PermissionDenied
    return _belongs(ticket, supplier)


@as_system()
def _belongs(ticket: Ticket, supplier: Supplier) -> SupplierRequest:
    made, _is_new = SupplierRequest.objects.get_or_create(
        ticket=ticket, defaults={"office_id": ticket.office_id, "supplier": supplier}
    )
    share(ticket, supplier)
    return made
