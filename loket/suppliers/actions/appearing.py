"""Using a power of attorney: its papers beside the tickets, what a linked proxy sees, who appeared (G8)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.standards.queries import spec_of
from loket.suppliers.actions.rights import PROXY, let_see, shut_out_proxy
from loket.suppliers.models import PowerOfAttorney
from loket.suppliers.queries.proxies import acts_for, covered, sight_of
from loket.tickets.actions import ask_proxy, attach
from loket.tickets.actions.events import record
from loket.tickets.models import ShownAs, Ticket
from loket.tickets.permissions import does_current_step, is_party


def put_beside(power: PowerOfAttorney, ticket: Ticket) -> None:
    """The papers become documents of the ticket, and a linked proxy sees it."""
    ask_proxy(ticket, asked=True)
    files = {
        each.requirement: each.file for each in power.papers.select_related("file")
    }
    attach(ticket, files, by=power.grantor.user)
    _show_to_proxy(power, ticket)


def _show_to_proxy(power: PowerOfAttorney, ticket: Ticket) -> None:
    """A linked proxy sees the ticket as long as all his powers together say, or no longer."""
    if (user := power.proxy_user) is None:
        return
    if (days := sight_of(user, ticket)) is None:
        shut_out_proxy(ticket, user)
    else:
        let_see(ticket, user, as_what=PROXY, since=days[0], until=days[1])


@transaction.atomic
def renew_sight(power: PowerOfAttorney) -> None:
    """The days of a power begin while those of an earlier one are over: what its proxy sees follows."""
    lock(power)
    for ticket in covered(power):
        _show_to_proxy(power, ticket)


@transaction.atomic
def bring_along(ticket: Ticket) -> None:
    """A new ticket of a service for which a power of attorney stands already."""
    today = ticket.office.local(clock.now()).date()
    found = PowerOfAttorney.objects.standing().of_ticket(ticket)
    for power in found.filter(ticket=None, valid_until__gte=today):
        if spec_of(ticket.standard_id).proxy.allowed:
            put_beside(power, ticket)


@transaction.atomic
def link(power: PowerOfAttorney, *, user: User) -> None:
    """The proxy has an account: within the days of the power he sees the tickets it is for."""
    lock(power)
    if not power.is_standing:
        raise Conflict(_("Surat kuasa ini tidak berlaku lagi."))
    power.proxy_user = user
    power.save(update_fields=["proxy_user"])
    for ticket in covered(power):
        _show_to_proxy(power, ticket)


def withdraw(power: PowerOfAttorney) -> None:
    """Its papers are asked no more, unless another proxy came or may come."""
    others = PowerOfAttorney.objects.standing().exclude(pk=power.pk)
    for ticket in covered(power):
        _show_to_proxy(power, ticket)
        came = ticket.shown_as == ShownAs.PROXY
        if not came and not others.of_ticket(ticket).exists():
            ask_proxy(ticket, asked=False)


@transaction.atomic
def appear(
    ticket: Ticket, power: PowerOfAttorney | None, *, by: User, name: str = ""
) -> None:
    """Write down who showed the documents: the owner himself (None), or a proxy whose power holds today.

    `name` is the owner's as the officer read it; a proxy is called as in his power.
    """
    ticket.lock()
    if not does_current_step(by, ticket) or is_party(by, ticket):
        raise PermissionDenied
    if power is None:
        ask_proxy(ticket, asked=False, shown_as=ShownAs.OWNER, shown_by=name)
        record(ticket, "appear", by=by, shown_as=ShownAs.OWNER)
        return
    _lock_alone(power)
    if power not in acts_for(ticket):
        raise ValidationError(
            _(
                "Surat kuasa ini tidak berlaku hari ini, belum diterima, atau sudah dicabut."
            )
        )
    proxy, called = ShownAs.PROXY, power.proxy_name
    ask_proxy(ticket, asked=True, shown_as=proxy, shown_by=called)
    record(ticket, "appear", by=by, power=power.pk, shown_as=proxy)


def lock(power: PowerOfAttorney) -> None:
    """Whoever judges, uses or revokes it does so one after the other; its tickets come first everywhere."""
    tickets = covered(power).select_for_update(of=("self",)).order_by("pk")
    list(tickets)  # asked now: the rows are held until the transaction ends
    _lock_alone(power)


def _lock_alone(power: PowerOfAttorney) -> None:
    found = PowerOfAttorney.objects.select_for_update(of=("self",))
    power.refresh_from_db(from_queryset=found)
