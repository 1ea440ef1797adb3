"""Demo data: a whole registration told at its own times, through the same actions as a browser's."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from loket.kernel import clock
from loket.offices.models import Office
from loket.suppliers.actions import answer, ask, begin, confirm, new_link, submit
from loket.suppliers.models import Registration
from loket.suppliers.queries import TERMS_VERSION
from loket.tickets.models import Ticket


@dataclass(frozen=True)
class Person:
    """An invented applicant: an address, a password, and what is typed on each page."""

    email: str
    password: str
    business: dict[str, str]
    tax: dict[str, str]
    identity: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Times:
    """When the link was asked for, when it was used, when the form was sent."""

    asked: datetime
    confirmed: datetime
    submitted: datetime


def register(office: Office, person: Person, times: Times, *, route: str) -> Ticket:
    """One registration from the first e-mail to its ticket."""
    with clock.at(times.asked):
        begin(ask(office, email=person.email, language="id"))
        token = new_link(Registration.objects.get(office=office, email=person.email))
    with clock.at(times.confirmed):
        draft = confirm(token)
        answer(draft, page="business", said=person.business)
        answer(draft, page="tax", said=person.tax | {"password": person.password})
        answer(draft, page="identity", said=person.identity)
    with clock.at(times.submitted):
        return submit(draft, route=route, terms_version=TERMS_VERSION)
