"""A ticket from the desk, offered by mail to the owner of an account that exists already."""

from django.db import models

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models import Claim, Ticket


class TicketOffer(models.Model):
    """One letter to one account: "is this request yours?" It serves as long as the stub's code does.

    Only the token's hash is kept; it is made when the mail is sent. The officer never sees this row.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="offers")
    claim = models.ForeignKey(Claim, models.PROTECT)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, blank=True)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    data_classes = classify(
        internal="office ticket claim offered_at expires_at",
        personal="user offered_by",
        secret="token_hash",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "token_hash", condition=~models.Q(token_hash=""), name="ticketoffer_one_per_link"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"offer {self.pk} of {self.ticket_id}"

    @property
    def is_open(self) -> bool:
        """Whether its link still leads to a ticket nobody joined."""
        unused = self.claim.used_at is None and self.ticket.is_open
        return unused and self.expires_at > clock.now()
