"""The statuses of a ticket and every way between them.

submitted ----------> in_progress --finish--> done --close--> closed
    |  \\               ^   |  |  ^              |                |
    |   ask_applicant  |   |  |  resume         +---- reopen ----+--> in_progress
    |    v             |   |  v  |
    |  waiting_applicant   waiting_outside
    +--> rejected, withdrawn
"""

from collections.abc import Callable
from dataclasses import dataclass

from loket.tickets.models import Outcome, Status, Ticket
from loket.tickets.permissions import (
    Actor,
    does_current_step,
    is_system,
    merges,
    rejects,
    reopens,
    takes_tickets,
    withdraws,
)


@dataclass(frozen=True)
class Transition:
    """One arrow: from where, to where, who may walk it, what must be said, what comes of it."""

    name: str
    sources: frozenset[str]
    target: str
    who: Callable[[Actor, Ticket], bool]
    needs_note: bool = False
    outcome: str = ""

    def is_open_for(self, user: Actor, ticket: Ticket) -> bool:
        return ticket.status in self.sources and self.who(user, ticket)


def _from(*sources: str) -> frozenset[str]:
    return frozenset(sources)


S = Status
TAKE = Transition(
    "take", _from(S.SUBMITTED, S.IN_PROGRESS), S.IN_PROGRESS, takes_tickets
)
RESUME = Transition(
    "resume",
    _from(S.SUBMITTED, S.WAITING_APPLICANT, S.WAITING_OUTSIDE),
    S.IN_PROGRESS,
    does_current_step,
)
ASK_APPLICANT = Transition(
    "ask_applicant",
    _from(S.SUBMITTED, S.IN_PROGRESS),
    S.WAITING_APPLICANT,
    does_current_step,
)
PASS_OUTSIDE = Transition(
    "pass_outside", _from(S.IN_PROGRESS), S.WAITING_OUTSIDE, does_current_step
)
FINISH = Transition(
    "finish",
    _from(S.IN_PROGRESS, S.WAITING_OUTSIDE),
    S.DONE,
    does_current_step,
    outcome=Outcome.FULFILLED,
)
REJECT = Transition(
    "reject", _from(S.SUBMITTED, S.IN_PROGRESS), S.REJECTED, rejects,
    needs_note=True, outcome=Outcome.REJECTED,
)  # fmt: skip
WITHDRAW = Transition(
    "withdraw", _from(S.SUBMITTED, S.IN_PROGRESS, S.WAITING_APPLICANT), S.WITHDRAWN, withdraws,
    outcome=Outcome.WITHDRAWN,
)  # fmt: skip
CLOSE = Transition("close", _from(S.DONE), S.CLOSED, is_system)
CLOSE_UNANSWERED = Transition(
    "close_unanswered",
    _from(S.WAITING_APPLICANT),
    S.CLOSED,
    is_system,
    outcome=Outcome.UNANSWERED,
)
REOPEN = Transition(
    "reopen",
    _from(S.DONE, S.CLOSED, S.REJECTED, S.WITHDRAWN),
    S.IN_PROGRESS,
    reopens,
    needs_note=True,
)

MERGE = Transition(
    "merge", _from(S.SUBMITTED, S.IN_PROGRESS, S.WAITING_APPLICANT, S.WAITING_OUTSIDE), S.CLOSED, merges,
    needs_note=True, outcome=Outcome.MERGED,
)  # fmt: skip

TRANSITIONS = (
    TAKE, RESUME, ASK_APPLICANT, PASS_OUTSIDE, FINISH, REJECT, WITHDRAW,
    CLOSE, CLOSE_UNANSWERED, REOPEN, MERGE,
)  # fmt: skip
INITIAL = Status.SUBMITTED
FINAL: frozenset[str] = frozenset()  # every end can be reopened by the head


def available(user: Actor, ticket: Ticket) -> list[Transition]:
    """The buttons to show: exactly what `move` would accept."""
    return [each for each in TRANSITIONS if each.is_open_for(user, ticket)]
