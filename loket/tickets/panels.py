"""Boxes that higher rooms add to the ticket page, such as what the applicant typed."""

from collections.abc import Callable

from loket.accounts.models import User
from loket.tickets.models import Ticket
from loket.tickets.steps import Panel

Shower = Callable[[Ticket, User], Panel | None]
_showers: list[Shower] = []
_own: list[Shower] = []


def register(shower: Shower) -> Shower:
    """Ask this function for a panel whenever an officer opens a ticket; None adds nothing."""
    _showers.append(shower)
    return shower


def register_own(shower: Shower) -> Shower:
    """The same for the applicant's own page."""
    _own.append(shower)
    return shower


def own_panels_of(ticket: Ticket, user: User) -> list[Panel]:
    """What the rooms above show of this ticket to its applicant."""
    found = (shower(ticket, user) for shower in _own)
    return [panel for panel in found if panel is not None]


def panels_of(ticket: Ticket, user: User) -> list[Panel]:
    """What the rooms above show of this ticket to this officer."""
    found = (shower(ticket, user) for shower in _showers)
    return [panel for panel in found if panel is not None]
