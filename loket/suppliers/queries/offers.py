"""Whose account an officer means, and the offer behind a link."""

from loket.accounts.models import User
from loket.kernel.fence import as_system
from loket.suppliers.models import Representative, Supplier, TicketOffer
from loket.suppliers.queries.drafts import hash_of
from loket.suppliers.queries.people import owned_by, registered_at
from loket.suppliers.queries.tax import tax_identity
from loket.tickets.models import Ticket
from loket.tickets.queries.intake import waits_for_registration


def accounts_of(*, email: str, npwp: str) -> list[User]:
    """The account of exactly this address, or those who decide for the supplier of exactly this number."""
    if email:
        found = User.objects.registered(email)
        return [found] if found and found.is_active else []
    holders = Supplier.objects.claiming(tax_identity(npwp).digest)
    owners = Representative.objects.owners().filter(supplier__in=holders)
    return list(User.objects.filter(suppliers__in=owners, is_active=True))


@as_system()
def offer_of(token: str, user: User) -> TicketOffer | None:
    """The offer behind a link, if it is this person's and still open; others learn nothing."""
    found = TicketOffer.objects.filter(token_hash=hash_of(token), user=user)
    offer = found.select_related("ticket__office", "ticket__service", "claim").first()
    return offer if offer and offer.is_open else None


def registers_with(ticket: Ticket, user: User) -> bool:
    """Whether a business of this person can still be registered at the office by this ticket."""
    if not waits_for_registration(ticket):
        return False
    return any(not registered_at(each, ticket.office) for each in owned_by(user))
