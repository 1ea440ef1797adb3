"""Documents asked for, verdicts on them, and documents the office hands out."""

from dataclasses import replace

from django.db import models
from django.db.models import Q

from loket.accounts.models import User
from loket.files.models import StoredFile
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models.ticket import Ticket, rows_of_ticket


class Document(models.Model):
    """One version of one required document: a file, or the original seen at the counter."""

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="documents")
    requirement = models.SlugField()
    version = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    given_by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = rows_of_ticket("tickets_document")
    data_classes = classify(
        internal="office ticket requirement version file at recorded_at",
        personal="given_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "requirement", "version"],
                name="document_one_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement} v{self.version} of {self.ticket_id}"


class Verdict(models.Model):
    """What an officer found about one version of a document; a changed mind is a new revision."""

    office = models.ForeignKey(Office, models.PROTECT)
    document = models.ForeignKey(Document, models.PROTECT, related_name="verdicts")
    revision = models.PositiveSmallIntegerField()
    accepted = models.BooleanField()
    original_seen = models.BooleanField(default=False)
    reason = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = Rows(
        also="EXISTS (SELECT 1 FROM tickets_document d WHERE d.id = tickets_verdict.document_id)"
    )
    data_classes = classify(
        internal="office document revision accepted original_seen reason at recorded_at",
        personal="note by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "revision"], name="verdict_one_per_revision"
            ),
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""),
                name="verdict_refusal_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"verdict on {self.document_id}"


class IssuedDocument(models.Model):
    """A receipt or minutes the office handed out, numbered without gaps per office, kind and year (R1).

    Whoever holds the paper opens its public page with `code`. It holds until the procedure goes
    back behind the step that hands it out; the one issued then takes its place.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="issued")
    kind = models.SlugField()
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    code = models.CharField(max_length=16, unique=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaces"
    )
    rows = replace(rows_of_ticket("tickets_issueddocument"), read="code = {key_paper}")
    data_classes = classify(
        internal="office ticket kind year serial code file at recorded_at withdrawn_at replaced_by",
        personal="by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "year", "serial"], name="issued_number_once"
            ),
            models.UniqueConstraint(
                fields=["ticket", "kind"],
                condition=Q(withdrawn_at=None),
                name="issued_one_that_holds_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(withdrawn_at__isnull=False),
                name="issued_replaced_no_longer_holds",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """`0007/TANDA-TERIMA/BGR/2026`"""
        return f"{self.serial:04d}/{self.kind.upper()}/{self.office.code}/{self.year}"
