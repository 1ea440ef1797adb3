"""Every write of the room: video calls planned, moved, cancelled, held or missed."""

from loket.verification.actions.calls import (
    begin,
    cancel,
    consent,
    finish,
    judge_shown,
    keep_picture,
    miss,
    see_code,
)
from loket.verification.actions.holding import bring_calls, let_go, promise_mails
from loket.verification.actions.planning import Plan, propose

__all__ = [
    "Plan",
    "begin",
    "bring_calls",
    "cancel",
    "consent",
    "finish",
    "judge_shown",
    "keep_picture",
    "let_go",
    "miss",
    "promise_mails",
    "propose",
    "see_code",
]
