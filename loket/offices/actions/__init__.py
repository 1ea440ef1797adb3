"""Every write of the room."""

from loket.offices.actions.absences import Away, end_absence, note_absence
from loket.offices.actions.invitations import (
    accept,
    accept_as_newcomer,
    invite,
    new_link,
    withdraw,
)
from loket.offices.actions.settings import (
    close_office,
    drop_holiday,
    load_holidays,
    next_number,
    set_holiday,
)
from loket.offices.actions.staff import (
    appoint,
    change_role,
    change_until,
    dismiss,
    drop_factor,
)

__all__ = [
    "Away",
    "accept",
    "accept_as_newcomer",
    "appoint",
    "change_role",
    "change_until",
    "close_office",
    "dismiss",
    "drop_factor",
    "drop_holiday",
    "end_absence",
    "invite",
    "load_holidays",
    "new_link",
    "next_number",
    "note_absence",
    "set_holiday",
    "withdraw",
]
