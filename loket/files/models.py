"""Stored bytes, the keys that open them, and who looked. Bytes never touch a public folder."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office


class OfficeKey(models.Model):
    """The key of an office, wrapped by the installation's; it wraps the keys of its files."""

    office = models.ForeignKey(Office, models.PROTECT)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    rows = Rows(also="{person} IS NOT NULL")  # wrapped, so of no use by itself
    data_classes = classify(internal="office made_at retired_at", secret="wrapped")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(retired_at=None),
                name="officekey_one_in_use",
            )
        ]

    def __str__(self) -> str:
        return f"key {self.pk} of {self.office}"


class Scan(models.TextChoices):
    """What the virus scanner said, if there was one."""

    NOT_SCANNED = "not_scanned", _("belum dipindai")
    HELD = "held", _("ditahan")
    CLEAN = "clean", _("bersih")
    INFECTED = "infected", _("terinfeksi")


class StoredFile(models.Model):
    """One encrypted file. Its name on disk is random; the key to it stands here, wrapped."""

    office = models.ForeignKey(Office, models.PROTECT)
    key = models.ForeignKey(OfficeKey, models.PROTECT)
    place = models.CharField(max_length=40, unique=True)
    wrapped_key = models.BinaryField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    stored_by = models.ForeignKey(User, models.PROTECT, null=True)
    stored_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    rows = Rows(
        also="stored_by_id = {person}"
        " OR EXISTS (SELECT 1 FROM tickets_document d WHERE d.file_id = files_storedfile.id)"
        " OR EXISTS (SELECT 1 FROM tickets_issueddocument i WHERE i.file_id = files_storedfile.id)"
    )
    data_classes = classify(
        internal="office key place content_type size pages sha256 scan stored_at destroyed_at",
        personal="name stored_by",
        secret="wrapped_key",
    )

    def __str__(self) -> str:
        return f"file {self.pk}"


class FileView(models.Model):
    """Somebody saw a file. Written before the first byte leaves; never changed (UU 27/2022 art. 31)."""

    office = models.ForeignKey(Office, models.PROTECT)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="views")
    by = models.ForeignKey(User, models.PROTECT)
    as_what = models.CharField(max_length=12)
    page = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = Rows(
        also="by_id = {person}"
        " OR EXISTS (SELECT 1 FROM files_storedfile f WHERE f.id = files_fileview.file_id)"
    )
    data_classes = classify(
        internal="office file as_what page at recorded_at", personal="by"
    )
    append_only = True

    class Meta:
        indexes = [models.Index(fields=["file", "-at"], name="fileview_of_file")]

    def __str__(self) -> str:
        return f"view of {self.file_id} by {self.by_id}"
