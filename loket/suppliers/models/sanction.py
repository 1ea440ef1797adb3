"""A supplier on the national blacklist: its account stands still, from when until when, and who lifted that (G12)."""

from django.db import models
from django.db.models import F, Q

from loket.accounts.models import User
from loket.kernel.fence import Rows
from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.suppliers.models.supplier import Supplier
from loket.tickets.models import Proof


class Sanction(models.Model):
    """The account of a supplier is deactivated for an entry of the Daftar Hitam.

    Holds on whole days, `since` to `until`, both included, and then ends by itself. Rows stay; a
    sanction is taken back by `lifted_*`, with a reason.
    """

    office = models.ForeignKey(Office, models.PROTECT)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="sanctions")
    number = models.CharField(max_length=80)
    listed_on = models.DateField()
    source = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    since = models.DateField()
    until = models.DateField()
    proof = models.ForeignKey(Proof, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lift_reason = models.CharField(max_length=500, blank=True)
    # Every office that sees the supplier, and its own people
    rows = Rows(
        read="EXISTS (SELECT 1 FROM suppliers_supplier s WHERE s.id = suppliers_sanction.supplier_id)"
    )
    data_classes = classify(
        internal="office supplier number listed_on source since until proof at lifted_at",
        personal="reason by lifted_by lift_reason",
    )

    class Meta:
        # No two that run for one supplier on one day: an exclusion constraint of the migration
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="sanction_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(source="") & ~Q(reason=""),
                name="sanction_names_its_entry",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
                name="sanction_lifted_by_somebody_with_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} for {self.supplier}"
