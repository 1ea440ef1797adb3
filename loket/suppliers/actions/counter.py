"""A power of attorney on paper, shown at the counter by somebody nobody announced (C1, D9)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.queries import spec_of
from loket.suppliers.actions.proxies import Proxy, check_grant, create_power
from loket.suppliers.models import PowerOfAttorney, Representative
from loket.suppliers.queries.proxies import Scope
from loket.tickets.actions import ask_proxy, give_document
from loket.tickets.actions.events import record
from loket.tickets.models import Ticket
from loket.tickets.permissions import is_party


@transaction.atomic
def record_power(
    ticket: Ticket, proxy: Proxy, *, grantor: Representative, by: User
) -> PowerOfAttorney:
    """Write down a letter whose originals an officer has in hand: accepted with that, for this ticket only.

    Refused where the standard takes no proxies. The papers count as shown at the counter, and each
    of them gets its verdict like every document.
    """
    ticket.lock()
    if not may(by, Permission.TICKET_TAKE, ticket.office_id) or is_party(by, ticket):
        raise PermissionDenied
    papers = [code for code, _one in spec_of(ticket.standard_id).proxy_documents()]
    scope, now = Scope(ticket.service, ticket), clock.now()
    check_grant(scope, proxy, papers)
    power = create_power(
        scope, proxy, grantor=grantor, is_accepted=True, decided_at=now, decided_by=by,
        meterai_seen=proxy.has_meterai, recorded_by=by,
    )  # fmt: skip
    ask_proxy(ticket, asked=True)
    for code in papers:
        give_document(ticket, code, by=by, data=None)
    record(ticket, "power_recorded", by=by, power=power.pk)
    return power
