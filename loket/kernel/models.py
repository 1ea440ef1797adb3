"""The outbox of mails, the mailbox for returned ones, and the one-time keys of forms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loket.kernel.privacy import classify


class Mail(models.Model):
    """A mail that was promised in a transaction and is rendered and sent by a job.

    It carries references, never a link: tokens are made when it is sent. One that failed is final,
    whether it was refused, given up, or came back after it was sent. One that is held may have gone
    out before the database was restored; a person decides (docs/adr/0034).
    """

    class Reason(models.TextChoices):
        """Why a mail did not arrive, in words for whoever waits for its reader."""

        UNKNOWN_MAILBOX = "unknown_mailbox", _("alamatnya tidak dikenal")
        MAILBOX_FULL = "mailbox_full", _("kotak surat penerima penuh")
        TOO_LARGE = "too_large", _("suratnya terlalu besar bagi server penerima")
        REFUSED = "refused", _("server penerima menolaknya")
        UNREACHABLE = "unreachable", _("server surat tidak dapat dihubungi")
        UNWRITTEN = "unwritten", _("surat tidak dapat disusun")
        DROPPED = "dropped", _("tidak dikirim lagi setelah pemulihan data")

    class State(models.TextChoices):
        """What a page says about a mail."""

        WAITING = "waiting", _("menunggu dikirim")
        SENT = "sent", _("terkirim")
        DELAYED = "delayed", _("tertahan di server lain")
        FAILED = "failed", _("tidak sampai")
        HELD = "held", _("ditahan setelah pemulihan data")

    office_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=80, unique=True)
    to = models.EmailField()
    template = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="id")
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    delayed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=200, blank=True)
    data_classes = classify(
        internal="office_id key template context language created_at attempts "
        "sent_at held_at delayed_at failed_at reason message_id",
        personal="to error",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_at=None, reason="")
                | Q(failed_at__isnull=False) & ~Q(reason=""),
                name="mail_failed_for_a_reason",
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="mail_waiting",
                condition=Q(sent_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} #{self.pk}"

    @property
    def state(self) -> State:
        """What is known of it now. A sent one may still come back days later."""
        if self.failed_at:
            return self.State.FAILED
        if self.delayed_at:
            return self.State.DELAYED
        if self.held_at:
            return self.State.HELD
        return self.State.SENT if self.sent_at else self.State.WAITING


class Postbox(models.Model):
    """How far the mailbox for returned mail was read; moves on in the transaction of what was read."""

    name = models.CharField(max_length=200, primary_key=True)
    uid_validity = models.BigIntegerField()
    last_uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField()
    data_classes = classify(internal="name uid_validity last_uid read_at")

    def __str__(self) -> str:
        return self.name


class OnceKey(models.Model):
    """The key of one form that was accepted, and where its answer led."""

    key = models.CharField(max_length=32, primary_key=True)
    owner = models.CharField(max_length=64)
    location = models.TextField(blank=True)
    at = models.DateTimeField()
    data_classes = classify(internal="key owner location at")

    def __str__(self) -> str:
        return self.key
