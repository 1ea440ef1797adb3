"""Who of an office helps with registration mails, sees to SIKaP, and lets an account stand still."""

from loket.accounts.models import User
from loket.offices.models import Office
from loket.offices.permissions import has_role, may
from loket.offices.roles import OFFICERS, Permission, Role
from loket.tickets.models import Ticket
from loket.tickets.permissions import is_party, takes_tickets

HEADS = (Role.KEPALA_TIM, Role.KASUBAG_LPSE, Role.KEPALA_BAGIAN)
HELPERS = (Role.FRONT_OFFICE, Role.HELPDESK, Role.VERIFIKATOR, *HEADS)
ALARMED = (Role.HELPDESK, *HEADS)


def reads_at(user: User, office: Office) -> bool:
    """Whether this officer works at this office at all, an auditor included."""
    return has_role(user, OFFICERS, office.pk)


def helps_at(user: User, office: Office) -> bool:
    """Whether this officer may have the office's registration mails sent again."""
    return has_role(user, HELPERS, office.pk)


def follows_up(user: User, ticket: Ticket) -> bool:
    """Officers who see to SIKaP: whoever works on the office's tickets, never for his own request."""
    return takes_tickets(user, ticket) and not is_party(user, ticket)


def waives(user: User, ticket: Ticket) -> bool:
    """Who may leave SIKaP out with a reason: the verifier of the step, or a head."""
    roles = (Role.VERIFIKATOR, *HEADS)
    return has_role(user, roles, ticket.office_id) and not is_party(user, ticket)


def suspends(user: User, ticket: Ticket) -> bool:
    """Heads let an account stand still and lift that, never for their own business (G12)."""
    may_suspend = may(user, Permission.SUPPLIER_SUSPEND, ticket.office_id)
    return may_suspend and not is_party(user, ticket)
