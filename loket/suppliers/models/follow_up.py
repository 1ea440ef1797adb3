"""What the office does until a new supplier's data stand in SIKaP (S1 step 13, T7, T8, G25)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models import Proof, Ticket


class Settled(models.TextChoices):
    """How a follow-up ended: an officer saw the data, the supplier showed them, or the office let it be."""

    CONFIRMED = "confirmed", _("Dipastikan petugas")
    SHOWN = "shown", _("Ditunjukkan pelaku usaha")
    WAIVED = "waived", _("Dikesampingkan")


class FollowUp(models.Model):
    """The way of one activated supplier to its data in SIKaP; one for each ticket, never closed without proof or reason.

    `promised_at`: the supplier stated that it will fill them in. `said_at`: it says that it has.
    `looked_on` and `source` are the day and place where somebody saw the data.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="follow_up")
    begun_at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Settled, blank=True)
    proof = models.ForeignKey(Proof, models.PROTECT, null=True, related_name="+")
    looked_on = models.DateField(null=True)
    source = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    rows = Rows(
        also="{person} IS NOT NULL AND {key_ticket} IS NULL"
        " AND EXISTS (SELECT 1 FROM tickets_ticket t WHERE t.id = suppliers_followup.ticket_id)"
    )
    data_classes = classify(
        internal="office ticket begun_at promised_at said_at settled_at outcome proof looked_on source",
        personal="settled_by reason",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                name="follow_up_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=("confirmed", "shown"))
                | Q(proof__isnull=False)
                | (Q(looked_on__isnull=False) & ~Q(source="")),
                name="follow_up_done_with_proof",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="waived") | ~Q(reason=""), name="follow_up_waived_with_reason"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["office", "begun_at"],
                condition=Q(settled_at=None),
                name="follow_up_open",
            )
        ]

    def __str__(self) -> str:
        return f"follow-up of {self.ticket_id}"

    @property
    def is_open(self) -> bool:
        return self.settled_at is None


class Way(models.TextChoices):
    """How the office reached the supplier, or helped."""

    MAIL = "mail", _("E-mail pengingat")
    PHONE = "phone", _("Telepon")
    WHATSAPP = "whatsapp", _("WhatsApp")
    COUNTER = "counter", _("Bantuan di loket")


class OutreachQuerySet(models.QuerySet["Outreach"]):
    """What was done for a follow-up."""

    def reminders(self) -> "OutreachQuerySet":
        """Those loket sent by itself."""
        return self.filter(way=Way.MAIL)


class Outreach(models.Model):
    """One reminder, call, message or help at the counter; a reminder of a day goes out once (its unique key)."""

    office = models.ForeignKey(Office, models.PROTECT)
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="outreach")
    way = models.CharField(max_length=10, choices=Way)
    after_days = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = Rows(
        read="EXISTS (SELECT 1 FROM suppliers_followup f WHERE f.id = suppliers_outreach.follow_up_id)"
    )
    data_classes = classify(
        internal="office follow_up way after_days minutes at recorded_at",
        personal="note by",
    )
    append_only = True

    objects: ClassVar = OutreachQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "follow_up", "after_days", condition=Q(way="mail"), name="outreach_reminder_once"
            ),
            models.CheckConstraint(
                condition=Q(way="mail", after_days__isnull=False, by=None, minutes=None)
                | (~Q(way="mail") & Q(after_days=None, by__isnull=False)),
                name="outreach_by_somebody_or_by_the_clock",
            ),
            models.CheckConstraint(
                condition=~Q(way="counter") | Q(minutes__isnull=False), name="outreach_help_has_minutes"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.way} of {self.follow_up_id}"
