"""Sending a request in: from here on it has a number and cannot be lost."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.requests.queries import As, asks_online, ways_to_ask
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.suppliers.actions.requesting import ask_as
from loket.tickets.actions import Applicant, DoneBefore, Request, open_ticket
from loket.tickets.actions.asking import keep_form
from loket.tickets.models import Said, Ticket


@dataclass(frozen=True)
class Asked:
    """What was filled in: as whom, by which way, the facts that hold, and the form."""

    way: As
    route: str
    facts: tuple[str, ...]
    said: Said


@as_system()
def submit(standard: Standard, asked: Asked, *, by: User) -> Ticket:
    """Make the ticket behind the form, which is done with it. Raises 403 for whoever may not ask as this."""
    spec = spec_of(standard.pk)
    if asked.way.code not in {
        each.code for each in ways_to_ask(by, standard.office, spec)
    }:
        raise PermissionDenied
    if not asks_online(spec) or asked.route not in spec.open_routes:
        raise ValidationError(_("Standar kantor ini baru saja berganti. Isi lagi."))
    request = Request(
        standard=standard, route=asked.route, applicant_kind=asked.way.kind, channel="portal", facts=asked.facts
    )  # fmt: skip
    supplier = asked.way.supplier
    name, phone = (supplier.name, supplier.phone) if supplier else (by.name, "")
    now = clock.now()
    steps = spec.registration_steps(asked.route, asked.way.kind)
    before = tuple(DoneBefore(step.code, now, now) for step in steps)
    ticket = open_ticket(standard.office, request, Applicant(name, by, phone), by=by, before=before)  # fmt: skip
    keep_form(ticket, asked.said, by=by)
    if supplier is not None:
        ask_as(ticket, supplier, by=by)
    return ticket
