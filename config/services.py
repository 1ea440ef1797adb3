"""Demo tickets of every service that is asked for with a form: one finished, one under way, one that has just come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from config.filling import Fill
from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.requests.queries import asks_online
from loket.requests.seeds import ask_for
from loket.standards.models import Standard
from loket.standards.queries import counting_hours, services_in_force, spec_of
from loket.suppliers.models import Representative, Supplier
from loket.tickets.seeds import upload_all, walk

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# How long ago, and how many steps the office has done since
AGES = ((6 * DAY, 20), (2 * DAY, 4), (3 * HOUR, 1))


@dataclass(frozen=True)
class Times:
    """When a request comes, when history ends, and how many steps are done at most."""

    begins: datetime
    ends: datetime
    steps: int


def tell_services(office: Office, staff: list[User], others: list[User], fill: Fill) -> None:  # fmt: skip
    """For each service three requests of different ages, by whoever may ask; none of it after history ends."""
    for standard in services_in_force(office):
        if not asks_online(spec_of(standard.pk)):
            continue
        people = _askers(office, others)
        for age, steps in AGES:
            begins = _at_work(standard, fill.now - age)
            _tell(standard, people, staff, Times(begins, fill.now, steps), fill.random)


def _askers(office: Office, others: list[User]) -> list[User]:
    """Owners of businesses registered here, then whoever else is known, such as officials."""
    here = Supplier.objects.filter(registrations__office=office, freed_at=None)
    owners = Representative.objects.owners().filter(supplier__in=here)
    found = [each.user for each in owners.select_related("user").order_by("pk")]
    return [*found, *others]


def _tell(
    standard: Standard, people: list[User], staff: list[User], times: Times, random: Random
) -> None:  # fmt: skip
    for user in _shuffled(people, random):
        ticket = ask_for(standard, user, times.begins, random)
        if ticket is None:
            continue
        with clock.at(times.begins):
            upload_all(ticket, random)
            walk(ticket, [user, *staff], steps=times.steps, until=times.ends, random=random)  # fmt: skip
        return


def _shuffled(people: list[User], random: Random) -> Iterator[User]:
    yield from random.sample(people, len(people))


def _at_work(standard: Standard, moment: datetime) -> datetime:
    """The last time at or before the moment at which the office was open, with time left to work."""
    hours = counting_hours(standard.office, spec_of(standard.pk))
    while not hours.is_open(moment):
        moment -= HOUR / 2
    return moment - timedelta(minutes=20)
