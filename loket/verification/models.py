"""Video calls: planned, held or missed, and what was shown in them."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel.crypto import EncryptedTextField
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models import Ticket, Verdict
from loket.tickets.models.ticket import rows_of_ticket


class SessionStatus(models.TextChoices):
    """Where a call stands."""

    PLANNED = "planned", _("Dijadwalkan")
    HELD = "held", _("Terlaksana")
    MISSED = "missed", _("Pemohon tidak hadir")
    CANCELLED = "cancelled", _("Dibatalkan")


class Provider(models.TextChoices):
    """By what the two sides see each other; any meeting has a link, any telephone a number."""

    PHONE = "phone", _("Panggilan video ke nomor WhatsApp")
    LINK = "link", _("Tautan rapat video")


class SessionQuerySet(models.QuerySet["Session"]):
    """Calls by where they stand."""

    def planned(self) -> Self:
        """Those that are still to be held, or are being held now."""
        return self.filter(status=SessionStatus.PLANNED)


class Session(models.Model):
    """One video call about one ticket; another time is another row, so the history stays (G7).

    `where` is the number or the address of the meeting. `consent_text` is what was agreed to, word for word.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="sessions")
    round = models.PositiveSmallIntegerField()
    provider = models.CharField(max_length=6, choices=Provider)
    where = EncryptedTextField()
    scheduled_at = models.DateTimeField()
    until = models.DateTimeField()
    language = models.CharField(max_length=5)
    status = models.CharField(max_length=10, choices=SessionStatus)
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    code = models.CharField(max_length=8)
    started_at = models.DateTimeField(null=True)
    consent_at = models.DateTimeField(null=True)
    consent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    consent_text = models.TextField(blank=True)
    code_seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    is_accepted = models.BooleanField(null=True)
    note = models.CharField(max_length=500, blank=True)
    rows = rows_of_ticket("verification_session")
    data_classes = classify(
        internal="office ticket round provider scheduled_at until language status planned_at code started_at "
        "consent_at consent_text code_seen_at ended_at is_accepted",
        personal="officer consent_by ended_by note",
        identity="where",
    )

    objects: ClassVar = SessionQuerySet.as_manager()

    class Meta:
        # No two of one officer at once: an exclusion constraint of the migration
        constraints = [
            models.UniqueConstraint(fields=["ticket", "round"], name="session_round_once"),
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(status="planned"), name="session_one_planned_per_ticket"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("scheduled_at")), name="session_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(status="planned", ended_at=None, ended_by=None)
                | ~Q(status="planned") & Q(ended_at__isnull=False, ended_by__isnull=False),
                name="session_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="held")
                | Q(started_at__isnull=False, consent_at__isnull=False)
                & Q(code_seen_at__isnull=False, is_accepted__isnull=False),
                name="session_held_with_consent_and_code",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["scheduled_at"], condition=Q(status="planned"), name="session_coming")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"call {self.round} of {self.ticket_id}"

    @property
    def is_planned(self) -> bool:
        """Still to be held, or being held."""
        return self.status == SessionStatus.PLANNED

    @property
    def purpose(self) -> str:
        """What its evidence is called beside the ticket."""
        return f"session-{self.pk}"


class SessionDocument(models.Model):
    """A verdict given while the document was shown in a call; what was found stands in the verdict."""

    office = models.ForeignKey(Office, models.PROTECT)
    session = models.ForeignKey(Session, models.PROTECT, related_name="shown")
    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    append_only = True
    rows = Rows(
        also="EXISTS (SELECT 1 FROM verification_session s WHERE s.id = verification_sessiondocument.session_id)"
    )
    data_classes = classify(internal="office session verdict at")

    def __str__(self) -> str:
        return f"{self.verdict_id} shown in {self.session_id}"
