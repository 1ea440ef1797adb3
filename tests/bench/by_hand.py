"""The tickets the sets are copied from, each made by the actions of its room, and who works on them."""

from datetime import datetime, time, timedelta
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from config.filling import Fill, Stage, fill_office
from loket.accounts.actions import add_second_factor, open_account
from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.actions import appoint
from loket.offices.models import Office
from loket.offices.roles import Role
from loket.offices.seeds import hire, invented_name
from loket.standards.actions import load_pack, load_registers
from loket.standards.pack import read_pack
from loket.tickets.models import Ticket

PASSWORD = "Kunci-Bangku-27"
SECRET = "JBSWY3DPEHPK3PXP"
EVERYWHERE = 3  # of each office's ten officers work at every office
DAYS = 5
THROWS = 20
WEDNESDAY = 2
TURNS = 3  # the applicant's, the office's, nobody's


def make_models(tickets: int) -> None:
    """Load the packs, hire thirty officers and let so many suppliers of each office register and be verified."""
    load_registers()
    for path in sorted(settings.PACKS_DIR.iterdir()):
        load_pack(read_pack(path), by=None)
    stage = Stage(tickets, DAYS, with_files=True)
    known = make_password(PASSWORD)
    offices = list(Office.objects.order_by("slug"))
    for office in offices:
        staff = hire(
            office, password=PASSWORD, password_hash=known, random=Random(office.slug)
        )
        by_place = {each.user.user_id.partition(".")[0]: each.user for each in staff}
        _fill(office, by_place, stage)
    for office in offices:
        for place in range(EVERYWHERE):
            _hire_everywhere(offices, f"bangku{place}.{office.code.lower()}", known)


def _fill(office: Office, staff: dict[str, User], stage: Stage) -> None:
    """Throw the dice until the office has tickets of every turn, or a set lacks what flows look for."""
    for dice in range(THROWS):
        with transaction.atomic():
            fill_office(
                office, staff, Fill(stage, Random(f"{office.slug} {dice}"), _at_work())
            )
            turns = (
                Ticket.objects.filter(office=office).values("turn").distinct().count()
            )
            if turns == TURNS:
                return
            transaction.set_rollback(True)
    raise SystemExit(f"{office} has models of {turns} turns only after {THROWS} throws")


def _at_work() -> datetime:
    """Last Wednesday at ten: whenever a set is made, it holds the same open and ended tickets."""
    now = Office.objects.earliest("slug").local(clock.now())
    day = now.date() - timedelta(days=(now.weekday() - WEDNESDAY) % 7 or 7)
    return datetime.combine(day, time(10), now.tzinfo)


def _hire_everywhere(offices: list[Office], login: str, known: str) -> User:
    user = open_account(
        user_id=login,
        email=f"{login}@bangku.example",
        name=invented_name(Random(login)),
        password_hash=known,
    )
    for office in offices:
        appoint(office, user, role=Role.HELPDESK, by=None)
    add_second_factor(user, secret=SECRET)
    return user
