"""Who holds the ticket and what the reader may do about that: his part of the desk's ticket page."""

from typing import Any

from django import forms

from loket.accounts.models import User
from loket.standards.pack import Step
from loket.tickets import workflow
from loket.tickets.forms import NoteForm, ReopenForm
from loket.tickets.models import Event, Ticket
from loket.tickets.permissions import (
    does_step,
    hands_over,
    is_barred,
    waives_second,
)
from loket.tickets.queries.hands import (
    first_officers,
    is_reopened_late,
    reopened_freely_until,
    steps_to_reopen,
)
from loket.tickets.queries.words import step_of, words
from loket.tickets.views.carried_out import Failed, placed

REOPEN, SECOND = "buka-kembali", "petugas-kedua"


def hands(
    ticket: Ticket, user: User, events: list[Event], failed: Failed
) -> dict[str, Any]:
    """What `tickets/_hands.html` shows; `seen_event` is the moment of the page, sent along by its forms."""
    is_mine = ticket.assignee_id == user.pk
    hands_on = ticket.is_open and hands_over(user, ticket)
    return {
        "seen_event": events[-1].pk if events else "",
        "may_take": not is_mine and workflow.TAKE.is_open_for(user, ticket),
        "may_assign": hands_on,
        "may_give_back": hands_on and ticket.assignee_id is not None,
        "second": _second(ticket, user, failed),
        **_reopening(ticket, user, failed),
    }


def _reopening(ticket: Ticket, user: User, failed: Failed) -> dict[str, Any]:
    if not workflow.REOPEN.is_open_for(user, ticket):
        return {"may_reopen": False}
    return {
        "may_reopen": True,
        "reopen_form": reopen_form(ticket, failed),
        "reopen_until": reopened_freely_until(ticket),
        "is_reopened_late": is_reopened_late(ticket),
    }


def reopen_form(ticket: Ticket, failed: Failed) -> forms.Form:
    """At which step, and why; the form that was refused when there is one."""
    if failed[0] == REOPEN:
        return failed[1]
    return placed(empty_reopen_form(ticket), REOPEN)


def empty_reopen_form(ticket: Ticket, data: Any = None) -> ReopenForm:
    """Offers the steps the ticket has stood at, the last one first chosen."""
    steps = [(step.code, words(step.text)) for step in steps_to_reopen(ticket)]
    said = {"step": ticket.step} | data.dict() if data is not None else None
    return ReopenForm(said, steps=steps, initial={"step": ticket.step})


def _second(ticket: Ticket, user: User, failed: Failed) -> dict[str, Any] | None:
    """Another officer must do the step: after which steps, and whether the reader may waive that."""
    step = step_of(ticket, ticket.step) if ticket.is_open else None
    if step is None or not step.not_by:
        return None
    may_waive = waives_second(user, ticket) and bool(first_officers(ticket, step))
    if not may_waive and not is_barred(user, ticket, step):
        return None
    form = failed[1] if failed[0] == SECOND else placed(NoteForm(), SECOND)
    return {
        "after": "; ".join(_titles(ticket, step)),
        "is_barred": not does_step(user, ticket, step),
        "form": form if may_waive else None,
    }


def _titles(ticket: Ticket, step: Step) -> list[str]:
    named = (step_of(ticket, code) for code in step.not_by)
    return [words(each.text) for each in named if each]
