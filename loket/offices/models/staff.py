"""Who works at an office: terms of service, and invitations to one."""

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models.office import Office
from loket.offices.roles import Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Terms of service; every question about rights begins with `current`."""

    def current(self) -> Self:
        """Those that hold now: begun and not over."""
        now = clock.now()
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gt=now), valid_from__lte=now
        )


class Membership(models.Model):
    """What one person may do in one office, and from when until when. Rows stay: they are the history.

    `services` is the scope of an auditor: codes of the services he may read, none for all.
    """

    office = models.ForeignKey(Office, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    services = models.JSONField(default=list)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    appointed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rows = Rows(also="user_id = {person}")
    data_classes = classify(
        internal="office role services valid_from valid_until",
        personal="user appointed_by ended_by",
    )

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="membership_no_two_at_once",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from", "valid_until", Value("[)"),
                            function="TSTZRANGE", output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="membership_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.AUDITOR) | Q(valid_until__isnull=False),
                name="membership_of_an_auditor_ends",
            ),
            models.CheckConstraint(
                condition=Q(services=[]) | Q(role=Role.AUDITOR),
                name="membership_scope_is_an_auditors",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user} as {self.role} in {self.office}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by how they stand."""

    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(
            accepted_at=None, withdrawn_at=None, lapses_at__gt=clock.now()
        )


class Invitation(models.Model):
    """A head asks somebody to work at the office. Only the hash of the link's token is kept."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role)
    services = models.JSONField(default=list)
    valid_until = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lapses_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    data_classes = classify(
        internal="office role services valid_until invited_at lapses_at accepted_at withdrawn_at",
        personal="email invited_by accepted_by",
        secret="token_hash",
    )

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "token_hash", condition=~Q(token_hash=""), name="invitation_one_per_link"
            ),
            models.UniqueConstraint(
                "office", Upper("email"), "role",
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at=None),
                name="invitation_accepted_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.office}"
