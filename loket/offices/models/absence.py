"""When an officer is away: nothing is handed to him, and what he holds goes back to his colleagues."""

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.privacy import classify
from loket.offices.models.office import Office


class AbsenceKind(models.TextChoices):
    """Why somebody is away; illness is nobody's business here and stands under `other`."""

    LEAVE = "leave", _("Cuti")
    DUTY = "duty", _("Tugas luar")
    TRAINING = "training", _("Pelatihan")
    OTHER = "other", _("Berhalangan")


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences by how they stand; one called off before it began is empty and never current."""

    def current(self) -> Self:
        """Those that hold now."""
        now = clock.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def not_over(self) -> Self:
        """Those that hold now or are to come."""
        return self.filter(ends_at__gt=clock.now()).exclude(ends_at=F("starts_at"))


class Absence(models.Model):
    """One person is away from one office, from and until when, entered by himself or by a head."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="absences")
    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=10, choices=AbsenceKind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    data_classes = classify(
        internal="office starts_at ends_at entered_at",
        personal="user kind entered_by ended_by",
    )

    objects: ClassVar = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="absence_no_two_at_once",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at", "ends_at", Value("[)"),
                            function="TSTZRANGE", output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="absence_ends_after_it_began",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"absence {self.pk} at {self.office}"
