"""The page after submission: number, next step, where and when to go (F16)."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.permissions import Person
from loket.offices.queries import hours_of
from loket.standards.pack import StandardSpec
from loket.standards.queries import settings_of, spec_of
from loket.suppliers.models import Registration
from loket.suppliers.queries.papers import to_bring, ways_of
from loket.suppliers.queries.services import outside_system
from loket.tickets.models import Ticket
from loket.tickets.permissions import is_party
from loket.tickets.queries import by_public_code, readable_code
from loket.ui import navigation


def account_of(registration: Registration) -> User:
    """The account that was opened with this registration's address."""
    return registration.account or User.objects.get(email__iexact=registration.email)


def receipt(office: str, code: str, user: Person) -> dict[str, Any] | None:
    """What the page prints; what to bring only for whose request it is. None for an unknown code."""
    ticket = by_public_code(code)
    if ticket is None or ticket.office.slug != office:
        return None
    spec = spec_of(ticket.standard_id)
    is_own = user.is_authenticated and is_party(user, ticket)
    return {
        "office": ticket.office,
        "ticket": ticket,
        "code": readable_code(ticket.public_code),
        "next_step": next_step(ticket, spec),
        "outside": outside_system(ticket.office),
        "opening": next_opening(ticket.office, spec),
        "places": settings_of(ticket.office).places,
        "is_own": is_own,
        "service": navigation.service(office, spec.service),
        "ways": ways_of(spec, ticket.route),
        "call_centre": settings_of(ticket.office).contacts.call_centre,
        "documents": to_bring(spec, ticket.applicant_kind, ticket.facts)
        if is_own
        else [],
    }


def next_step(ticket: Ticket, spec: StandardSpec) -> str:
    """What happens next, in the words of the standard."""
    return spec.step(ticket.step).text.get(get_language() or "id")


def next_opening(
    office: Office, spec: StandardSpec
) -> tuple[datetime, datetime] | None:
    """When somebody is next at the counter, from when until when; None without printed hours."""
    if spec.hours is None:
        return None
    now, hours = clock.now(), hours_of(office, spec.hours)
    state = hours.state(now)
    if state.until is None:
        return None
    begins = now if state.kind == "open" else state.until
    return begins, hours.provisional().closes_at(begins) or begins
