"""Evidence beside a ticket: a screenshot of a register, a picture of a video call, a page of SIKaP."""

from django.db import models

from loket.accounts.models import User
from loket.files.models import StoredFile
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models.ticket import Ticket


class Proof(models.Model):
    """One file that shows that something was looked at or took place (R18, G7, G25).

    `purpose` says what it belongs to, such as `check-kswp`; the room that asked for it knows the word.
    Only officers and whoever gave it see it.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="proofs")
    purpose = models.SlugField()
    file = models.OneToOneField(StoredFile, models.PROTECT)
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = Rows(
        also="by_id = {person} OR office_id = ANY ({audited}) AND EXISTS"
        " (SELECT 1 FROM tickets_ticket t WHERE t.id = tickets_proof.ticket_id)"
    )
    data_classes = classify(
        internal="office ticket purpose file at recorded_at", personal="by"
    )

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="proof_of_ticket")]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.ticket_id}"
