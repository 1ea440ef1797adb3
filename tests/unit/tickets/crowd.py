"""Everybody who could stand before a ticket of Depok, each under one word."""

from datetime import timedelta

from loket.kernel import clock
from loket.offices.actions import appoint
from loket.offices.models import Membership
from loket.offices.roles import Role
from loket.tickets.models import Party
from tests.factories.people import again, officer, person

OFFICERS = frozenset(Role.values)
OUTSIDERS = frozenset(
    {"applicant", "former_party", "stranger", "foreigner", "former_officer",
     "future_officer", "system"}
)  # fmt: skip
EVERYBODY = OFFICERS | OUTSIDERS


def crowd(ticket, elsewhere):
    """People by word; `elsewhere` is another office."""
    office = ticket.office
    found = {role: officer(office, Role(role), role) for role in OFFICERS}
    found |= {
        "applicant": ticket.applicant,
        "former_party": former_party(ticket),
        "stranger": person("Wulan Prameswari"),
        "foreigner": officer(elsewhere),
        "former_officer": former_officer(office),
        "future_officer": future_officer(office),
        "system": None,
    }
    return {word: again(who) if who else None for word, who in found.items()}


def former_officer(office):
    user = person("Gilang Samudra")
    with clock.at(clock.now() - timedelta(days=30)):
        appoint(
            office, user, role=Role.VERIFIKATOR, by=None,
            until=clock.now() + timedelta(days=30),
        )  # fmt: skip
    return user


def future_officer(office):
    user = person("Sekar Arum")
    row = appoint(office, user, role=Role.VERIFIKATOR, by=None)
    later = clock.now() + timedelta(seconds=1)
    Membership.objects.filter(pk=row.pk).update(valid_from=later)
    return user


def party(ticket, user, **row):
    """Make somebody a party of a ticket."""
    since = row.pop("since", ticket.submitted_at)
    return Party.objects.create(
        office=ticket.office, ticket=ticket, user=user, since=since, **row
    )


def former_party(ticket):
    user = person("Bagas Prasetya")
    party(ticket, user, revoked_at=clock.now())
    return user
