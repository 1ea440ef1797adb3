"""Asking for a link: who asked, the links that were sent, and what keeps machines from asking."""

from django.db import models
from django.db.models import Q

from loket.accounts.models import User
from loket.kernel.fence import Rows
from loket.kernel.models import Mail
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.suppliers.models.registration import Registration


class LinkRequest(models.Model):
    """Somebody asked for a mail of the registration; a job decides later which mail it is (F7).

    So the page that takes the address does the same work for every address. `held_until` says that
    no mail goes out before; `by` is the officer who had one sent again.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="id")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True)
    held_until = models.DateTimeField(null=True)
    registration = models.ForeignKey(Registration, models.SET_NULL, null=True)
    mail = models.OneToOneField(Mail, models.SET_NULL, null=True)
    alarmed_at = models.DateTimeField(null=True)
    data_classes = classify(
        internal="office language at held_until registration mail alarmed_at",
        personal="email by",
    )

    class Meta:
        indexes = [
            models.Index(fields=["office", "-at"], name="link_request_of_office"),
            models.Index(fields=["email", "-at"], name="link_request_of_email"),
        ]

    def __str__(self) -> str:
        return f"request {self.pk} at {self.office}"


class Link(models.Model):
    """One link of a mail: opens a draft, or reports that somebody else used the address.

    Only the token's hash is kept. Each works once; a newer one does not end an older one, so that
    a stranger who asks again takes nothing from whoever reads the mailbox.
    """

    OPEN, REPORT = "open", "report"
    office = models.ForeignKey(Office, models.PROTECT)
    registration = models.ForeignKey(Registration, models.CASCADE, null=True)
    request = models.ForeignKey(LinkRequest, models.CASCADE, null=True)
    purpose = models.CharField(max_length=6)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    rows = Rows(also="registration_id::text = {key_registration}")
    data_classes = classify(
        internal="office registration request purpose made_at expires_at used_at",
        secret="token_hash",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose="open", registration__isnull=False)
                | (Q(purpose="report") & ~Q(registration=None, request=None)),
                name="link_leads_somewhere",
            )
        ]

    def __str__(self) -> str:
        return f"link {self.pk} to {self.purpose}"


class Tally(models.Model):
    """How often something was asked for since `began_at`; the bucket is a keyed digest, nobody's name."""

    bucket = models.CharField(max_length=64, primary_key=True)
    began_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    data_classes = classify(internal="bucket began_at count")

    def __str__(self) -> str:
        return f"{self.count} since {self.began_at}"


class SpentPuzzle(models.Model):
    """A solved puzzle: its row makes a second use impossible until it has expired anyway."""

    key = models.CharField(max_length=64, primary_key=True)
    expires_at = models.DateTimeField()
    data_classes = classify(internal="key expires_at")

    def __str__(self) -> str:
        return self.key
