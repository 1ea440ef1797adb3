"""Every write of the room."""

from loket.tickets.actions.assigning import assign, give_back, release, take
from loket.tickets.actions.checks import (
    Answer,
    Evidence,
    override_check,
    record_check,
    refuse_unless_clear,
)
from loket.tickets.actions.documents import (
    Finding,
    ask_proxy,
    attach,
    give_document,
    judge,
    judge_all,
)
from loket.tickets.actions.issuing import issue
from loket.tickets.actions.mails import note_lost_mail
from loket.tickets.actions.merging import merge
from loket.tickets.actions.messages import write_message
from loket.tickets.actions.moves import (
    WrongStatus,
    ask_applicant,
    close,
    close_unanswered,
    finish,
    pass_outside,
    reject,
    resume,
    withdraw,
)
from loket.tickets.actions.opening import Applicant, DoneBefore, Request, open_ticket
from loket.tickets.actions.procedure import (
    check_step,
    complete_step,
    recompute_due,
    send_back,
)
from loket.tickets.actions.proofs import prove
from loket.tickets.actions.reopening import ask_reopening, reopen
from loket.tickets.actions.waiving import waive_second

__all__ = [
    "Answer",
    "Applicant",
    "DoneBefore",
    "Evidence",
    "Finding",
    "Request",
    "WrongStatus",
    "ask_applicant",
    "ask_proxy",
    "ask_reopening",
    "assign",
    "attach",
    "check_step",
    "close",
    "close_unanswered",
    "complete_step",
    "finish",
    "give_back",
    "give_document",
    "issue",
    "judge",
    "judge_all",
    "merge",
    "note_lost_mail",
    "open_ticket",
    "override_check",
    "pass_outside",
    "prove",
    "recompute_due",
    "record_check",
    "refuse_unless_clear",
    "reject",
    "release",
    "reopen",
    "resume",
    "send_back",
    "take",
    "waive_second",
    "withdraw",
    "write_message",
]
