"""The outbox of mails and the one-time keys of forms."""

from django.db import models
from django.db.models import Q

from loket.kernel.privacy import classify


class Mail(models.Model):
    """A mail that was promised in a transaction and is rendered and sent by a job.

    It carries references, never a link: tokens are made when it is sent.
    """

    office_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=80, unique=True)
    to = models.EmailField()
    template = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="id")
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=200, blank=True)
    data_classes = classify(
        internal="office_id key template context language created_at attempts "
        "sent_at failed_at message_id error",
        personal="to",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                name="mail_waiting",
                condition=Q(sent_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} #{self.pk}"


class OnceKey(models.Model):
    """The key of one form that was accepted, and where its answer led."""

    key = models.CharField(max_length=32, primary_key=True)
    owner = models.CharField(max_length=64)
    location = models.TextField(blank=True)
    at = models.DateTimeField()
    data_classes = classify(internal="key owner location at")

    def __str__(self) -> str:
        return self.key
