"""Telling the owner of an account its User ID (S3)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.standards.pack import Step
from loket.tickets.actions import check_step, complete_step, write_message
from loket.tickets.actions.asking import ANSWERED
from loket.tickets.actions.events import record
from loket.tickets.models import Ticket
from loket.tickets.queries import asked_documents


@transaction.atomic
def disclose(ticket: Ticket, step: Step, user_id: str, *, by: User) -> None:
    """Write the User ID into the ticket, after the step's proofs of identity were accepted; no mail carries it.

    Raises `ValidationError` while a proof that is asked for is not accepted.
    """
    ticket.lock()
    check_step(ticket, step, by=by)
    unproven = [
        str(each.requirement.title) for each in asked_documents(ticket)
        if each.code in step.proofs and not each.is_accepted
    ]  # fmt: skip
    if unproven:
        raise ValidationError(
            _("Identitas pemilik belum terbukti. Terima lebih dahulu: %(papers)s.")
            % {"papers": ", ".join(unproven)}
        )
    write_message(ticket, by=by, body=_("User ID SPSE Anda: %(user_id)s") % {"user_id": user_id})  # fmt: skip
    record(ticket, ANSWERED, by=by, step=step.code)
    complete_step(ticket, step, by=by)
