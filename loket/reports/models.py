"""Who took the log out of the system, when, and which part of it."""

from django.db import models

from loket.accounts.models import User
from loket.kernel.privacy import classify
from loket.offices.models import Office


class LogExport(models.Model):
    """One download of an office's log; it holds names and contacts, so each is kept. Never changed."""

    class Format(models.TextChoices):
        XLSX = "xlsx", "XLSX"
        CSV = "csv", "CSV"

    office = models.ForeignKey(Office, models.PROTECT)
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    month = models.DateField()
    format = models.CharField(max_length=4, choices=Format)
    rows_given = models.PositiveIntegerField()
    append_only = True
    data_classes = classify(internal="office at month format rows_given", personal="by")

    def __str__(self) -> str:
        return f"log of {self.office} {self.month:%Y-%m} as {self.format}"
