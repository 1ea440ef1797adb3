"""Results of outside registers, entered by hand with their source."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.tickets.actions.events import record
from loket.tickets.actions.moves import WrongStatus
from loket.tickets.models import Check, Ticket
from loket.tickets.permissions import is_party
from loket.tickets.queries import asked_checks


@dataclass(frozen=True)
class Answer:
    """What a register answered, and where it was read."""

    result: str
    source: str
    note: str = ""


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
    found = Check.objects.create(
        office=ticket.office,
        ticket=ticket,
        kind=kind,
        result=answer.result,
        source=answer.source,
        note=answer.note,
        by=by,
        at=clock.now(),
        recorded_at=clock.now(),
    )
    record(ticket, "check_recorded", by=by, kind=kind, result=answer.result)
    return found
