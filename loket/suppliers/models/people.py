"""The people who act for a supplier, and the invitations by which they come."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.suppliers.models.supplier import Supplier


class SupplierRole(models.TextChoices):
    """What a person is to the supplier: an owner also invites, grants proxies and joins offices."""

    OWNER = "owner", _("Pimpinan atau pemilik")
    STAFF = "staff", _("Staf")


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    """People of suppliers; every question about rights begins with `current`."""

    def current(self) -> "RepresentativeQuerySet":
        """Those whose role has not ended."""
        return self.filter(until=None)

    def owners(self) -> "RepresentativeQuerySet":
        """Those who decide for the supplier now."""
        return self.current().filter(role=SupplierRole.OWNER)


class Representative(models.Model):
    """A person who acts for a supplier, in one role at a time, from when until when."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="people")
    user = models.ForeignKey(User, models.PROTECT, related_name="suppliers")
    role = models.CharField(
        max_length=12, choices=SupplierRole, default=SupplierRole.OWNER
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    data_classes = classify(
        internal="supplier role since until", personal="user ended_by"
    )

    objects: ClassVar = RepresentativeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "supplier", "user", condition=Q(until=None), name="representative_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None, ended_by=None)
                | Q(until__isnull=False, ended_by__isnull=False),
                name="representative_ended_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user} for {self.supplier}"


class SupplierInvitation(models.Model):
    """A link by mail to become a supplier's person, or to use a power of attorney; once, for some days.

    Only the hash of the token is kept. It is made when the mail is sent.
    """

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=SupplierRole, blank=True)
    power = models.ForeignKey("PowerOfAttorney", models.PROTECT, null=True)
    token_hash = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField()
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    rows = Rows(
        of_office=False,
        also="EXISTS (SELECT 1 FROM suppliers_representative r"
        " WHERE r.supplier_id = suppliers_supplierinvitation.supplier_id AND r.user_id = {person}"
        " AND r.until IS NULL)",
    )
    data_classes = classify(
        internal="supplier role power expires_at invited_at accepted_at cancelled_at",
        personal="email invited_by accepted_by",
        secret="token_hash",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "token_hash", condition=~Q(token_hash=""), name="supplierinvitation_one_per_link"
            ),
            models.CheckConstraint(
                condition=(Q(power=None) & ~Q(role="")) | Q(power__isnull=False, role=""),
                name="supplierinvitation_role_or_power",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, cancelled_at=None),
                name="supplierinvitation_accepted_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"invitation {self.pk} of {self.supplier}"

    @property
    def is_open(self) -> bool:
        """Whether its link can still be used."""
        is_over = self.accepted_at or self.cancelled_at
        return not is_over and self.expires_at > clock.now()
