"""Published standards. A version is written once and never changed: tickets run on it for ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel.fence import Rows
from loket.kernel.fields import OrderedJSONField
from loket.kernel.privacy import classify
from loket.offices.models import Office


class LegalBasis(models.Model):
    """A law or rule that standards cite, the same for every office, with its standing today (G21)."""

    code = models.SlugField(unique=True)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=300)
    status = models.CharField(max_length=10)
    successor = models.CharField(max_length=50, blank=True)
    note = models.CharField(max_length=300, blank=True)
    data_classes = classify(public="code kind number year title status successor note")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class Service(models.Model):
    """One service of one office; what it promises stands in its versions."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="services")
    code = models.SlugField()
    rows = Rows(read="true")
    data_classes = classify(public="office code")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "code"], name="service_one_per_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.code}"


class Standard(models.Model):
    """One version of a service's standard, in force from its date until the next one's.

    `document` is the record of the pack. A trigger refuses to change or delete a row.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    service = models.ForeignKey(Service, models.PROTECT, related_name="standards")
    version = models.PositiveSmallIntegerField()
    effective = models.DateField()
    document = OrderedJSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, null=True)
    rows = Rows(read="true")
    data_classes = classify(
        public="office service version effective document published_at",
        personal="published_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "version"], name="standard_one_per_version"
            ),
            models.UniqueConstraint(
                fields=["service", "effective"], name="standard_one_per_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} version {self.version}"


class Print(models.Model):
    """A drawn paper: PDF of a standard, its SOP sheet, the office's maklumat (UU 25/2009 articles 21, 22) or a blank letter.

    Public, so it stands here in clear. Changed content is a new row; the newest is shown. `content` is the
    digest of what was drawn, `sha256` that of the PDF.
    """

    class Kind(models.TextChoices):
        STANDARD = "standar", _("Standar pelayanan")
        SOP = "sop", _("SOP")
        MAKLUMAT = "maklumat", _("Maklumat pelayanan")
        LETTER = "surat", _("Surat untuk ditandatangani")

    office = models.ForeignKey(Office, models.PROTECT)
    standard = models.ForeignKey(Standard, models.PROTECT, null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    letter = models.SlugField(blank=True)
    language = models.CharField(max_length=2)
    content = models.CharField(max_length=64)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    append_only = True
    rows = Rows(read="true")
    data_classes = classify(
        public="office standard kind letter language content data sha256 size pages drawn_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="maklumat", standard=None, letter="")
                | models.Q(kind="surat", standard=None) & ~models.Q(letter="")
                | models.Q(
                    kind__in=("standar", "sop"), standard__isnull=False, letter=""
                ),
                name="print_of_office_or_of_version",
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "standard", "kind", "language", "-id"],
                name="print_newest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} of {self.standard or self.office}"


class Export(models.Model):
    """A standard was written out to a pack, so a later load may build on it."""

    office = models.ForeignKey(Office, models.PROTECT)
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="exports")
    at = models.DateTimeField()
    data_classes = classify(internal="office standard at")

    def __str__(self) -> str:
        return f"export of {self.standard_id}"
