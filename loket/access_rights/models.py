"""What officials ask for, what they were given, and what happened about it."""

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.files.models import StoredFile
from loket.kernel import clock
from loket.kernel.crypto import EncryptedTextField
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models import Ticket
from loket.tickets.models.ticket import rows_of_ticket

PERIOD = Func(
    "since", "until", Value("[)"),
    function="TSTZRANGE", output_field=DateTimeRangeField(),
)  # fmt: skip


class Position(models.TextChoices):
    """As what an official uses the procurement system (A15)."""

    PPK = "ppk", _("Pejabat Pembuat Komitmen")
    POKJA = "pokja", _("Anggota Pokja Pemilihan")
    PP = "pp", _("Pejabat Pengadaan")


class AccessGrantQuerySet(models.QuerySet["AccessGrant"]):
    """Access given; every question about rights begins with `current`."""

    def current(self) -> Self:
        """Those that hold now: begun and not over."""
        now = clock.now()
        return self.filter(since__lte=now, until__gt=now)


class AccessGrant(models.Model):
    """An official holds a position's access at an office, until his term there ends. It ends by itself."""

    office = models.ForeignKey(Office, models.PROTECT)
    user = models.ForeignKey(User, models.PROTECT, related_name="access_grants")
    position = models.CharField(max_length=10, choices=Position)
    nip = EncryptedTextField()
    nip_digest = models.CharField(max_length=64)
    work_unit = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField()
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rows = Rows(also="user_id = {person}")
    data_classes = classify(
        internal="office position since until",
        personal="user work_unit granted_by ended_by",
        identity="nip nip_digest",
    )

    objects: ClassVar = AccessGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="access_grant_ends_after_it_began"
            ),
            ExclusionConstraint(
                name="access_grant_no_two_at_once",
                expressions=[
                    ("office", RangeOperators.EQUAL), ("user", RangeOperators.EQUAL),
                    ("position", RangeOperators.EQUAL), (PERIOD, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="access_grant_one_account_per_nip",
                expressions=[
                    ("nip_digest", RangeOperators.EQUAL), ("user", RangeOperators.NOT_EQUAL),
                ],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user} as {self.position} at {self.office}"


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    """Requests by how they stand."""

    def waiting(self) -> Self:
        """Sent in and not decided."""
        return self.filter(submitted_at__isnull=False, decided_at=None, lapsed_at=None)


class AccessRequest(models.Model):
    """One official asks one office for access, or for more time (`extends`); `ticket` once a service runs it.

    Only the hash of the link's token is kept, and of the password only Django's hash.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="id")
    token_hash = models.CharField(max_length=64, blank=True)
    token_expires_at = models.DateTimeField(null=True)
    requested_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=120, blank=True)
    nip = EncryptedTextField(blank=True)
    nip_digest = models.CharField(max_length=64, blank=True)
    position = models.CharField(max_length=10, choices=Position, blank=True)
    work_unit = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    letter = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    until = models.DateTimeField(null=True)
    user_id = models.CharField(max_length=40, blank=True)
    password_hash = models.CharField(max_length=128, blank=True)
    extends = models.ForeignKey(AccessGrant, models.PROTECT, null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    is_approved = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    lapsed_at = models.DateTimeField(null=True)
    ticket = models.OneToOneField(Ticket, models.PROTECT, null=True)
    rows = Rows(
        also="EXISTS (SELECT 1 FROM access_rights_accessgrant g"
        " WHERE g.id = access_rights_accessrequest.extends_id AND g.user_id = {person})"
    )
    data_classes = classify(
        internal="office language token_expires_at requested_at confirmed_at submitted_at "
        "position until extends decided_at is_approved lapsed_at ticket letter",
        personal="email name work_unit phone user_id decided_by reason",
        identity="nip nip_digest",
        secret="token_hash password_hash",
    )

    objects: ClassVar = AccessRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "token_hash", condition=~Q(token_hash=""), name="access_request_one_per_link"
            ),
            models.UniqueConstraint(
                "office", Upper("email"),
                condition=Q(submitted_at__isnull=False, decided_at=None, lapsed_at=None),
                name="access_request_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | (
                    Q(confirmed_at__isnull=False, letter__isnull=False, until__isnull=False)
                    & ~Q(nip_digest="") & ~Q(position="")
                ),
                name="access_request_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, is_approved=None)
                | Q(
                    decided_at__isnull=False, decided_by__isnull=False, is_approved__isnull=False,
                    submitted_at__isnull=False, lapsed_at=None,
                ),
                name="access_request_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_approved=None) | Q(is_approved=True) | ~Q(reason=""),
                name="access_request_refusal_has_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"access request {self.pk} at {self.office}"

    @property
    def is_waiting(self) -> bool:
        return bool(self.submitted_at) and not self.decided_at and not self.lapsed_at


class OutsideAccount(models.Model):
    """An account an office granted in another system: which, to whom, until what day (D-g, D-h, D-k, D-l).

    Never a password. loket cannot end it: an officer does so there and says it here.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="outside_accounts")
    system = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    holder = models.CharField(max_length=200)
    holder_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    until = models.DateField()
    granted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    rows = rows_of_ticket("access_rights_outsideaccount")
    data_classes = classify(
        internal="office ticket system until granted_at recorded_at ended_at reminded_at",
        personal="name holder holder_user granted_by ended_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "office", "system", Upper("name"), condition=Q(ended_at=None),
                name="outside_account_one_row_while_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="outside_account_ended_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} in {self.system}"


class AccessEvent(models.Model):
    """One line of a request's history: who did or saw what. Never changed, no personal text."""

    office = models.ForeignKey(Office, models.PROTECT)
    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="events")
    name = models.CharField(max_length=20)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    data_classes = classify(
        internal="office request name at recorded_at", personal="by"
    )
    append_only = True

    def __str__(self) -> str:
        return f"{self.name} on {self.request}"
