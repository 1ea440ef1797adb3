"""Every write of the room."""

from loket.suppliers.actions.accounts import activate, free, reveal, settle_claim
from loket.suppliers.actions.drafts import answer, begin, confirm, new_link
from loket.suppliers.actions.joining import join
from loket.suppliers.actions.opening import Asked, Taken
from loket.suppliers.actions.submitting import submit

__all__ = [
    "Asked",
    "Taken",
    "activate",
    "answer",
    "begin",
    "confirm",
    "free",
    "join",
    "new_link",
    "reveal",
    "settle_claim",
    "submit",
]
