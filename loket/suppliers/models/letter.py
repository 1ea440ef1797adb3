"""A letter filled with what an applicant told the office, drawn as PDF for a few days."""

from django.db import models
from django.db.models import Q

from loket.accounts.models import User
from loket.files.models import StoredFile
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.tickets.models import Ticket


class FilledLetter(models.Model):
    """One letter of one ticket as PDF: asked for by a button, drawn by a job, destroyed after some days.

    `with_identity` is the applicant's own; the counter's is without identity numbers. `content` is the digest of
    what was drawn, so that a letter that says something else by now is not handed out.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="filled_letters")
    letter = models.SlugField()
    language = models.CharField(max_length=2)
    with_identity = models.BooleanField()
    content = models.CharField(max_length=64, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)
    # Narrower than the ticket: whoever holds its public code does not reach its letters
    rows = Rows(
        also="EXISTS (SELECT 1 FROM tickets_party p WHERE p.ticket_id = suppliers_filledletter.ticket_id"
        " AND p.user_id = {person} AND p.revoked_at IS NULL AND p.since <= {now}"
        " AND (p.until IS NULL OR p.until > {now}))"
    )
    data_classes = classify(
        internal="office ticket letter language with_identity content file asked_at drawn_at",
        personal="asked_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "letter", "language", "with_identity"],
                name="filledletter_one_per_reader",
            ),
            models.CheckConstraint(
                condition=Q(file=None, content="", drawn_at=None)
                | Q(file__isnull=False, drawn_at__isnull=False) & ~Q(content=""),
                name="filledletter_drawn_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} of {self.ticket_id}"

    @property
    def is_waiting(self) -> bool:
        """Asked for, and not drawn since."""
        return self.drawn_at is None or self.drawn_at < self.asked_at
