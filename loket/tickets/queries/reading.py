"""Single tickets and their timelines, as people outside and inside the office read them."""

from loket.accounts.models import User
from loket.kernel.fence import show
from loket.tickets.models import Event, Party, Ticket
from loket.tickets.queries.merging import code_that_leads_on, with_merged

OFFICE_ONLY = (
    "note",
    "take",
    "release",
    "assign",
    "second_waived",
    "identity_seen",
    "check_recorded",
    "check_overridden",
    "proof_given",
    "proof_infected",
    "proofs_destroyed",
    "sent_back",
    "reported",
    "classified",
    "chased",
    "chase_due",
)


def readable_code(code: str) -> str:
    """`7KQ4-M2XP`: how a public code is printed."""
    return f"{code[:4]}-{code[4:]}"


def by_public_code(code: str) -> Ticket | None:
    """The ticket behind the code of a receipt, written in any way; the code alone is the right to see it."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    found = _with_code(plain)
    if found is None or found.merged_into_id is None:
        return found
    return _with_code(code_that_leads_on(plain))


def _with_code(plain: str) -> Ticket | None:
    show(ticket=plain)
    found = Ticket.objects.with_names().with_standard()
    return found.filter(public_code=plain).first()


def timeline(ticket: Ticket, *, for_office: bool) -> list[Event]:
    """Events with their actors, oldest first; internal ones only for the office."""
    found = Event.objects.filter(ticket=ticket).select_related("by").order_by("id")
    return list(found if for_office else found.exclude(name__in=OFFICE_ONLY))


def has_happened(ticket: Ticket, *names: str) -> bool:
    """Whether such an event is on the timeline, or on that of a ticket merged into it, whose calls, evidence
    and answers came along; no statement once the page has read it."""
    known: set[str] = getattr(ticket, "happened", set())
    unread: set[str] = getattr(ticket, "unread", {*names})
    if known & {*names} or not unread & {*names}:
        return not known.isdisjoint(names)
    here = Event.objects.filter(with_merged(ticket.pk))
    return here.filter(name__in=names).exists()


def reachable_parties(ticket: Ticket) -> list[User]:
    """Who outside the office is told by mail what happens to this ticket."""
    current = Party.objects.current().filter(ticket=ticket)
    return [party.user for party in current.select_related("user").order_by("id")]
