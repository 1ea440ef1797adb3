"""What was changed in the schedule of a tender, and bids that would not open: exhibits and trials."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.files.models import StoredFile
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models import Ticket
from loket.tickets.models.ticket import rows_of_ticket


class ScheduleChange(models.Model):
    """One stage of one tender was moved, as a Pokja asked and an Admin PPE did in SPSE. Public, never changed.

    Package and stage are free text: each kind of tender has its own stages. `changed_at` is when SPSE was changed.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="schedule_changes")
    tender_code = models.CharField(max_length=30)
    package = models.CharField(max_length=200)
    stage = models.CharField(max_length=200)
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = models.CharField(max_length=1000)
    changed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    append_only = True
    rows = Rows(read="true")
    data_classes = classify(
        public="office tender_code package stage before after reason changed_at",
        internal="ticket recorded_at",
        personal="changed_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "stage"], name="schedulechange_one_per_stage"
            ),
            models.CheckConstraint(
                condition=~Q(after=F("before")), name="schedulechange_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="schedulechange_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-changed_at"], name="schedulechange_newest")
        ]

    def __str__(self) -> str:
        return f"{self.tender_code}: {self.stage}"


class Exhibit(models.Model):
    """A file that would not open, sealed when it was handed over (D-j). Its name, size and hash outlive the bytes.

    `file` is empty where it stays on a medium outside loket; `kept_at` says where, and under which seal.
    loket never opens it. `stated_sha256` is what whoever handed it over says the hash is.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="exhibits")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    kept_at = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stated_sha256 = models.CharField(max_length=64, blank=True)
    handed_by = models.CharField(max_length=120)
    handed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    append_only = True
    rows = rows_of_ticket("tenders_exhibit")
    data_classes = classify(
        internal="office ticket file kept_at size sha256 stated_sha256 handed_at recorded_at",
        personal="name handed_by taken_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "sha256"], name="exhibit_once_per_ticket"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="exhibit_has_hash"
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=False, kept_at="")
                | (Q(file=None) & Q(kept_at__regex=r"\S")),
                name="exhibit_lies_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"exhibit {self.pk} of {self.ticket_id}"

    @property
    def is_as_stated(self) -> bool | None:
        """Whether the hash agrees with what was said; None where nothing was."""
        return self.sha256 == self.stated_sha256 if self.stated_sha256 else None


class Opened(models.TextChoices):
    """What came of trying to open the file."""

    NO = "no", _("Tidak dapat dibuka")
    PARTLY = "partly", _("Dapat dibuka sebagian")
    YES = "yes", _("Dapat dibuka")


class Trial(models.Model):
    """An Admin PPE tried the exhibits with the encryption application, outside loket, and says what he saw (D-j)."""

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="trials")
    opened = models.CharField(max_length=6, choices=Opened)
    application = models.CharField(max_length=120)
    finding = models.CharField(max_length=2000)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    append_only = True
    rows = rows_of_ticket("tenders_trial")
    data_classes = classify(
        internal="office ticket opened application at recorded_at",
        personal="finding by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__regex=r"\S"), name="trial_says_what_was_seen"
            )
        ]

    def __str__(self) -> str:
        return f"trial of {self.ticket_id}: {self.opened}"
