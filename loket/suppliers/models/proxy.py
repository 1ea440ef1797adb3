"""The power of attorney: who may come in the owner's place, where, for what and until when (D9, G8)."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from loket.accounts.models import User
from loket.files.models import StoredFile
from loket.kernel.crypto import EncryptedTextField
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.offices.numbers import mask
from loket.standards.models import Service
from loket.suppliers.models.people import Representative
from loket.suppliers.models.supplier import Supplier
from loket.tickets.models import Ticket


class PowerQuerySet(models.QuerySet["PowerOfAttorney"]):
    """Powers of attorney by what they cover."""

    def standing(self) -> "PowerQuerySet":
        """Neither revoked nor refused; whether their days have come is another question."""
        return self.filter(revoked_at=None).exclude(is_accepted=False)

    def of_ticket(self, ticket: Ticket) -> "PowerQuerySet":
        """Those granted for this ticket, or for every ticket of its service here."""
        covers = Q(ticket=ticket) | Q(ticket=None, service_id=ticket.service_id)
        owned = self.filter(supplier__registrations__ticket=ticket)
        return owned.filter(covers, office_id=ticket.office_id)


class PowerOfAttorney(models.Model):
    """An owner lets somebody show documents in his place: at one office, for one service or ticket.

    Valid on whole days of the office, first and last included. Whether proxies are taken at all is
    the standard's matter (C1), asked again whenever one is used. `recorded_by` is the officer to whom
    a letter on paper was shown that nobody granted here.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="powers")
    service = models.ForeignKey(Service, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="powers")
    grantor = models.ForeignKey(Representative, models.PROTECT)
    proxy_name = models.CharField(max_length=120)
    proxy_nik = EncryptedTextField()
    nik_digest = models.CharField(max_length=64)
    proxy_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField()
    has_meterai = models.BooleanField()
    granted_at = models.DateTimeField()
    is_accepted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    meterai_seen = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    rows = Rows(
        also="proxy_user_id = {person} OR EXISTS (SELECT 1 FROM suppliers_representative r"
        " WHERE r.supplier_id = suppliers_powerofattorney.supplier_id AND r.user_id = {person} AND r.until IS NULL)"
    )
    data_classes = classify(
        internal="office supplier service ticket grantor valid_from valid_until has_meterai "
        "granted_at is_accepted decided_at meterai_seen revoked_at",
        personal="proxy_name proxy_user decided_by reason revoked_by recorded_by",
        identity="proxy_nik nik_digest",
    )

    objects: ClassVar = PowerQuerySet.as_manager()

    class Meta:
        # No two that stand for one person, scope and day: an exclusion constraint of the migration
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="power_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(is_accepted=None, decided_at=None, decided_by=None)
                | Q(is_accepted__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="power_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(is_accepted=False) | ~Q(reason=""), name="power_refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="power_revoked_by_somebody",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["office", "service"], name="power_of_service")]

    def __str__(self) -> str:
        return f"power of attorney {self.pk} at {self.office}"

    @property
    def masked_nik(self) -> str:
        """The proxy's NIK as officers and the owner see it."""
        return mask(self.proxy_nik or "")

    def covers(self, day: dt.date) -> bool:
        """Whether this day of the office lies within it."""
        return self.valid_from <= day <= self.valid_until

    @property
    def is_standing(self) -> bool:
        """Neither revoked nor refused."""
        return self.revoked_at is None and self.is_accepted is not False


class PowerPaper(models.Model):
    """One paper of a power of attorney: what the standard asks of a proxy, such as his KTP."""

    office = models.ForeignKey(Office, models.PROTECT)
    power = models.ForeignKey(PowerOfAttorney, models.PROTECT, related_name="papers")
    requirement = models.SlugField()
    file = models.ForeignKey(StoredFile, models.PROTECT)
    rows = Rows(
        also="EXISTS (SELECT 1 FROM suppliers_powerofattorney p WHERE p.id = suppliers_powerpaper.power_id)"
    )
    data_classes = classify(internal="office power requirement file")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["power", "requirement"], name="powerpaper_one_per_requirement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement} of {self.power}"
