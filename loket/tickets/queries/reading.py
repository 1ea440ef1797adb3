"""Single tickets and their timelines, as people outside and inside the office read them."""

from django.db.models import QuerySet

from loket.accounts.models import User
from loket.kernel import clock
from loket.tickets.models import Event, Party, Ticket

OFFICE_ONLY = ("note", "take", "identity_seen", "check_recorded")


def readable_code(code: str) -> str:
    """`7KQ4-M2XP`: how a public code is printed."""
    return f"{code[:4]}-{code[4:]}"


def by_public_code(code: str) -> Ticket | None:
    """The ticket behind the code of a receipt, written in any way; the code alone is the right to see it."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    found = Ticket.objects.with_names().select_related("standard")
    return found.filter(public_code=plain).first()


def of_applicant(user: User) -> QuerySet[Ticket]:
    """The tickets this person is a party of, newest first."""
    mine = Ticket.objects.visible_to(user).filter(parties__user=user)
    return mine.with_names().order_by("-submitted_at")


def timeline(ticket: Ticket, *, for_office: bool) -> list[Event]:
    """Events with their actors, oldest first; internal ones only for the office."""
    found = Event.objects.filter(ticket=ticket).select_related("by").order_by("id")
    return list(found if for_office else found.exclude(name__in=OFFICE_ONLY))


def is_overdue(ticket: Ticket) -> bool:
    """Whether the promise ran out while the office's clock runs."""
    return ticket.due_at is not None and ticket.due_at < clock.now()


def reachable_parties(ticket: Ticket) -> list[User]:
    """Who outside the office is told by mail what happens to this ticket."""
    current = Party.objects.current().filter(ticket=ticket)
    return [party.user for party in current.select_related("user").order_by("id")]
