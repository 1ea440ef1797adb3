"""What officers leave behind while they work: which ticket is open on whose screen, and filters they use again."""

from django.db import models

from loket.accounts.models import User
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models.ticket import Ticket


class Presence(models.Model):
    """An officer has a ticket on his screen; colleagues who open it meanwhile are told. Deleted after a day."""

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.CASCADE)
    user = models.ForeignKey(User, models.PROTECT)
    seen_at = models.DateTimeField()
    data_classes = classify(internal="office ticket seen_at", personal="user")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "user"], name="presence_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.ticket_id}"


class SavedFilter(models.Model):
    """A view of a list an officer comes back to: the list, and what it was narrowed to. Only his own."""

    office = models.ForeignKey(Office, models.PROTECT)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    worklist = models.SlugField()
    query = models.CharField(max_length=2000, blank=True)
    rows = Rows(of_office=False, also="user_id = {person}")
    data_classes = classify(internal="office worklist query", personal="user name")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "user", "name"], name="savedfilter_one_per_name"
            )
        ]
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
