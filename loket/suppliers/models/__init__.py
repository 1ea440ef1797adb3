"""Tables of the room: the draft of a registration, the supplier, and who acts for it."""

from loket.suppliers.models.people import (
    Representative,
    SupplierInvitation,
    SupplierRole,
)
from loket.suppliers.models.proxy import PowerOfAttorney, PowerPaper
from loket.suppliers.models.registration import Registration
from loket.suppliers.models.supplier import BranchKind, FormOfBusiness, Supplier

__all__ = [
    "BranchKind",
    "FormOfBusiness",
    "PowerOfAttorney",
    "PowerPaper",
    "Registration",
    "Representative",
    "Supplier",
    "SupplierInvitation",
    "SupplierRole",
]
