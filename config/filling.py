"""Fills one office with examples: tickets as their age makes likely, and those a visitor must find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random

from config.invented import Example, example
from config.scenes import DAY, MINUTE, Scene, Story
from config.services import services_told
from config.stamped import Signatory
from config.stories import STORIES
from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import counting_hours, services_in_force, spec_of
from loket.suppliers.seeds import Times, register
from loket.tickets.models import Ticket
from loket.tickets.seeds import refuse_first, upload_all, walk

QUARTER = 15 * MINUTE
REGISTERING = 11 * MINUTE  # from sending the form to handing in
FIRST_STEPS = 50 * MINUTE  # what happens between handing in and closing time
FIRST_STORY = 501  # serial numbers of those that are told on purpose
SOON_DUE = 11 * MINUTE  # of a quarter of an hour
FINISHED = 0.5  # share of the tickets whose work is over


@dataclass(frozen=True)
class Stage:
    """How many tickets an office gets, over how many days, and what comes with them."""

    tickets: int
    days: int
    with_files: bool = False
    with_mail: bool = False
    with_cast: bool = False


@dataclass(frozen=True)
class Account:
    """One line of the accounts file."""

    login: str
    email: str
    password: str
    name: str
    role: str
    office: str
    second_factor: str = ""
    canary: str = ""


@dataclass(frozen=True)
class Plan:
    """When a ticket is submitted, when the office first works on it, and whether all is done by now."""

    submitted: datetime
    at_work: datetime
    is_old: bool


@dataclass
class Fill:
    """What one run knows: the stage, the dice, the moment at which history ends."""

    stage: Stage
    random: Random
    now: datetime
    signatories: list[Signatory] = field(default_factory=list)


Teller = Callable[[], Account | None]


def fill_office(
    office: Office, staff: dict[str, User], fill: Fill, others: Sequence[User] = ()
) -> list[Account]:
    """The office's tickets in the order of their numbers: as far as their age makes likely, or as a story wants.

    `others` are people without a business who ask for services too, such as officials.
    """
    standard = registration_here(office)
    if standard is None or not spec_of(standard.pk).open_routes:
        return []
    spec = spec_of(standard.pk)
    scene = Scene(office, standard, staff, fill.random, fill.now, fill.signatories)
    told: list[tuple[datetime, Teller]] = []
    for serial in range(1, fill.stage.tickets + 1):
        plan = _plan(office, spec, fill)
        told.append((plan.submitted, partial(_one, scene, fill, serial=serial, plan=plan)))  # fmt: skip
    stories = STORIES if fill.stage.with_cast else ()
    for serial, story in enumerate(stories, start=FIRST_STORY):
        if story.suits(spec):
            moment = _begins(scene, story) + timedelta(
                seconds=serial - FIRST_STORY
            )  # in turn
            told.append((moment, partial(_tell, scene, story, moment, serial=serial)))
    if fill.stage.with_cast:
        told += services_told(scene, others)
    told.sort(key=lambda each: each[0])
    return [account for _moment, tell in told if (account := tell())]


def _begins(scene: Scene, story: Story) -> datetime:
    """When its ticket is submitted: early enough to be worked on that day, or so that it is due soon."""
    at = _last_open(scene.office, scene.spec, scene.now - story.age)
    if story.at_desk:
        return at
    return at - REGISTERING - (FIRST_STEPS if story.age else SOON_DUE)


def _tell(scene: Scene, story: Story, moment: datetime, *, serial: int) -> Account | None:  # fmt: skip
    if story.at_desk:
        story.tell(scene, moment)
        return None
    ticket, account = _registered(scene, moment, story.route, serial=serial)
    story.tell(scene, scene.tale(ticket, moment + REGISTERING))
    return account


def _registered(scene: Scene, sent: datetime, route: str, *, serial: int) -> tuple[Ticket, Account]:  # fmt: skip
    spec, random = scene.spec, scene.random
    kind = random.choice(list(spec.applicants))
    made = example(spec, kind, serial=scene.office.pk * 1000 + serial, random=random)
    times = Times(sent - timedelta(minutes=15), sent - timedelta(minutes=9), sent)
    ticket = register(scene.office, made.person, times, route=route)
    return ticket, _supplier(scene.office, made)


def _plan(office: Office, spec: StandardSpec, fill: Fill) -> Plan:
    """An old ticket lies anywhere in the stage's days; a young one came before the office last closed."""
    random = fill.random
    is_old = random.random() < FINISHED
    age = random.random() * fill.stage.days * DAY if is_old else timedelta()
    at_work = _last_open(office, spec, fill.now - age)
    submitted = at_work - timedelta(seconds=random.randrange(45 * 60, 240 * 60))
    return Plan(submitted, at_work - timedelta(minutes=random.randrange(2, 14)), is_old)


def _one(scene: Scene, fill: Fill, *, serial: int, plan: Plan) -> Account:
    random, route = fill.random, scene.spec.open_routes[0]
    ticket, account = _registered(scene, plan.submitted, route, serial=serial)
    staff = list(scene.staff.values())
    with clock.at(plan.at_work):
        if fill.stage.with_files and serial % 2:
            upload_all(ticket, random)
        steps = 20 if plan.is_old else random.choice((0, 1, 1, 2, 2, 3, 4, 5))
        walk(ticket, staff, steps=steps, until=fill.now, random=random)
        refuse_first(ticket, staff, share=0.3, random=random)
    return account


def registration_here(office: Office) -> Standard | None:
    """The service by which suppliers register here: the one whose procedure begins with it."""
    for standard in services_in_force(office):
        if any(step.kind == "register" for step in spec_of(standard.pk).procedure):
            return standard
    return None


def _last_open(office: Office, spec: StandardSpec, moment: datetime) -> datetime:
    """The last time at or before `moment` at which somebody was at the counter."""
    hours = counting_hours(office, spec)
    if hours.is_open(moment):
        return moment
    while not hours.is_open(moment):
        moment -= QUARTER
    closes = hours.closes_at(moment)
    return closes - MINUTE if closes else moment


def _supplier(office: Office, made: Example) -> Account:
    return Account(
        made.user_id, made.person.email, made.person.password, made.name, "applicant",
        office.slug, canary=made.canary,
    )  # fmt: skip
