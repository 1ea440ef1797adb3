"""Keeping what was filled in, and passing a request on to whom the office names (E1-E5)."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.pack import Step
from loket.tickets.actions.events import record
from loket.tickets.actions.messages import write_message
from loket.tickets.actions.moves import WrongStatus
from loket.tickets.actions.procedure import check_step, complete_step
from loket.tickets.models import Escalation, Form, Said, Ticket
from loket.tickets.permissions import is_party, takes_tickets
from loket.tickets.queries.answers import form_of, read, waiting_outside

ANSWERED = "answered"  # the applicant is told by mail


@transaction.atomic
def keep_form(ticket: Ticket, said: Said, *, by: User) -> Form:
    """The form as it is now; the one before stays readable. Values are what JSON can say."""
    ticket.lock()
    before = form_of(ticket)
    now = clock.now()
    form = Form.objects.create(
        office_id=ticket.office_id, ticket=ticket, version=before.version + 1 if before else 1,
        said=json.dumps(said, ensure_ascii=False), by=by, at=now, recorded_at=now,
    )  # fmt: skip
    if before is not None:
        record(ticket, "form_mended", by=by, version=form.version)
    return form


@transaction.atomic
def show_form(ticket: Ticket, *, by: User) -> Said:
    """Identity numbers on the form in full, on record first (G11)."""
    may_read = may(by, Permission.IDENTITY_READ, ticket.office_id)
    form = form_of(ticket)
    if form is None or not may_read or is_party(by, ticket):
        raise PermissionDenied
    record(ticket, "identity_seen", by=by)
    return read(form)


@dataclass(frozen=True)
class Passed:
    """To whom a request goes, what was tried before, and the number it has there if it is known."""

    party: str
    tried: str
    reference: str = ""


@transaction.atomic
def escalate(ticket: Ticket, step: Step, passed: Passed, *, by: User) -> Escalation:
    """Pass the request on by this step; it waits until `record_result`."""
    ticket.lock()
    check_step(ticket, step, by=by)
    if passed.party not in step.to:
        raise ValidationError({"party": _("Pilih tujuannya.")})
    answer_escalation(ticket, by=by)  # whoever had it gave it back
    now = clock.now()
    made = Escalation.objects.create(
        office_id=ticket.office_id, ticket=ticket, step=step.code, party=passed.party,
        tried=passed.tried, reference=passed.reference, by=by, at=now, recorded_at=now,
    )  # fmt: skip
    complete_step(ticket, step, by=by, party=passed.party, reference=passed.reference)
    return made


@transaction.atomic
def note_reference(ticket: Ticket, *, by: User, reference: str = "", chased: bool = False) -> None:  # fmt: skip
    """Write down the number the other side gave, or that it was asked how far it is."""
    ticket.lock()
    waiting = waiting_outside(ticket)
    if not takes_tickets(by, ticket):
        raise PermissionDenied
    if waiting is None:
        raise WrongStatus(_("Jawaban pihak luar sudah dicatat."))
    waiting.reference = reference or waiting.reference
    waiting.chased_at = clock.now() if chased else waiting.chased_at
    waiting.save(update_fields=["reference", "chased_at"])
    name = "chased" if chased else "outside_number"
    record(ticket, name, by=by, party=waiting.party, reference=waiting.reference)


@transaction.atomic
def remind_chasing(escalation: Escalation, *, by: None) -> None:
    """It is time to ask the other side; whoever answers meanwhile is not reminded."""
    ticket = escalation.ticket
    ticket.lock()
    due = Escalation.objects.filter(pk=escalation.pk, answered_at=None, reminded_at=escalation.reminded_at)  # fmt: skip
    if due.update(reminded_at=clock.now()):
        record(ticket, "chase_due", by=by, party=escalation.party)


@transaction.atomic
def answer_escalation(ticket: Ticket, *, by: User, at: datetime | None = None) -> Escalation | None:  # fmt: skip
    """What waited has its answer; None where nothing was passed on."""
    ticket.lock()
    waiting = waiting_outside(ticket)
    if waiting is None:
        return None
    moment = at or clock.now()
    waiting.answered_at, waiting.answered_by = max(moment, waiting.at), by
    waiting.save(update_fields=["answered_at", "answered_by"])
    return waiting


@transaction.atomic
def record_result(
    ticket: Ticket, step: Step, *, by: User, result: str, reference: str = "", at: datetime | None = None
) -> None:  # fmt: skip
    """The answer of the other side: the applicant reads it, and the office has the request again."""
    ticket.lock()
    check_step(ticket, step, by=by)
    waiting = answer_escalation(ticket, by=by, at=at)
    answer = write_message(ticket, by=by, body=result)
    if waiting is not None:
        waiting.reference, waiting.answer = reference or waiting.reference, answer
        waiting.save(update_fields=["reference", "answer"])
    record(ticket, ANSWERED, by=by, step=step.code)
    known = waiting.reference if waiting else reference
    complete_step(ticket, step, by=by, at=at, reference=known)


@transaction.atomic
def explain(ticket: Ticket, step: Step, *, by: User, body: str) -> None:
    """Write the answer the applicant asked for, and end the step."""
    ticket.lock()
    check_step(ticket, step, by=by)
    write_message(ticket, by=by, body=body)
    record(ticket, ANSWERED, by=by, step=step.code)
    complete_step(ticket, step, by=by)


@dataclass(frozen=True)
class Performed:
    """Work done in another system: where, under which number, when, and a word for the applicant."""

    where: str
    reference: str = ""
    at: datetime | None = None
    body: str = ""


@transaction.atomic
def perform(ticket: Ticket, step: Step, done: Performed, *, by: User) -> None:
    """Write down that the work was done. A request that was passed on inside the office is answered by it."""
    ticket.lock()
    check_step(ticket, step, by=by)
    answer_escalation(ticket, by=by, at=done.at)
    if done.body:
        write_message(ticket, by=by, body=done.body)
    record(ticket, ANSWERED, by=by, step=step.code)
    complete_step(ticket, step, by=by, at=done.at, where=done.where, reference=done.reference)  # fmt: skip
