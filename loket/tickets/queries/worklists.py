"""The lists an officer works from. Every open ticket of an office stands in exactly one of five (ADR 0025)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.tickets.models import Ticket, Turn
from loket.tickets.models.ticket import TicketQuerySet

ALL = "semua"


@dataclass(frozen=True)
class Worklist:
    """One list: its place in the address, its name on the screen, its icon, and whether its rows say who holds them."""

    code: str
    title: str | Promise
    icon: str
    names_holder: bool = False

    def condition(self, user: User) -> Q:
        """What belongs into it, seen by this officer."""
        at_office = Q(turn=Turn.OFFICE)
        return {
            "giliran-saya": at_office & Q(assignee=user),
            "belum-diambil": at_office & Q(assignee=None),
            "dipegang-rekan": at_office & Q(assignee__isnull=False) & ~Q(assignee=user),
            "menunggu-pemohon": Q(turn=Turn.APPLICANT),
            "diteruskan": Q(turn=Turn.OUTSIDE),
        }.get(self.code, Q())


WORKLISTS = {
    each.code: each
    for each in (
        Worklist("giliran-saya", _("Giliran saya"), "user"),
        Worklist("belum-diambil", _("Belum diambil"), "ticket"),
        Worklist("dipegang-rekan", _("Dipegang rekan"), "users", names_holder=True),
        Worklist("menunggu-pemohon", _("Menunggu pemohon"), "pause"),
        Worklist("diteruskan", _("Diteruskan"), "out"),
        Worklist(ALL, _("Semua yang terbuka"), "list", names_holder=True),
    )
}


@dataclass(frozen=True)
class Numbers:
    """How many tickets stand in a list, how many of them are overdue, how many due within the office's minutes."""

    all: int = 0
    late: int = 0
    soon: int = 0


def is_late(now: datetime) -> Q:
    """The promise has run out, whoever's fault it is."""
    return Q(due_at__lt=now)


def is_soon(now: datetime) -> Q:
    """The promise runs out within the office's minutes of open time; as `Ticket.is_soon` says it of one."""
    return Q(due_at__gte=now, soon_at__lte=now)


def worklist(office: Office, user: User, code: str) -> TicketQuerySet:
    """The tickets of one list, the most urgent first."""
    visible: TicketQuerySet = Ticket.objects.at_desk_of(user)
    mine = visible.open().filter(WORKLISTS[code].condition(user), office=office)
    # Fifty times the office's record of its pack would be read for nothing
    return mine.with_names().defer("office__settings").by_due_time()


def counts(office: Office, user: User) -> dict[str, Numbers]:
    """How many tickets stand in each list and how near their promises are, in one statement."""
    now = clock.now()
    lists = [When(each.condition(user), Value(code)) for code, each in WORKLISTS.items() if code != ALL]  # fmt: skip
    nearness = When(is_late(now), Value("late")), When(is_soon(now), Value("soon"))
    found = Ticket.objects.at_desk_of(user).open().filter(office=office)
    sums = found.values(
        inside=Case(*lists), near=Case(*nearness, default=Value(""))
    ).annotate(sum=Count("pk"))
    numbers: Counter[tuple[str, str]] = Counter()
    for row in sums:
        for code in (row["inside"], ALL):
            numbers[code, "all"] += row["sum"]
            numbers[code, row["near"]] += row["sum"]
    return {
        code: Numbers(*(numbers[code, what] for what in ("all", "late", "soon")))
        for code in WORKLISTS
    }
