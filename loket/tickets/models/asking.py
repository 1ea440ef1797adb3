"""What the applicant filled in on the service's form, and to whom outside the office a request was passed."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from loket.accounts.models import User
from loket.kernel.crypto import EncryptedTextField
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models.ticket import Ticket, rows_of_ticket

# What was said, by the name of its field
Said = dict[str, Any]


class Form(models.Model):
    """The service's form as it was filled in; a correction is a new version, the newest counts.

    `said` is JSON, by the names of the standard's fields, encrypted: any of them may be an identity number.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="forms")
    version = models.PositiveSmallIntegerField()
    said = EncryptedTextField()
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = rows_of_ticket("tickets_form")
    data_classes = classify(
        internal="office ticket version at recorded_at", personal="by", identity="said"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "version"], name="form_one_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"form of {self.ticket_id}, version {self.version}"


class Escalation(models.Model):
    """A request passed to somebody the office names, with what was tried, until an answer is recorded (E1-E5).

    `reference` is the number the other side gave it; `party` a code of the office's `escalation`.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="escalations")
    step = models.SlugField()
    party = models.SlugField()
    tried = models.TextField()
    reference = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    # When the other side was last asked how far it is
    chased_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answer = models.ForeignKey(
        "tickets.Message", models.PROTECT, null=True, related_name="+"
    )
    rows = rows_of_ticket("tickets_escalation")
    data_classes = classify(
        internal="office ticket step party reference at recorded_at chased_at reminded_at answered_at answer",
        personal="tried by answered_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=Q(answered_at=None),
                name="escalation_one_waits_per_ticket",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__gte=F("at"), answered_by__isnull=False),
                name="escalation_answered_by_somebody_later",
            ),
            models.CheckConstraint(
                condition=Q(tried__regex=r"\S"), name="escalation_says_what_was_tried"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} passed to {self.party}"
