"""Stored bytes, the keys that open them, and who looked. Bytes never touch a public folder."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office


class OfficeKey(models.Model):
    """The key of an office, wrapped by the installation's; it wraps the keys of its files.

    Replaced keys stay until no file needs them; then `wrapped` is blanked.
    """

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
    HELD = "held", _("sedang dipindai")
    CLEAN = "clean", _("bersih")
    INFECTED = "infected", _("mengandung virus")
    SEALED = (
        "sealed",
        _("disegel, tidak pernah dibuka"),
    )  # evidence; a scanner could not read it
    OWN = "own", _("dibuat loket")  # our own documents; no stranger's bytes in them


class StoredFiles(models.QuerySet["StoredFile"]):
    """Files by what became of them."""

    def waiting(self) -> "StoredFiles":
        """Those the scanner has not judged yet, as long as they exist."""
        return self.filter(scan__in=(Scan.HELD, Scan.NOT_SCANNED), destroyed_at=None)


class StoredFile(models.Model):
    """One encrypted file. Its name on disk is random; the key to it stands here, wrapped.

    Destroyed: its key and name are blanked, its bytes gone; the row says that there was something.
    `hold` is why it must outlive its retention, such as a dispute (UU 27/2022 art. 44).
    """

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
    checked_at = models.DateTimeField(null=True)
    hold = models.CharField(max_length=200, blank=True)
    objects = StoredFiles.as_manager()
    rows = Rows(
        also="stored_by_id = {person}"
        " OR EXISTS (SELECT 1 FROM tickets_document d WHERE d.file_id = files_storedfile.id)"
        " OR EXISTS (SELECT 1 FROM tickets_proof b WHERE b.file_id = files_storedfile.id)"
        " OR EXISTS (SELECT 1 FROM suppliers_powerpaper p WHERE p.file_id = files_storedfile.id)"
        " OR EXISTS (SELECT 1 FROM tickets_issueddocument i WHERE i.file_id = files_storedfile.id)"
        " OR EXISTS (SELECT 1 FROM suppliers_filledletter l WHERE l.file_id = files_storedfile.id)"
    )
    data_classes = classify(
        internal="office key place content_type size pages sha256 scan stored_at destroyed_at "
        "checked_at",
        personal="name stored_by hold",
        secret="wrapped_key",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(wrapped_key=b"", name="", hold=""),
                name="storedfile_destroyed_without_key",
            )
        ]
        indexes = [
            models.Index(
                F("checked_at").asc(nulls_first=True),
                "id",
                name="storedfile_next_check",
                condition=Q(destroyed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def shows_pages(self) -> bool:
        """Whether readers may see its pages as pictures."""
        return (
            self.scan not in (Scan.HELD, Scan.INFECTED, Scan.SEALED)
            and not self.destroyed_at
        )

    @property
    def hands_out(self) -> bool:
        """Whether the bytes themselves may be given away."""
        return (
            self.scan in (Scan.CLEAN, Scan.SEALED, Scan.OWN) and not self.destroyed_at
        )


class FileView(models.Model):
    """Somebody saw a file. Written before the first byte leaves; never changed (UU 27/2022 art. 31).

    `roles` are the viewer's at the office then, so that the supplier reads who looked without a name.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="views")
    by = models.ForeignKey(User, models.PROTECT)
    as_what = models.CharField(max_length=12)
    roles = models.CharField(max_length=160, blank=True)
    page = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = Rows(
        also="by_id = {person}"
        " OR EXISTS (SELECT 1 FROM files_storedfile f WHERE f.id = files_fileview.file_id)"
    )
    data_classes = classify(
        internal="office file as_what roles page at recorded_at", personal="by"
    )
    append_only = True

    class Meta:
        indexes = [models.Index(fields=["file", "-at"], name="fileview_of_file")]

    def __str__(self) -> str:
        return f"view of {self.file_id} by {self.by_id}"


class SignatureVerdict(models.TextChoices):
    """What is to be held of a signature inside a PDF."""

    NONE = "none", _("Tidak ada tanda tangan elektronik")
    TRUSTED = "trusted", _("Utuh dan tepercaya")
    UNKNOWN = "unknown", _("Utuh, penerbit tidak dikenal")
    BROKEN = "broken", _("Berubah atau rusak")
    UNREAD = "unread", _("Tidak dapat diperiksa otomatis")


class SignatureReport(models.Model):
    """One signature or electronic stamp found in a PDF, or that there was none; a hint, never a verdict.

    `made_at` is what the signer says; `is_whole` whether it covers the file to its end.
    The names end with the file.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="signatures")
    number = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=SignatureVerdict)
    use = models.CharField(max_length=10, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(null=True)
    is_whole = models.BooleanField(default=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = Rows(
        also="EXISTS (SELECT 1 FROM files_storedfile f WHERE f.id = files_signaturereport.file_id)"
    )
    data_classes = classify(
        internal="office file number verdict use made_at is_whole at recorded_at",
        personal="signer issuer",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number"], name="signaturereport_one_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"signature {self.number} in file {self.file_id}"


class Trouble(models.TextChoices):
    """What is wrong between the rows and the bytes."""

    MISSING = "missing", _("hilang")
    DAMAGED = "damaged", _("rusak")
    ORPHAN = "orphan", _("tanpa catatan")


class FileFinding(models.Model):
    """Bytes that are not as stored, or that no row knows; written once per file and kind.

    `told_at`: the office was told. Bytes without a row are nobody's office's.
    """

    office = models.ForeignKey(Office, models.PROTECT, null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    place = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Trouble)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    data_classes = classify(internal="office file place kind at recorded_at told_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind"], name="filefinding_one_per_place_and_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.place}"
