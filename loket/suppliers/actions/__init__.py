"""Every write of the room."""

from loket.suppliers.actions.accounts import (
    Activation,
    activate,
    free,
    reveal,
    settle_claim,
)
from loket.suppliers.actions.asking import (
    ask,
    ask_again,
    ask_to_resume,
    report,
    send_again,
)
from loket.suppliers.actions.drafts import (
    answer,
    begin,
    confirm,
    keep_refused,
    new_link,
    new_report_link,
)
from loket.suppliers.actions.joining import join
from loket.suppliers.actions.limits import TooMany, admit, solve
from loket.suppliers.actions.moving import move
from loket.suppliers.actions.opening import Asked, Taken
from loket.suppliers.actions.submitting import submit

__all__ = [
    "Activation",
    "Asked",
    "Taken",
    "TooMany",
    "activate",
    "admit",
    "answer",
    "ask",
    "ask_again",
    "ask_to_resume",
    "begin",
    "confirm",
    "free",
    "join",
    "keep_refused",
    "move",
    "new_link",
    "new_report_link",
    "report",
    "reveal",
    "send_again",
    "settle_claim",
    "solve",
    "submit",
]
