"""Accounts in other systems: what a request asks for, and the register of what was granted."""

import datetime as dt
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from loket.access_rights.models import OutsideAccount
from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.standards.queries import spec_of
from loket.tickets.models import Party, Ticket
from loket.tickets.queries.answers import said_on
from loket.tickets.queries.words import words

ENDS_SOON = timedelta(days=30)
LATELY = timedelta(days=90)
KIND = "grant_access"


@dataclass(frozen=True)
class AskedAccount:
    """What the form says: in which systems of those it offers, under which name, until when."""

    offered: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    name: str = ""
    until: dt.date | None = None


def asked_account(ticket: Ticket) -> AskedAccount:
    """Read the form by what its fields mean."""
    asked = spec_of(ticket.standard_id).fields_for(ticket.applicant_kind)
    fields = {one.means: (name, one) for name, one in asked.items() if one.means}
    said = said_on(ticket)
    told = {means: said.get(name) for means, (name, _one) in fields.items()}
    titles = {code: words(title) for code, title in fields["systems"][1].choices.items()} if "systems" in fields else {}  # fmt: skip
    until = told.get("valid_until")
    return AskedAccount(
        tuple(titles.values()),
        tuple(titles[code] for code in told.get("systems") or () if code in titles),
        str(told.get("account") or ""),
        dt.date.fromisoformat(until) if until else None,
    )


def who_asked(ticket: Ticket) -> User | None:
    """The applicant who can sign in; a request from the counter may have none."""
    found = Party.objects.current().filter(ticket=ticket, as_what="applicant")
    first = found.select_related("user").order_by("since", "pk").first()
    return first.user if first else None


def accounts_of(ticket: Ticket) -> list[OutsideAccount]:
    """What this request led to."""
    if KIND not in spec_of(ticket.standard_id).kinds:
        return []
    return list(OutsideAccount.objects.filter(ticket=ticket).order_by("system", "pk"))


def accounts_at(office: Office, user: User) -> QuerySet[OutsideAccount]:
    """The register as this officer may read it: an auditor with a scope sees what his services led to."""
    found = OutsideAccount.objects.filter(office=office, ticket__in=Ticket.objects.at_desk_of(user))  # fmt: skip
    return found.select_related("ticket", "granted_by", "ended_by").order_by("until", "pk")  # fmt: skip


@dataclass(frozen=True)
class Register:
    """The register in three parts: past their date or nearly so, those that go on, and those ended lately."""

    due: list[OutsideAccount]
    running: list[OutsideAccount]
    ended: list[OutsideAccount]
    today: dt.date


def register_of(office: Office, user: User) -> Register:
    """What is to be ended first; whatever ended longer ago than three months is left out."""
    now = clock.now()
    today = office.local(now).date()
    open_rows = list(accounts_at(office, user).filter(ended_at=None))
    return Register(
        [each for each in open_rows if each.until <= today + ENDS_SOON],
        [each for each in open_rows if each.until > today + ENDS_SOON],
        list(
            accounts_at(office, user)
            .filter(ended_at__gt=now - LATELY)
            .order_by("-ended_at")
        ),
        today,
    )


def ending_soon() -> QuerySet[OutsideAccount]:
    """Of all offices: those whose holder is to be told."""
    last = (clock.now() + ENDS_SOON).date()
    found = OutsideAccount.objects.filter(ended_at=None, reminded_at=None, until__lte=last)  # fmt: skip
    return found.select_related("holder_user")
