"""Demo tickets of every service that is asked for with a form: one finished, one under way, one that has just come."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from config.scenes import DAY, HOUR, ON_LEAVE, Scene
from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.requests.queries import asks_online
from loket.requests.seeds import ask_for
from loket.standards.models import Standard
from loket.standards.queries import counting_hours, services_in_force, spec_of
from loket.suppliers.models import Representative, Supplier
from loket.tickets.seeds import upload_all, walk

# How long ago, and how many steps the office has done since
AGES = ((3.5 * DAY, 20), (1.6 * DAY, 4), (3 * HOUR, 1))


def services_told(scene: Scene, others: Sequence[User]) -> Iterator[tuple[datetime, Callable[[], None]]]:  # fmt: skip
    """For each service three requests of different ages, by whoever may ask when the time has come."""
    for place, standard in enumerate(services_in_force(scene.office)):
        if not asks_online(spec_of(standard.pk)):
            continue
        for age, steps in AGES:
            begins = _at_work(standard, scene.now - age) + timedelta(seconds=place)
            yield begins, partial(_tell, scene, standard, others, begins, steps)


def _tell(
    scene: Scene,
    standard: Standard,
    others: Sequence[User],
    begins: datetime,
    steps: int,
) -> None:
    staff = [user for name, user in scene.staff.items() if name != ON_LEAVE]
    people = [*_owners(scene.office), *others]
    for user in scene.random.sample(people, len(people)):
        ticket = ask_for(standard, user, begins, scene.random)
        if ticket is None:
            continue
        with clock.at(begins):
            upload_all(ticket, scene.random)
            walk(ticket, [user, *staff], steps=steps, until=scene.now, random=scene.random)  # fmt: skip
        return


def _owners(office: Office) -> list[User]:
    """Owners of businesses registered here so far."""
    here = Supplier.objects.filter(registrations__office=office, freed_at=None)
    owners = Representative.objects.owners().filter(supplier__in=here)
    return [each.user for each in owners.select_related("user").order_by("pk")]


def _at_work(standard: Standard, moment: datetime) -> datetime:
    """The last time at or before the moment at which the office was open, with time left to work."""
    hours = counting_hours(standard.office, spec_of(standard.pk))
    while not hours.is_open(moment):
        moment -= HOUR / 2
    return moment - timedelta(minutes=20)
