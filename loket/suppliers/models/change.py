"""A change of a supplier's data: what it was, what it becomes, and the hold during which it can be stopped."""

from django.db import models
from django.db.models import F, Q

from loket.accounts.models import User
from loket.kernel.crypto import EncryptedTextField
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.suppliers.models.supplier import Supplier
from loket.tickets.models import Ticket
from loket.tickets.models.ticket import rows_of_ticket


class DataChange(models.Model):
    """One version of a request to change data (S2, D-b). `before` and `after` are JSON by field of `Supplier`.

    A new tax number or e-mail is `held` until `holds_until`, and the old address is told (G9).
    A mended form replaces the row of the version before.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="data_changes")
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True)
    version = models.PositiveIntegerField()
    before = EncryptedTextField()
    after = EncryptedTextField()
    is_held = models.BooleanField()
    told_to = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    holds_until = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rows = rows_of_ticket("suppliers_datachange")
    data_classes = classify(
        internal="office ticket supplier version is_held told_to asked_at recorded_at holds_until stopped_at applied_at",
        personal="applied_by",
        identity="before after",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "version"], name="data_change_one_per_version"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(applied_at=None), name="data_change_stopped_or_applied"
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None, applied_by=None)
                | Q(applied_at__gte=F("holds_until"), applied_by__isnull=False),
                name="data_change_applied_after_its_hold",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"change of data on {self.ticket_id}"
