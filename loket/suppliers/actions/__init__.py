"""Every write of the room."""

from loket.suppliers.actions.accounts import activate, free, reveal, settle_claim
from loket.suppliers.actions.drafts import answer, begin, confirm, new_link
from loket.suppliers.actions.submitting import Taken, submit

__all__ = [
    "Taken",
    "activate",
    "answer",
    "begin",
    "confirm",
    "free",
    "new_link",
    "reveal",
    "settle_claim",
    "submit",
]
