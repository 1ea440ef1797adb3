"""The search over all tickets of an officer's offices: number, applicant, people, messages."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db import connection

from loket.accounts.models import User
from loket.offices.permissions import standing
from loket.offices.roles import Permission
from loket.tickets.models import Ticket
from loket.tickets.queries.desk import PAGE_ROWS

COUNTED = 1000  # more hits than this are not counted


@dataclass(frozen=True)
class Hits:
    """Which tickets a search found, the one recorded last first, and whether it stopped counting."""

    ids: list[int] = field(default_factory=list)
    is_more: bool = False

    def page(self, number: str | None) -> Page[int]:
        """The hits of one page."""
        return Paginator(self.ids, PAGE_ROWS).get_page(number)


def search(user: User, text: str) -> Hits:
    """Tickets at the desk, open or ended, in which each word begins some word. One statement."""
    if not any(map(str.isalnum, text)):
        return Hits()
    offices, services = _reach(user)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array(SELECT loket_search(%s, %s::bigint[], %s::text[], %s))",
            [text, offices, services, COUNTED + 1],
        )
        ids: list[int] = cursor.fetchone()[0]
    return Hits(ids[:COUNTED], len(ids) > COUNTED)


def tickets_of(user: User, page: Page[int]) -> list[Ticket]:
    """The tickets of a page of hits, in its order."""
    found = Ticket.objects.at_desk_of(user).with_names().in_bulk(list(page.object_list))
    return [found[each] for each in page.object_list if each in found]


def _reach(user: User) -> tuple[list[int], list[str]]:
    """Offices this person reads whole, and `office:service` where he reads only these."""
    scopes = standing(user).scopes
    offices = standing(user).offices_with(Permission.TICKET_READ)
    scoped = [
        f"{office}:{code}"
        for office in scopes.keys() & {*offices}
        for code in sorted(scopes[office])
    ]
    return [each for each in offices if each not in scopes], scoped
