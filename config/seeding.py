"""Fills an empty installation with believable examples, each made by the actions of its room."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from procrastinate.contrib.django import app as jobs

from config.cast import add_cast, join_another
from config.invented import PASSWORD, Example, example
from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.hours import Hours
from loket.offices.models import Office
from loket.offices.queries import hours_of
from loket.offices.seeds import SignIn, hire
from loket.standards.actions import load_packs
from loket.standards.models import Standard
from loket.standards.pack import StandardSpec
from loket.standards.queries import services_in_force, settings_of, spec_of
from loket.suppliers.seeds import Times, register
from loket.tickets.actions import write_message
from loket.tickets.models import Ticket
from loket.tickets.seeds import refuse_first, upload_all, walk

DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)
FINISHED = 0.5  # share of the tickets whose work is over


@dataclass(frozen=True)
class Stage:
    """How many tickets an office gets, over how many days, and what comes with them."""

    tickets: int
    days: int
    with_files: bool = False
    with_mail: bool = False
    with_cast: bool = False


STAGES = {
    "empty": Stage(0, 0),
    "busy": Stage(16, 6, with_files=True, with_mail=True, with_cast=True),
    "busy-day": Stage(60, 1),
    "year": Stage(300, 365),
}


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


def seed(*, stage: str, random_seed: int, accounts_json: Path | None) -> None:
    """Load the packs, hire staff, let suppliers register and officers work; then run the jobs."""
    load_packs(sorted(settings.PACKS_DIR.iterdir()), by=None)
    fill = Fill(STAGES[stage], Random(random_seed), clock.now())  # noqa: S311 - examples, not secrets
    password_hash = make_password(PASSWORD)
    accounts: list[Account] = []
    canaries: dict[str, str] = {}
    for office in Office.objects.order_by("slug"):
        staff = hire(
            office, password=PASSWORD, password_hash=password_hash, random=fill.random
        )
        accounts += [_officer(office, each) for each in staff]
        accounts += _fill_office(office, [each.user for each in staff], fill)
        canaries[office.slug] = _leave_canary(office, staff, fill.random)
        accounts += _further(office, staff, fill)
        print(f"  {office.name}: {fill.stage.tickets}", flush=True)
    if fill.stage.with_cast:
        join_another(list(Office.objects.order_by("slug")))
    _run_jobs(fill.stage)
    if accounts_json:
        found = {
            "accounts": [asdict(each) for each in accounts],
            "office_canaries": canaries,
        }
        accounts_json.write_text(json.dumps(found, indent=2), encoding="utf-8")


def _further(office: Office, staff: list[SignIn], fill: Fill) -> list[Account]:
    """Whoever else appears, where the stage wants them."""
    standard = _registration(office)
    if standard is None or not fill.stage.with_cast:
        return []
    found = add_cast(office, standard, staff, fill.random)
    return [_officer(office, each) for each in found]


def _fill_office(office: Office, staff: list[User], fill: Fill) -> list[Account]:
    """The office's registrations in the order of their numbers, each as far as its age makes likely."""
    standard = _registration(office)
    if standard is None or not spec_of(standard.pk).open_routes:
        return []
    plans = [
        _plan(office, spec_of(standard.pk), fill) for _ in range(fill.stage.tickets)
    ]
    plans.sort(key=lambda plan: plan.submitted)
    return [
        _one(office, standard, staff, fill, serial=serial, plan=plan)
        for serial, plan in enumerate(plans, start=1)
    ]


def _plan(office: Office, spec: StandardSpec, fill: Fill) -> Plan:
    """An old ticket lies anywhere in the stage's days; a young one came before the office last closed."""
    random = fill.random
    is_old = random.random() < FINISHED
    age = random.random() * fill.stage.days * DAY if is_old else timedelta()
    at_work = _last_open(office, spec, fill.now - age)
    submitted = at_work - timedelta(minutes=random.randrange(45, 240))
    return Plan(submitted, at_work - timedelta(minutes=random.randrange(2, 14)), is_old)


def _one(
    office: Office, standard: Standard, staff: list[User], fill: Fill, *, serial: int, plan: Plan
) -> Account:  # fmt: skip
    spec, random = spec_of(standard.pk), fill.random
    kind = random.choice(list(spec.applicants))
    made = example(spec, kind, serial=office.pk * 1000 + serial, random=random)
    sent = plan.submitted
    times = Times(sent - timedelta(minutes=15), sent - timedelta(minutes=9), sent)
    ticket = register(office, made.person, times, route=spec.open_routes[0])
    with clock.at(plan.at_work):
        if fill.stage.with_files and serial % 2:
            upload_all(ticket, random)
        steps = 20 if plan.is_old else random.choice((0, 1, 1, 2, 2, 3, 4, 5))
        walk(ticket, staff, steps=steps, until=fill.now, random=random)
        refuse_first(ticket, staff, share=0.3, random=random)
    return _supplier(office, made)


def _registration(office: Office) -> Standard | None:
    """The service by which suppliers register here: the one whose procedure begins with it."""
    for standard in services_in_force(office):
        if any(step.kind == "register" for step in spec_of(standard.pk).procedure):
            return standard
    return None


def _last_open(office: Office, spec: StandardSpec, moment: datetime) -> datetime:
    """The last time at or before `moment` at which somebody was at the counter."""
    hours = _hours(office, spec)
    while hours is not None and not hours.is_open(moment):
        moment -= QUARTER
    return moment


def _hours(office: Office, spec: StandardSpec) -> Hours | None:
    code = spec.hours or next(iter(settings_of(office).calendars), None)
    return hours_of(office, code) if code else None


def _leave_canary(office: Office, staff: list[SignIn], random: Random) -> str:
    """An internal note whose words would be recognised anywhere outside the office."""
    canary = f"MAP-{office.code}{random.randrange(10**5, 10**6)}"
    ticket = Ticket.objects.filter(office=office).order_by("-pk").first()
    if ticket is not None:
        write_message(
            ticket, by=staff[0].user, body=f"Map arsip {canary}", is_internal=True
        )
    return canary


def _officer(office: Office, each: SignIn) -> Account:
    user = each.user
    return Account(
        user.user_id,
        user.email,
        each.password,
        user.name,
        each.role,
        office.slug,
        each.secret,
    )


def _supplier(office: Office, made: Example) -> Account:
    return Account(
        made.user_id, made.person.email, made.person.password, made.name, "applicant",
        office.slug, canary=made.canary,
    )  # fmt: skip


def _run_jobs(stage: Stage) -> None:
    """Receipts are drawn and, in a stage that shows mails, written to the demo's folder."""
    kind = "filebased" if stage.with_mail else "dummy"
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{kind}.EmailBackend"
    with jobs.replace_connector(jobs.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]  # Django's connector has it
        working.run_worker(wait=False, listen_notify=False, delete_jobs="successful")
