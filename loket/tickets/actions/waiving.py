"""A head lets one officer do two steps that ask for two, because there is only one (G9)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.tickets.actions.events import record
from loket.tickets.actions.moves import WrongStatus
from loket.tickets.models import Message, Ticket
from loket.tickets.permissions import waives_second
from loket.tickets.queries.hands import SECOND_WAIVED, first_officers
from loket.tickets.queries.words import step_of


@transaction.atomic
def waive_second(ticket: Ticket, *, by: User, note: str) -> None:
    """Let whoever did the earlier step do the current one too, until that is done again; the reason is an internal note."""
    ticket.lock()
    if not waives_second(by, ticket):
        raise PermissionDenied
    step = step_of(ticket, ticket.step) if ticket.is_open else None
    if step is None or not step.not_by or not first_officers(ticket, step):
        raise WrongStatus(_("Langkah ini tidak menunggu petugas lain."))
    if not note.strip():
        raise ValidationError({"note": _("Tulis alasannya.")})
    now = clock.now()
    message = Message.objects.create(
        office_id=ticket.office_id, ticket=ticket, author=by, body=note,
        is_internal=True, at=now, recorded_at=now,
    )  # fmt: skip
    record(ticket, SECOND_WAIVED, by=by, message=message.pk)
