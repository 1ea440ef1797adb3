"""Answers of outside registers, and what a head let pass although they were not clear."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models.proofs import Proof
from loket.tickets.models.ticket import Ticket, rows_of_ticket


class CheckResult(models.TextChoices):
    """The answer of an outside register."""

    GOOD = "good", _("Sesuai")
    BAD = "bad", _("Tidak sesuai")
    UNCLEAR = "unclear", _("Belum jelas")
    EXEMPT = "exempt", _("Tidak berlaku")


class Check(models.Model):
    """The result of looking into an outside register; without this row the page says "belum diperiksa".

    `at` is when the register was looked at. Rows are only added: each look stays visible (G11, G12).
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="checks")
    kind = models.SlugField()
    result = models.CharField(max_length=10, choices=CheckResult)
    source = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    proof = models.OneToOneField(Proof, models.PROTECT, null=True, related_name="shows")
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = rows_of_ticket("tickets_check")
    data_classes = classify(
        internal="office ticket kind result source proof at recorded_at",
        personal="note by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source__regex=r"\S"), name="check_names_its_source"
            ),
            models.CheckConstraint(
                condition=Q(result__in=CheckResult.values),
                name="check_has_a_known_result",
            ),
            models.CheckConstraint(
                condition=Q(at__lte=F("recorded_at")), name="check_looked_at_first"
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "kind", "-id"], name="check_of_ticket")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.ticket_id}"


class CheckOverride(models.Model):
    """A head lets a ticket pass a register that is not clear, with a reason (G12).

    It holds for the answer he saw (`seen`, none when there was none); a newer answer needs a new one.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="overrides")
    kind = models.SlugField()
    seen = models.ForeignKey(Check, models.PROTECT, null=True)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = rows_of_ticket("tickets_checkoverride")
    data_classes = classify(
        internal="office ticket kind seen at recorded_at", personal="reason by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="checkoverride_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"override of {self.kind} of {self.ticket_id}"
