"""Who may touch a ticket. Every rule is a plain function of (user, ticket); None is the system."""

from loket.accounts.models import User
from loket.offices.permissions import has_role, may, standing
from loket.offices.roles import Permission
from loket.standards.kinds import KINDS
from loket.standards.pack import Step
from loket.standards.queries import spec_of
from loket.tickets.models import Event, Party, Ticket, Turn

Actor = User | None
# Of the parties: his staff and his proxy see and hand in, no more
APPLICANT = "applicant"


def is_party(user: Actor, ticket: Ticket) -> bool:
    """Whether the ticket is this person's own request."""
    if user is None:
        return False
    if getattr(ticket, "party_asked", None) == user.pk:
        return bool(getattr(ticket, "party_found", False))
    mine: bool = Party.objects.current().filter(ticket=ticket, user=user).exists()
    return mine


def takes_tickets(user: Actor, ticket: Ticket) -> bool:
    """Officers of the ticket's office who may work on it."""
    return user is not None and may(user, Permission.TICKET_TAKE, ticket.office_id)


def reopens(user: Actor, ticket: Ticket) -> bool:
    """Heads of the office, though none for his own request."""
    if user is None or not may(user, Permission.TICKET_REOPEN, ticket.office_id):
        return False
    return ticket.merged_into_id is None and not is_party(user, ticket)


def overrides_checks(user: User, ticket: Ticket) -> bool:
    """Heads of the office, though none for his own request (G12)."""
    is_head = may(user, Permission.CHECK_OVERRIDE, ticket.office_id)
    return is_head and not is_party(user, ticket)


def merges(user: Actor, ticket: Ticket) -> bool:
    """Officers who may work on it, though none for his own request, and not once something was delivered."""
    if not takes_tickets(user, ticket) or is_party(user, ticket):
        return False
    return not is_delivered(ticket)


def is_system(user: Actor, ticket: Ticket) -> bool:
    """Only a job of loket itself."""
    return user is None


def does_step(user: Actor, ticket: Ticket, step: Step) -> bool:
    """Whether this person is the step's actor, or a role the standard lets stand in.

    Nobody does the office's part of his own request (design 5).
    """
    if user is None:
        return False
    is_role = has_role(user, step.roles, ticket.office_id)
    is_applicants = "applicant" in step.roles
    if not is_role and not is_applicants:
        return False
    return is_applicants if is_party(user, ticket) else is_role


def does_current_step(user: Actor, ticket: Ticket) -> bool:
    """Whether the ticket waits for this person's role."""
    # Only while it is being opened: its opener walks it to the first step.
    if not ticket.step:
        return user is not None
    return does_step(user, ticket, spec_of(ticket.standard_id).step(ticket.step))


def judges(user: Actor, ticket: Ticket) -> bool:
    """Officers who do a step that looks at documents or can send them back (G6)."""
    if ticket.turn != Turn.OFFICE or not does_current_step(user, ticket):
        return False
    step = spec_of(ticket.standard_id).step(ticket.step)
    can_return = step.returns_to is not None and not step.refuses
    return can_return or KINDS[step.kind].judges


def withdraws(user: Actor, ticket: Ticket) -> bool:
    """The applicant himself, as long as nothing was delivered that could not be taken back."""
    mine = Party.objects.current().filter(ticket=ticket, user=user)
    if not is_party(user, ticket) or not mine.filter(as_what=APPLICANT).exists():
        return False
    return not is_delivered(ticket)


def is_delivered(ticket: Ticket) -> bool:
    """Whether the applicant was given what he asked for, such as an active account."""
    steps = spec_of(ticket.standard_id).procedure
    delivering = [step.code for step in steps if KINDS[step.kind].delivers]
    done = Event.objects.filter(ticket=ticket, name="step_done", step__in=delivering)
    return not done.exists()


def rejects(user: Actor, ticket: Ticket) -> bool:
    """Whoever does a step by which the standard lets a request be turned down (C17)."""
    if not does_current_step(user, ticket):
        return False
    return spec_of(ticket.standard_id).step(ticket.step).refuses


def as_what(user: Actor, ticket: Ticket) -> str:
    """The kind of actor an event names: officer, party or system."""
    if user is None:
        return "system"
    return "officer" if ticket.office_id in standing(user).by_office else "party"
