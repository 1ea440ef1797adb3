"""Tables of the room: the draft of a registration, the supplier, and who acts for it."""

from loket.suppliers.models.registration import Registration
from loket.suppliers.models.supplier import (
    BranchKind,
    FormOfBusiness,
    Representative,
    Supplier,
)

__all__ = [
    "BranchKind",
    "FormOfBusiness",
    "Registration",
    "Representative",
    "Supplier",
]
