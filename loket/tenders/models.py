"""What was changed in the schedule of a tender, and what it was before."""

from django.db import models
from django.db.models import F, Q

from loket.accounts.models import User
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models import Ticket


class ScheduleChange(models.Model):
    """One stage of one tender was moved, as a Pokja asked and an Admin PPE did in SPSE. Public, never changed.

    Package and stage are free text: each kind of tender has its own stages. `changed_at` is when SPSE was changed.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="schedule_changes")
    tender_code = models.CharField(max_length=30)
    package = models.CharField(max_length=200)
    stage = models.CharField(max_length=200)
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = models.CharField(max_length=1000)
    changed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    append_only = True
    rows = Rows(read="true")
    data_classes = classify(
        public="office tender_code package stage before after reason changed_at",
        internal="ticket recorded_at",
        personal="changed_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "stage"], name="schedulechange_one_per_stage"
            ),
            models.CheckConstraint(
                condition=~Q(after=F("before")), name="schedulechange_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="schedulechange_has_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-changed_at"], name="schedulechange_newest")
        ]

    def __str__(self) -> str:
        return f"{self.tender_code}: {self.stage}"
