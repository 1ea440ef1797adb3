"""The lists an officer works from. Every open ticket of an office stands in exactly one of four."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.offices.models import Office
from loket.tickets.models import Ticket, Turn
from loket.tickets.models.ticket import TicketQuerySet


@dataclass(frozen=True)
class Worklist:
    """One list: its place in the address, its name on the screen and its icon."""

    code: str
    title: str | Promise
    icon: str

    def condition(self, user: User) -> Q:
        """What belongs into it, seen by this officer."""
        return {
            "giliran-saya": Q(turn=Turn.OFFICE, assignee=user),
            "belum-diambil": Q(turn=Turn.OFFICE, assignee=None),
            "menunggu-pemohon": Q(turn=Turn.APPLICANT),
            "diteruskan": Q(turn=Turn.OUTSIDE),
        }.get(self.code, Q())


WORKLISTS = {
    each.code: each
    for each in (
        Worklist("giliran-saya", _("Giliran saya"), "user"),
        Worklist("belum-diambil", _("Belum diambil"), "ticket"),
        Worklist("menunggu-pemohon", _("Menunggu pemohon"), "pause"),
        Worklist("diteruskan", _("Diteruskan"), "out"),
        Worklist("semua", _("Semua yang terbuka"), "list"),
    )
}


def worklist(office: Office, user: User, code: str) -> TicketQuerySet:
    """The tickets of one list, the most urgent first."""
    visible: TicketQuerySet = Ticket.objects.at_desk_of(user)
    mine = visible.open().filter(WORKLISTS[code].condition(user), office=office)
    return mine.with_names().by_due_time()


def counts(office: Office, user: User) -> dict[str, int]:
    """How many tickets stand in each list, in one statement."""
    sums = {
        code.replace("-", "_"): Count("pk", filter=each.condition(user))
        for code, each in WORKLISTS.items()
    }
    found = Ticket.objects.at_desk_of(user).open().filter(office=office)
    return {
        name.replace("_", "-"): count for name, count in found.aggregate(**sums).items()
    }
