"""An officer has a ticket from the desk offered to an account that exists; its owner takes it or not (G15)."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.kernel.outbox import promise
from loket.suppliers.actions.rights import AS_WHAT, let_see
from loket.suppliers.models import SupplierRole, TicketOffer
from loket.suppliers.queries import hash_of
from loket.suppliers.queries.offers import accounts_of
from loket.tickets.actions.events import record
from loket.tickets.models import Claim, Event, Ticket
from loket.tickets.permissions import takes_tickets

VALID = timedelta(days=7)
ASKS_A_DAY = 5
DAY = timedelta(days=1)
ASKED, LINKED = "account_asked", "account_linked"


@transaction.atomic
def offer(ticket: Ticket, *, email: str = "", npwp: str = "", by: User) -> None:
    """Write to the account of this address or tax number, if there is one; the officer is not told which.

    The timeline says that it was asked. Nobody gains anything before the owner confirms.
    """
    ticket.lock()
    if not takes_tickets(by, ticket):
        raise PermissionDenied
    claim = Claim.objects.filter(ticket=ticket, used_at=None).first()
    if claim is None or not ticket.is_open:
        raise ValidationError(_("Tiket ini tidak menunggu akun pemohon."))
    recent = Event.objects.filter(ticket=ticket, name=ASKED, at__gt=clock.now() - DAY)
    if recent.count() >= ASKS_A_DAY:
        raise ValidationError(_("Terlalu sering untuk tiket ini. Coba lagi besok."))
    record(ticket, ASKED, by=by, known_by="email" if email else "npwp")
    _write_to_owners(claim, email=email, npwp=npwp, by=by)


@as_system()
def _write_to_owners(claim: Claim, *, email: str, npwp: str, by: User) -> None:
    """A newer letter ends the one before."""
    now = clock.now()
    for user in accounts_of(email=email, npwp=npwp):
        before = TicketOffer.objects.filter(claim=claim, user=user, expires_at__gt=now)
        before.update(expires_at=now)
        made = TicketOffer.objects.create(
            office_id=claim.office_id, ticket_id=claim.ticket_id, claim=claim, user=user,
            offered_at=now, offered_by=by, expires_at=now + VALID,
        )  # fmt: skip
        promise(
            key=f"ticket_offer:{made.pk}",
            to=user.email,
            template="suppliers/mail/ticket_offer",
            context={"offer": made.pk},
            language=user.language,
        )


def new_offer_link(made: TicketOffer) -> str:
    """Make the token of an offer and keep its hash; called when the mail is sent."""
    token = secrets.token_urlsafe(32)
    TicketOffer.objects.filter(pk=made.pk).update(token_hash=hash_of(token))
    return token


@as_system()
def adopt(claim: Claim, *, by: User) -> None:
    """The ticket from the desk is this person's; where his business is registered already, the desk merges it.

    Raises Conflict when it was joined meanwhile.
    """
    ticket = claim.ticket
    ticket.lock()
    unused = Claim.objects.filter(pk=claim.pk, used_at=None)
    if not ticket.is_open or not unused.update(used_at=clock.now(), used_by=by):
        raise Conflict(_("Kode pada lembar dari loket ini tidak berlaku lagi."))
    let_see(ticket, by, as_what=AS_WHAT[SupplierRole.OWNER])
    record(ticket, LINKED, by=by)
