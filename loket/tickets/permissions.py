"""Who may touch a ticket. Every rule is a plain function of (user, ticket); None is the system."""

from loket.accounts.models import User
from loket.offices.permissions import has_role, is_present, may, standing
from loket.offices.roles import Permission
from loket.standards.kinds import KINDS
from loket.standards.pack import Step
from loket.standards.queries import spec_of
from loket.tickets.models import Event, Party, Segment, Ticket, Turn
from loket.tickets.queries.hands import (
    first_officers,
    has_asked_reopening,
    is_reopened_late,
)

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
    """Officers of the ticket's office who may work on it, none on his own request (G9)."""
    if user is None or not may(user, Permission.TICKET_TAKE, ticket.office_id):
        return False
    return not is_party(user, ticket)


def writes_for_office(user: User, ticket: Ticket) -> bool:
    """Officers who answer for the office, none about his own request."""
    officer = may(user, Permission.TICKET_REPLY, ticket.office_id)
    return officer and not is_party(user, ticket)


def holds_tickets(user: User, ticket: Ticket) -> bool:
    """Who can be given this ticket: works here, is no party of it, and is not away now."""
    return takes_tickets(user, ticket) and is_present(user, ticket.office_id)


def hands_over(user: User, ticket: Ticket) -> bool:
    """The holder for what he holds, heads for every ticket of their office."""
    if not takes_tickets(user, ticket):
        return False
    is_head = may(user, Permission.TICKET_ASSIGN, ticket.office_id)
    return is_head or ticket.assignee_id == user.pk


def asks_reopening(user: User, ticket: Ticket) -> bool:
    """The applicant himself, within the office's days after the end, once each time."""
    if ticket.is_open or ticket.ended_at is None or not is_applicant(user, ticket):
        return False
    return not is_reopened_late(ticket) and not has_asked_reopening(ticket)


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
    return takes_tickets(user, ticket) and not is_delivered(ticket)


def is_system(user: Actor, ticket: Ticket) -> bool:
    """Only a job of loket itself."""
    return user is None


def does_step(user: Actor, ticket: Ticket, step: Step) -> bool:
    """Whether this person is the step's actor, or a role the standard lets stand in.

    loket itself ends a step whose time elapses. Nobody does the office's part of his own request (design 5).
    """
    if user is None:
        return KINDS[step.kind].elapses
    is_role = has_role(user, step.roles, ticket.office_id)
    is_applicants = "applicant" in step.roles
    if not is_role and not is_applicants:
        return False
    if is_party(user, ticket):
        return is_applicants
    return is_role and not is_barred(user, ticket, step)


def is_barred(user: User, ticket: Ticket, step: Step) -> bool:
    """Whether another officer must do this step, because this one did what it looks at (G9)."""
    if not step.not_by or not has_role(user, step.roles, ticket.office_id):
        return False
    return user.pk in first_officers(ticket, step)


def waives_second(user: User, ticket: Ticket) -> bool:
    """Heads, for themselves too: some offices have one officer of each kind."""
    if not takes_tickets(user, ticket):
        return False
    return may(user, Permission.SECOND_WAIVE, ticket.office_id)


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
    return _looks_at_documents(spec_of(ticket.standard_id).step(ticket.step))


def _looks_at_documents(step: Step) -> bool:
    can_return = step.returns_to is not None and not step.refuses
    return can_return or KINDS[step.kind].judges


def has_judged(user: User, ticket: Ticket) -> bool:
    """Whether the ticket stood at a step where this officer judges, so that he may not know that it has left it."""
    stood = Segment.objects.filter(ticket=ticket).values_list("step", flat=True)
    spec = spec_of(ticket.standard_id)
    steps = map(spec.step, set(stood))
    return any(_looks_at_documents(one) and does_step(user, ticket, one) for one in steps)  # fmt: skip


def is_applicant(user: Actor, ticket: Ticket) -> bool:
    """Whether he asked himself, rather than seeing it as somebody's staff or proxy."""
    if not is_party(user, ticket):
        return False
    mine = Party.objects.current().filter(ticket=ticket, user=user)
    asked: bool = mine.filter(as_what=APPLICANT).exists()
    return asked


def withdraws(user: Actor, ticket: Ticket) -> bool:
    """The applicant himself, as long as nothing was delivered that could not be taken back."""
    if not is_applicant(user, ticket):
        return False
    return not is_delivered(ticket)


def is_delivered(ticket: Ticket) -> bool:
    """Whether the applicant was given what he asked for, such as an active account."""
    steps = spec_of(ticket.standard_id).procedure
    delivering = [step.code for step in steps if KINDS[step.kind].delivers]
    done = Event.objects.filter(ticket=ticket, name="step_done", step__in=delivering)
    return done.exists()


def rejects(user: Actor, ticket: Ticket) -> bool:
    """Whoever does a step by which the standard lets a request be turned down (C17)."""
    if not does_current_step(user, ticket):
        return False
    return spec_of(ticket.standard_id).step(ticket.step).refuses


def as_what(user: Actor, ticket: Ticket) -> str:
    """The kind of actor an event names: officer, party or system."""
    if user is None:
        return "system"
    is_officer = ticket.office_id in standing(user).by_office
    return "officer" if is_officer and not is_party(user, ticket) else "party"
