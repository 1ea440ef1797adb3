"""Which of a supplier's people see which of its tickets: the rows of `tickets.Party`, kept up to date."""

from datetime import datetime

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.suppliers.models import Representative, Supplier, SupplierRole
from loket.suppliers.queries.people import open_tickets, tickets_of
from loket.tickets.models import Party, Ticket

AS_WHAT: dict[str, str] = {SupplierRole.OWNER: "applicant", SupplierRole.STAFF: "staff"}
PROXY = "proxy"


def share(ticket: Ticket, supplier: Supplier) -> None:
    """Let every person of the supplier see a new ticket."""
    for person in supplier.people.current().select_related("user"):
        let_see(ticket, person.user, as_what=AS_WHAT[person.role])


def let_in(person: Representative) -> None:
    """Show a new person the supplier's open tickets."""
    for ticket in open_tickets(person.supplier):
        let_see(ticket, person.user, as_what=AS_WHAT[person.role])


@as_system()
def shut_out(person: Representative) -> None:
    """Hide all of the supplier's tickets from a person at once; what he sees as a proxy is its own right."""
    held = Party.objects.filter(
        ticket__in=tickets_of(person.supplier), user=person.user
    )
    ours = held.filter(as_what__in=AS_WHAT.values(), revoked_at=None)
    ours.update(revoked_at=clock.now())


@as_system()
def shut_out_proxy(ticket: Ticket, user: User) -> None:
    """End what a proxy saw of one ticket."""
    held = Party.objects.filter(ticket=ticket, user=user, as_what=PROXY)
    held.filter(revoked_at=None).update(revoked_at=clock.now())


@as_system()
def let_see(
    ticket: Ticket, user: User, *, as_what: str,
    since: datetime | None = None, until: datetime | None = None,
) -> None:  # fmt: skip
    """Make somebody a party of a ticket, again if he was one before."""
    Party.objects.update_or_create(
        ticket=ticket,
        user=user,
        as_what=as_what,
        defaults={
            "office_id": ticket.office_id,
            "since": since or clock.now(),
            "until": until,
            "revoked_at": None,
        },
    )
