"""Tables of the room: the draft of a registration, the supplier, and who acts for it."""

from loket.suppliers.models.asking import Link, LinkRequest, SpentPuzzle, Tally
from loket.suppliers.models.change import DataChange
from loket.suppliers.models.follow_up import FollowUp, Outreach, Settled, Way
from loket.suppliers.models.letter import FilledLetter
from loket.suppliers.models.offer import TicketOffer
from loket.suppliers.models.people import (
    Representative,
    SupplierInvitation,
    SupplierRole,
)
from loket.suppliers.models.proxy import PowerOfAttorney, PowerPaper
from loket.suppliers.models.registration import Registration
from loket.suppliers.models.request import SupplierRequest
from loket.suppliers.models.sanction import Sanction
from loket.suppliers.models.supplier import (
    BranchKind,
    FormOfBusiness,
    IdentityDocument,
    Supplier,
)

__all__ = [
    "BranchKind",
    "DataChange",
    "FilledLetter",
    "FollowUp",
    "FormOfBusiness",
    "IdentityDocument",
    "Link",
    "LinkRequest",
    "Outreach",
    "PowerOfAttorney",
    "PowerPaper",
    "Registration",
    "Representative",
    "Sanction",
    "Settled",
    "SpentPuzzle",
    "Supplier",
    "SupplierInvitation",
    "SupplierRequest",
    "SupplierRole",
    "Tally",
    "TicketOffer",
    "Way",
]
