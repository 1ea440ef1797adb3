"""Whose request a ticket is, where it asks for another service than registration."""

from django.db import models

from loket.kernel.privacy import classify
from loket.offices.models import Office
from loket.suppliers.models.supplier import Supplier
from loket.tickets.models import Ticket
from loket.tickets.models.ticket import rows_of_ticket


class SupplierRequest(models.Model):
    """A supplier asks an office for something; its people then see the ticket, and the desk sees who asks."""

    office = models.ForeignKey(Office, models.PROTECT)
    ticket = models.OneToOneField(
        Ticket, models.PROTECT, related_name="supplier_request"
    )
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="requests")
    rows = rows_of_ticket("suppliers_supplierrequest")
    data_classes = classify(internal="office ticket supplier")

    def __str__(self) -> str:
        return f"{self.ticket_id} of {self.supplier_id}"
