"""Tables of the room: the office, its hours and numbers, its staff and when they are away."""

from loket.offices.models.absence import Absence, AbsenceKind
from loket.offices.models.office import Calendar, Closure, Holiday, Office, Sequence
from loket.offices.models.staff import Invitation, Membership

__all__ = [
    "Absence",
    "AbsenceKind",
    "Calendar",
    "Closure",
    "Holiday",
    "Invitation",
    "Membership",
    "Office",
    "Sequence",
]
