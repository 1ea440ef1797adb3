"""Every page of a visitor, a supplier with his people and an official, opened in English."""

from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from loket.access_rights.queries import grants_of
from loket.accounts.models import User
from loket.kernel import once
from loket.offices.models import Membership
from loket.suppliers.queries.people import suppliers_of
from loket.tickets.models import Ticket
from loket.tickets.queries.desk import own_tickets
from loket.verification.models import Session
from tests.factories.registering import browser_of as browser_of_draft, filled_in
from tests.flows.reaching import SIGN_OUT, addresses, browser_of, routes
from tests.flows.tokens import living_tokens
from tests.unit.access_rights.asking import browser_of as browser_of_official, confirmed

SIGNED_IN = frozenset({"signed_in", "applicant"})
ANYBODY = frozenset({"public", *SIGNED_IN})


@dataclass(frozen=True)
class Reader:
    """Who looks, with what browser, which ids he may know, and the pages for whom he asks."""

    name: str
    browser: Client
    ids: dict
    roles: frozenset
    fills_in: bool = True


def everybody(sides):
    """Visitors, whoever registers, every supplier with his people, officials."""
    for one in sides:
        office = {"office": [one.office.slug]}
        yield Reader("nobody", browser_of(None), visitor_ids(one), ANYBODY)
        draft = filled_in(one.office, f"baru@{one.mark.lower()}.example")
        yield Reader("registering", browser_of_draft(draft), office, ANYBODY)
        if one.asked:
            asked = confirmed(one.office, f"dinas@{one.mark.lower()}.example")
            yield Reader("official", browser_of_official(asked), office, ANYBODY)
    owners = {one.applicant.pk for one in sides}
    officers = Membership.objects.values("user")
    for user in User.objects.exclude(pk__in=officers):
        yield Reader(
            user.user_id,
            browser_of(user),
            own_ids(user, sides),
            SIGNED_IN,
            user.pk in owners,
        )


def visitor_ids(one):
    """Services of an office, codes of its tickets and papers, and links that still work."""
    codes = [each.public_code for each in Ticket.objects.filter(office=one.office)]
    living = {f"{name}:token": [token] for name, token in living_tokens(one).items()}
    kept = {"token": one.ids["token"][:2], "portal:status:code": codes}
    return one.ids | kept | living


def own_ids(user, sides):
    """What is his, and beside it whatever the request of his office has; what is not his is not found."""
    tickets = own_tickets(user)
    offices = {each.office_id: each.office.slug for each in tickets}
    near = next((one.ids for one in sides if one.office.pk in offices), {})
    calls = Session.objects.filter(ticket__in=tickets)
    own = {
        "verification:own_minutes:pk": [each.pk for each in calls],
        "number": [each.number for each in tickets],
        "pk": [each.pk for each in suppliers_of(user)],
        "grant": [each.pk for each in grants_of(user)],
        "office": [*offices.values()],
    }
    return near | own


def opened(reader):
    """Route, status and page wherever there is one, a refusal included."""
    reader.browser.cookies["bahasa"] = "en"
    for route in routes("GET"):
        if is_for(route, reader.roles):
            for address in addresses(route, reader.ids):
                yield from page(route, reader.browser.get(address))


def refused(reader):
    """What every form says that came empty; what a button does is undone."""
    for route in routes("POST") if reader.fills_in else ():
        if is_for(route, reader.roles):
            for address in addresses(route, reader.ids):
                with transaction.atomic():
                    answered = reader.browser.post(address, {once.FIELD: once.new_key()})  # fmt: skip
                    transaction.set_rollback(True)
                yield from page(route, answered)


def is_for(route, roles):
    return route.name != SIGN_OUT and bool(roles & {*route.policy.roles})


def page(route, answered):
    """The page with the status it came with; files and redirects are none."""
    if answered.headers.get("Content-Type", "").startswith("text/html"):
        yield route.name, answered.status_code, answered.content.decode()
