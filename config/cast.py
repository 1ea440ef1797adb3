"""Who else appears in the demo: colleagues, proxies, officials, invited officers, a mail that came back."""

from datetime import timedelta
from itertools import permutations
from random import Random

from django.contrib.auth.hashers import make_password

from config.invented import PASSWORD, invented_nik, invented_nip
from loket.access_rights.actions import approve
from loket.access_rights.models import AccessRequest, Position
from loket.access_rights.permissions import may_decide
from loket.access_rights.queries import Letter, Official, rules_of
from loket.access_rights.seeds import ask_for_access
from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.permissions import may
from loket.offices.registers import regencies
from loket.offices.roles import HEADS, Permission
from loket.offices.seeds import SignIn, invented_name, invite_auditor, invite_helper
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.suppliers.models import Supplier
from loket.suppliers.seeds import (
    Newcomer,
    accept_power,
    bring_in,
    empower,
    join_office,
    lose_mail,
)
from loket.tickets.models import Ticket
from loket.tickets.seeds import sample_pdf

TERM = timedelta(days=300)
SERVED = timedelta(days=12)  # so long the official works here already


def add_cast(office: Office, standard: Standard, staff: list[SignIn], random: Random) -> list[SignIn]:  # fmt: skip
    """Everybody whom this office's rules allow; who of them can sign in."""
    lose_mail(office, email=f"salah.ketik.{office.code.lower()}@usaha.example")
    found = [_auditor(office, standard, staff, random)]
    if spec_of(standard.pk).proxy.allowed:
        found += _people(office, staff, random)
    return found


def _auditor(office: Office, standard: Standard, staff: list[SignIn], random: Random) -> SignIn:  # fmt: skip
    """An auditor for one service, and an invitation that waits."""
    head = next(each.user for each in staff if each.role in HEADS)
    invite_helper(office, by=head)
    return invite_auditor(
        office, by=head, services=[standard.service.code], password=PASSWORD, random=random
    )  # fmt: skip


def officials_of(office: Office, staff: list[SignIn], random: Random) -> list[SignIn]:
    """One who may work already, and one who waits for a decision; none where officials do not come in."""
    if rules_of(office) is None:
        return []
    with clock.at(clock.now() - SERVED):
        asked = _ask(office, Position.PPK, random)
        by = next(each.user for each in staff if may_decide(each.user, asked))
        user = approve(asked, by=by).user
    _ask(office, Position.POKJA, random)
    return [SignIn(user, PASSWORD, "official")]


def _ask(office: Office, position: Position, random: Random) -> AccessRequest:
    login, name = f"{position}.{office.code.lower()}", invented_name(random)
    official = Official(
        name=name, nip=invented_nip(random), position=position,
        work_unit="Dinas Anyaman Daerah", phone="0812 0000 0001", until=clock.now() + TERM,
    )  # fmt: skip
    letter = Letter(sample_pdf(f"Surat tugas {name}", random), "surat-tugas.pdf")
    return ask_for_access(
        office, official, letter, email=f"{login}@dinas.example", user_id=login, password=PASSWORD
    )  # fmt: skip


def _people(office: Office, staff: list[SignIn], random: Random) -> list[SignIn]:
    """A business of a ticket still open: a colleague, and somebody who comes in its place."""
    registering = Ticket.objects.filter(office=office, registration__supplier__isnull=False)  # fmt: skip
    ticket = registering.filter(ended_at=None).order_by("pk").first()
    if ticket is None:
        return []
    supplier = Supplier.objects.get(registrations__ticket=ticket)
    colleague, proxy = (_newcomer(office, word, random) for word in ("staf", "kuasa"))
    nik = invented_nik(random.choice(sorted(regencies())), random)
    power = empower(
        ticket, supplier, name=proxy.name, nik=nik, paper=lambda title: sample_pdf(title, random)
    )  # fmt: skip
    workers = (each.user for each in staff)
    able = (each for each in workers if may(each, Permission.TICKET_TAKE, office.pk))
    accept_power(power, ticket, by=next(able))
    return [
        SignIn(bring_in(supplier, colleague), PASSWORD, "colleague"),
        SignIn(bring_in(supplier, proxy, power=power), PASSWORD, "proxy"),
    ]


def _newcomer(office: Office, word: str, random: Random) -> Newcomer:
    login = f"{word}.{office.code.lower()}"
    name = invented_name(random)
    return Newcomer(f"{login}@usaha.example", login, name, make_password(PASSWORD))


def join_another(offices: list[Office]) -> None:
    """The first business whose form fits uses its account at a second office too."""
    for office, other in permutations(offices, 2):
        here = Supplier.objects.filter(registrations__office=office).order_by("pk")
        if any(join_office(supplier, other) for supplier in here):
            return
