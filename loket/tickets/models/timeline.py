"""What happened and how long it took. Events are written once; no personal text stands in them."""

from django.db import models
from django.db.models import Q

from loket.accounts.models import User
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models.ticket import Ticket, Turn, rows_of_ticket


class Event(models.Model):
    """One line of a ticket's timeline: when it happened (`at`) and when it was entered (`recorded_at`)."""

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="events")
    name = models.CharField(max_length=40)
    step = models.SlugField(blank=True)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True)
    as_what = models.CharField(max_length=10)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = rows_of_ticket("tickets_event")
    data_classes = classify(
        internal="office ticket name step from_status to_status as_what data at recorded_at",
        personal="by",
    )
    append_only = True

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="event_of_ticket")]

    def __str__(self) -> str:
        return f"{self.name} of {self.ticket_id}"


class Delivery(models.Model):
    """One event was given to one subscriber; the row makes a second delivery impossible."""

    office = models.ForeignKey(Office, models.PROTECT)
    event_id = models.BigIntegerField()
    subscriber = models.CharField(max_length=80)
    at = models.DateTimeField()
    data_classes = classify(internal="office event_id subscriber at")
    append_only = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "subscriber"], name="delivery_only_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.subscriber}"


class Message(models.Model):
    """What somebody wrote on a ticket. Internal notes never leave the office."""

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="messages")
    author = models.ForeignKey(User, models.PROTECT, null=True)
    is_internal = models.BooleanField(default=False)
    body = models.TextField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    rows = Rows(
        also="(NOT is_internal OR office_id = ANY ({audited})) AND {person} IS NOT NULL"
        " AND {key_ticket} IS NULL"
        " AND EXISTS (SELECT 1 FROM tickets_ticket t WHERE t.id = tickets_message.ticket_id)"
    )
    data_classes = classify(
        internal="office ticket is_internal at recorded_at", personal="author body"
    )

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="message_of_ticket")]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Segment(models.Model):
    """A stretch of time with one step and one turn; closed segments are never rewritten (G4).

    `counted` says whether the promise covers it; `office_seconds` is its open-hours length.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="segments")
    step = models.SlugField(blank=True)
    turn = models.CharField(max_length=10, choices=Turn)
    counted = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    office_seconds = models.PositiveIntegerField(null=True)
    rows = rows_of_ticket("tickets_segment")
    data_classes = classify(
        internal="office ticket step turn counted started_at recorded_at ended_at office_seconds"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=Q(ended_at=None),
                name="segment_one_running",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, office_seconds=None)
                | Q(ended_at__isnull=False, office_seconds__isnull=False),
                name="segment_measured_when_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "started_at"], name="segment_of_ticket")
        ]

    def __str__(self) -> str:
        return f"{self.turn} of {self.ticket_id}"
