"""The draft of a registration: what was asked and answered before there is a ticket."""

import json
from typing import Any

from django.db import models
from django.db.models import Q

from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.crypto import EncryptedTextField
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.standards.models import Standard
from loket.suppliers.models.supplier import Supplier
from loket.tickets.models import Ticket


class Registration(models.Model):
    """One registration at one office, from the first e-mail to its ticket (F7-F16).

    Of the password only Django's hash is kept; both the answers and that hash are blanked at
    submission, when supplier and account hold them, and when the owner of the address stops it.
    `touched_at` is the last time somebody worked on it: it is deleted some days after.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="id")
    requested_at = models.DateTimeField()
    touched_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    answers = EncryptedTextField(blank=True)
    password_hash = models.CharField(max_length=128, blank=True)
    terms_version = models.CharField(max_length=20, blank=True)
    consented_at = models.DateTimeField(null=True)
    ticket = models.OneToOneField(Ticket, models.PROTECT, null=True)
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, null=True, related_name="registrations"
    )
    # No columns: the version it is filled in under, the account its submission opened, and
    # whether this transaction read the row to change it
    standard: Standard | None = None
    account: User | None = None
    is_held = False
    rows = Rows(
        also="id::text = {key_registration} OR EXISTS (SELECT 1 FROM suppliers_representative r"
        " WHERE r.supplier_id = suppliers_registration.supplier_id AND r.user_id = {person}"
        " AND r.until IS NULL) OR (ticket_id IS NOT NULL"
        " AND {person} IS NOT NULL AND {key_ticket} IS NULL"
        " AND EXISTS (SELECT 1 FROM tickets_ticket t WHERE t.id = suppliers_registration.ticket_id))"
    )
    data_classes = classify(
        internal="office language requested_at touched_at confirmed_at stopped_at finished_at "
        "terms_version consented_at ticket supplier",
        personal="email",
        identity="answers",
        secret="password_hash",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at=None)
                | Q(finished_at=None, answers="", password_hash=""),
                name="registration_stopped_is_blank",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, ticket=None, supplier=None)
                | (
                    Q(finished_at__isnull=False, ticket__isnull=False, supplier__isnull=False)
                    & Q(confirmed_at__isnull=False, consented_at__isnull=False)
                    & ~Q(terms_version="")
                ),
                name="registration_finished_with_ticket_and_consent",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["email", "-requested_at"], name="registration_of_email"
            )
        ]

    def __str__(self) -> str:
        return f"registration {self.pk} at {self.office}"

    def hold(self) -> None:
        """Reload this row and hold it until the transaction ends, unless it was read so."""
        if not self.is_held:
            self.refresh_from_db(
                from_queryset=Registration.objects.select_for_update(
                    of=("self",)
                ).select_related("office")
            )

    @property
    def typed(self) -> dict[str, dict[str, Any]]:
        """What was typed so far, by page."""
        return json.loads(self.answers) if self.answers else {}

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None
