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

PROOFS = 2


@transaction.atomic
def disclose(ticket: Ticket, step: Step, user_id: str, *, by: User) -> None:
    """Write the User ID into the ticket, after two proofs of identity were accepted; no mail carries it.

    Raises `ValidationError` while fewer than two papers of a person or tax number are accepted.
    """
    ticket.lock()
    check_step(ticket, step, by=by)
    proven = [
        each for each in asked_documents(ticket)
        if each.requirement.personal and each.state == "accepted"
    ]  # fmt: skip
    if len(proven) < PROOFS:
        raise ValidationError(
            _("Identitas pemilik belum terbukti: dua berkas identitas harus diterima lebih dahulu.")
        )  # fmt: skip
    write_message(ticket, by=by, body=_("User ID SPSE Anda: %(user_id)s") % {"user_id": user_id})  # fmt: skip
    record(ticket, ANSWERED, by=by, step=step.code)
    complete_step(ticket, step, by=by)
