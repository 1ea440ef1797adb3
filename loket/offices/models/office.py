"""The office: its hours, its closed days, its numbers."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models

from loket.kernel.fence import Rows
from loket.kernel.fields import OrderedJSONField
from loket.kernel.privacy import classify


class Office(models.Model):
    """One LPSE: the tenant. Its columns and settings come from its pack."""

    slug = models.SlugField(unique=True)
    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=120)
    parent = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")
    registration_mode = models.CharField(max_length=12, default="registrar")
    settings = OrderedJSONField(default=dict)
    hours_version = models.PositiveIntegerField(default=1)
    loaded_at = models.DateTimeField()
    data_classes = classify(
        public="slug code name parent time_zone registration_mode settings",
        internal="hours_version loaded_at",
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def local(self, moment: datetime) -> datetime:
        """The same moment on the office's wall clock."""
        return moment.astimezone(self.zone)


class Calendar(models.Model):
    """One set of opening hours of an office; services name the one they run by (C7)."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="calendars")
    code = models.SlugField()
    week = models.JSONField()
    open_end = models.CharField(max_length=5, blank=True)
    closed_on = models.JSONField(default=list)
    special = models.JSONField(default=list)
    rows = Rows(read="true")
    data_classes = classify(public="office code week open_end closed_on special")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "code"], name="calendar_one_per_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.code}"


class Holiday(models.Model):
    """A national holiday or a day of collective leave, the same for every office; editable."""

    NATIONAL, CUTI_BERSAMA = "national_holidays", "cuti_bersama"
    date = models.DateField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
    data_classes = classify(public="date kind name source")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["date", "kind"], name="holiday_one_per_day_and_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class Closure(models.Model):
    """A day on which this office is closed although the week says open."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="closures")
    date = models.DateField()
    reason = models.CharField(max_length=120)
    rows = Rows(read="true")
    data_classes = classify(public="office date reason")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "date"], name="closure_one_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.date}"


class Sequence(models.Model):
    """The last number given of one kind in one year; taking the next one locks the row."""

    office = models.ForeignKey(Office, models.CASCADE)
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    data_classes = classify(internal="office kind year last")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "year"], name="sequence_one_per_kind_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
