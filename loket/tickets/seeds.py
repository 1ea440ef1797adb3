"""Demo tickets walk through their procedures by the same kinds of step as real ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from loket.accounts.models import User
from loket.kernel import clock
from loket.standards.pack import Step
from loket.standards.queries import spec_of
from loket.tickets.actions import Answer, Finding, judge, record_check, take
from loket.tickets.models import Ticket
from loket.tickets.permissions import does_step
from loket.tickets.queries import asked_checks, asked_documents
from loket.tickets.queries.progress import hours_for
from loket.tickets.steps import kind_of

SOURCES = {"kswp": "DJP Online", "npwp": "DJP Online", "nib": "OSS"}


def walk(
    ticket: Ticket,
    staff: Sequence[User],
    *,
    steps: int,
    until: datetime,
    random: Random,
) -> None:
    """Complete so many steps at believable times within the office's hours, none after `until`."""
    moment = clock.now()
    for _ in range(steps):
        if not ticket.is_open:
            return
        step = spec_of(ticket.standard_id).step(ticket.step)
        worker = _whoever_does(ticket, step, staff)
        pause = timedelta(minutes=random.choice((1, 2, 2, 3, 4, 6)))
        moment = _when_open(ticket, moment + pause)
        if worker is None or moment > until:
            return
        with clock.at(moment):
            do_step(ticket, step, by=worker)


def do_step(ticket: Ticket, step: Step, *, by: User) -> None:
    """Whatever the step's kind needs before its button, then the button."""
    if step.actor != "applicant" and ticket.assignee_id != by.pk:
        take(ticket, by=by)
    if step.kind == "verify_documents":
        _look_at_everything(ticket, by)
    form = kind_of(step).form(ticket, step)
    said: dict[str, Any] = {name: _first(field) for name, field in form.fields.items()}
    kind_of(step).complete(ticket, step, by=by, **said)


def _first(field: Any) -> Any:
    """The first real answer of a choice, nothing for the rest."""
    answers = [value for value, _ in getattr(field, "choices", []) if value]
    if not answers:
        return None if not field.required else field.label
    return field.coerce(answers[0]) if hasattr(field, "coerce") else answers[0]


def _look_at_everything(ticket: Ticket, by: User) -> None:
    for check in asked_checks(ticket):
        if check.check is None:
            source = SOURCES.get(check.kind, "Laman resmi")
            record_check(ticket, check.kind, Answer("good", source), by=by)
    for asked in asked_documents(ticket):
        if asked.document is not None and not asked.is_accepted:
            finding = Finding(accepted=True, original_seen=True)
            judge(asked.document, finding, by=by, after=asked.revision)


def refuse_first(ticket: Ticket, *, by: User, reason: str) -> None:
    """One document cannot be read, the others are good: the ticket goes back."""
    first, *others = asked_documents(ticket)
    if first.document is None:
        return
    judge(
        first.document,
        Finding(accepted=False, reason=reason),
        by=by,
        after=first.revision,
    )
    for asked in others:
        if asked.document is not None:
            judge(asked.document, Finding(accepted=True), by=by, after=asked.revision)
    step = spec_of(ticket.standard_id).step(ticket.step)
    kind_of(step).complete(ticket, step, by=by)


def _whoever_does(ticket: Ticket, step: Step, staff: Sequence[User]) -> User | None:
    able = [each for each in staff if does_step(each, ticket, step)]
    mine = [each for each in able if each.pk == ticket.assignee_id]
    return next(iter(mine or able), None)


def _when_open(ticket: Ticket, moment: datetime) -> datetime:
    hours = hours_for(ticket, spec_of(ticket.standard_id))
    if hours is None or hours.is_open(moment):
        return moment
    return hours.opens_next(moment) + timedelta(minutes=7)
