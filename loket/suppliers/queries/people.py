"""Who acts for which supplier, and what that supplier asks at which office."""

from django.db.models import Q, QuerySet

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.offices.models import Office
from loket.suppliers.models import (
    Registration,
    Representative,
    Supplier,
    SupplierInvitation,
    SupplierRole,
)
from loket.suppliers.queries.drafts import hash_of
from loket.tickets.models import Outcome, Ticket
from loket.tickets.models.ticket import OPEN


def people_of(supplier: Supplier) -> QuerySet[Representative]:
    """The supplier's people now, owners first."""
    current = Representative.objects.current().filter(supplier=supplier)
    people: QuerySet[Representative] = current.select_related("user")
    return people.order_by("role", "since")


def owners_of(supplier: Supplier) -> QuerySet[Representative]:
    """Those who decide for the supplier now."""
    owners: QuerySet[Representative] = people_of(supplier).filter(
        role=SupplierRole.OWNER
    )
    return owners


def suppliers_of(user: User) -> QuerySet[Supplier]:
    """The suppliers this person acts for now; others do not exist for him."""
    mine = Representative.objects.current().filter(user=user)
    found: QuerySet[Supplier] = Supplier.objects.filter(people__in=mine)
    return found.order_by("name", "pk")


def invited_to(supplier: Supplier) -> QuerySet[SupplierInvitation]:
    """Invitations whose link can still be used, the newest first."""
    unused = SupplierInvitation.objects.filter(supplier=supplier, accepted_at=None)
    found = unused.filter(cancelled_at=None, expires_at__gt=clock.now())
    return found.select_related("power").order_by("-pk")


@as_system()
def invitation_of(token: str) -> SupplierInvitation | None:
    """The invitation behind a link, whether or not it can still be used."""
    found = SupplierInvitation.objects.filter(token_hash=hash_of(token))
    return found.select_related("supplier", "power__office", "invited_by").first()


def requests_of(supplier: Supplier, user: User) -> QuerySet[Ticket]:
    """What the supplier asked, as far as this person sees it, the newest first."""
    seen = Ticket.objects.visible_to(user).filter(_asked_by(supplier))
    tickets: QuerySet[Ticket] = seen.with_names()
    return tickets.order_by("-submitted_at")


def roles_of(user: User) -> QuerySet[Representative]:
    """What this person is now, and to which suppliers."""
    current = Representative.objects.current().filter(user=user)
    roles: QuerySet[Representative] = current.select_related("supplier")
    return roles.order_by("supplier__name", "pk")


def owned_by(user: User) -> list[Supplier]:
    """The suppliers this person decides for."""
    owner = roles_of(user).filter(role=SupplierRole.OWNER)
    return [each.supplier for each in owner]


def owns(user: User, supplier: Supplier) -> bool:
    """Whether this person decides for the supplier now."""
    owners = Representative.objects.owners()
    return bool(owners.filter(supplier=supplier, user=user).exists())


def tickets_of(supplier: Supplier) -> QuerySet[Ticket]:
    """Everything this supplier asked, at every office."""
    return Ticket.objects.filter(_asked_by(supplier))


def _asked_by(supplier: Supplier) -> Q:
    return Q(registration__supplier=supplier) | Q(supplier_request__supplier=supplier)


def supplier_of(ticket: Ticket) -> Supplier | None:
    """Whose request this is; None for somebody without an account and for officials."""
    known = Q(registrations__ticket=ticket) | Q(requests__ticket=ticket)
    return Supplier.objects.filter(known).first()


def open_tickets(supplier: Supplier) -> QuerySet[Ticket]:
    """What is still being worked on."""
    return tickets_of(supplier).filter(status__in=OPEN)


def registered_at(supplier: Supplier, office: Office) -> Registration | None:
    """The supplier's registration at an office, running or come to a good end."""
    found = Registration.objects.filter(supplier=supplier, office=office)
    alive = Q(ticket__status__in=OPEN) | Q(ticket__outcome=Outcome.FULFILLED)
    return found.filter(alive).select_related("ticket").order_by("-pk").first()


def known_at(suppliers: list[Supplier], office: Office) -> list[Registration]:
    """The registrations these suppliers already have at an office."""
    found = (registered_at(supplier, office) for supplier in suppliers)
    return [each for each in found if each is not None]
