"""The code on the stub of a request taken in at the desk, by which its owner joins it with his account."""

from django.db import models
from django.db.models import Q

from loket.accounts.models import User
from loket.kernel.crypto import EncryptedTextField
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models.ticket import Ticket


class Claim(models.Model):
    """One code per ticket, used once, worth nothing without the phone number given at the desk (G15).

    It is kept encrypted, so that the stub can be printed again, and found by its digest. `tries`
    counts wrong phone numbers.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="claim")
    code = EncryptedTextField()
    code_digest = models.CharField(max_length=64, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, models.PROTECT, null=True)
    data_classes = classify(
        internal="office ticket code_digest tries made_at used_at",
        personal="used_by",
        secret="code",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None)
                | Q(used_at__isnull=False, used_by__isnull=False),
                name="claim_used_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"claim on {self.ticket_id}"
