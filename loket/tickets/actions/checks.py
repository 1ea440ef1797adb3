"""Results of outside registers, entered by hand with their source, and the gates they make."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.pack import Register, Step
from loket.tickets.actions.events import record
from loket.tickets.actions.messages import write_message
from loket.tickets.actions.moves import WrongStatus
from loket.tickets.actions.proofs import prove
from loket.tickets.models import Check, CheckOverride, CheckResult, Ticket
from loket.tickets.permissions import is_party, overrides_checks
from loket.tickets.queries import asked_checks
from loket.tickets.queries.checks import OVERRIDDEN, Gate, gates_of, register_of
from loket.tickets.queries.gates import trouble_words
from loket.tickets.queries.words import step_of


@dataclass(frozen=True)
class Evidence:
    """A picture or PDF of what the register showed."""

    data: bytes
    name: str


@dataclass(frozen=True)
class Answer:
    """What a register answered, where it was read, and when, unless just now."""

    result: str
    source: str
    note: str = ""
    at: datetime | None = None
    evidence: Evidence | None = None


@transaction.atomic
def record_check(ticket: Ticket, kind: str, answer: Answer, *, by: User) -> Check:
    """Write down what a register answered, where it was read, when and by whom (X3, G11)."""
    ticket.lock()
    if not may(by, Permission.CHECK_RECORD, ticket.office_id) or is_party(by, ticket):
        raise PermissionDenied
    if not ticket.is_open:
        raise WrongStatus(_("Tiket ini sudah berakhir."))
    if kind not in {each.kind for each in asked_checks(ticket)}:
        raise ValidationError(_("Pemeriksaan ini tidak diminta untuk tiket ini."))
    now = clock.now()
    _check_answer(answer, register_of(ticket, kind), now)
    found = Check.objects.create(
        office=ticket.office,
        ticket=ticket,
        kind=kind,
        result=answer.result,
        source=answer.source,
        note=answer.note,
        proof=prove(
            ticket, f"check-{kind}",
            data=answer.evidence.data, name=answer.evidence.name, by=by,
        ) if answer.evidence else None,
        by=by,
        at=answer.at or now,
        recorded_at=now,
    )  # fmt: skip
    record(ticket, "check_recorded", by=by, kind=kind, result=answer.result)
    return found


def _check_answer(answer: Answer, register: Register | None, now: datetime) -> None:
    """Nobody looks into a register tomorrow; what proves an answer is asked where the office asks it."""
    if answer.result not in CheckResult.values:
        raise ValidationError({"result": _("Pilih hasil")})
    if not answer.source.strip():
        raise ValidationError({"source": _("Tulis sumbernya.")})
    if answer.at and answer.at > now:
        raise ValidationError({"at": _("Waktu ini belum tiba.")})
    may_not_apply = register is not None and register.may_not_apply
    if answer.result == CheckResult.EXEMPT and not may_not_apply:
        raise ValidationError({"result": _("Register ini berlaku bagi semua pemohon.")})
    is_said = answer.result in (CheckResult.GOOD, CheckResult.BAD)
    wants_proof = register is not None and register.evidence == "required"
    if is_said and wants_proof and answer.evidence is None:
        message = _("Kantor ini meminta bukti: unggah gambar layar register.")
        raise ValidationError({"file": message})


def refuse_unless_clear(ticket: Ticket, step: Step) -> None:
    """Hold the ticket and refuse a step whose registers are not clear, with what to do (G12)."""
    ticket.lock()
    gates = gates_of(ticket, step, asked_checks(ticket))
    if shut := [gate for gate in gates if not gate.is_open]:
        raise ValidationError([trouble_words(ticket, step, gate) for gate in shut])


@transaction.atomic
def override_check(
    ticket: Ticket, kind: str, *, by: User, reason: str, after: int
) -> CheckOverride:
    """A head lets the current step pass a register that is not clear; `after` is the answer he saw, 0 for none.

    Never the one who wrote that answer down. Raises 403, `Conflict` when a newer answer came, 422.
    """
    ticket.lock()
    if not overrides_checks(by, ticket):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya.")})
    gate = _shut_gate(ticket, kind)
    seen = gate.asked.check
    if (seen.pk if seen else 0) != after:
        raise Conflict(_("Sementara itu ada hasil baru. Baca dahulu, lalu putuskan."))
    if seen and seen.by_id == by.pk:
        message = _("Hasil ini Anda catat sendiri. Pengecualian diberikan kepala lain.")
        raise ValidationError(message)
    now = clock.now()
    found = CheckOverride.objects.create(
        office=ticket.office,
        ticket=ticket,
        kind=kind,
        seen=seen,
        reason=reason,
        by=by,
        at=now,
        recorded_at=now,
    )
    write_message(ticket, by=by, body=reason, is_internal=True)
    record(ticket, OVERRIDDEN, by=by, kind=kind, seen=after)
    return found


def _shut_gate(ticket: Ticket, kind: str) -> Gate:
    step = step_of(ticket, ticket.step) if ticket.is_open else None
    gates = gates_of(ticket, step, asked_checks(ticket)) if step else []
    for gate in gates:
        if gate.asked.kind == kind and not gate.is_open:
            return gate
    raise WrongStatus(_("Register ini tidak menahan tiket lagi."))
