"""Links that people get by mail: to a new password, to a new address. Only their hashes are kept."""

from django.db import models
from django.db.models import Q

from loket.accounts.models.user import User
from loket.kernel.privacy import classify


class PasswordReset(models.Model):
    """One link to a new password; good once and for a short time."""

    user = models.ForeignKey(User, models.CASCADE, related_name="password_resets")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    data_classes = classify(
        internal="made_at expires_at used_at", personal="user", secret="token_hash"
    )

    def __str__(self) -> str:
        return f"reset #{self.pk}"


class EmailChange(models.Model):
    """A wish for another address: confirmed there, announced at the old one, done after the hold (G10).

    `confirm_hash` and `stop_hash` are filled when their mails are sent.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="email_changes")
    email = models.EmailField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirm_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unique, empty until the mail is sent
    stop_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unique, empty until the mail is sent
    confirmed_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    data_classes = classify(
        internal="asked_at expires_at confirmed_at effective_at applied_at stopped_at",
        personal="user email",
        secret="confirm_hash stop_hash",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(applied_at=None, stopped_at=None),
                name="email_change_one_open",
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(stopped_at=None),
                name="email_change_is_done_or_stopped",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, effective_at=None)
                | Q(confirmed_at__isnull=False, effective_at__isnull=False),
                name="email_change_confirmed_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"change #{self.pk}"
