"""Which suppliers stand still for an entry of the blacklist, and since when (G12)."""

from django.db.models import QuerySet

from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.offices.models import Office
from loket.suppliers.models import Sanction, Supplier
from loket.tickets.models import Ticket


def running_sanction(supplier: Supplier) -> Sanction | None:
    """The one that holds today, if any; the day is that of the office that recorded it."""
    return running_among(list(_of(supplier).filter(lifted_at=None)))


def sanctions_of(supplier: Supplier) -> list[Sanction]:
    """The whole history, the newest first."""
    return list(_of(supplier).order_by("-pk"))


def _of(supplier: Supplier) -> "QuerySet[Sanction]":
    found = Sanction.objects.filter(supplier=supplier)
    return found.select_related("office", "by", "lifted_by", "proof")


def running_among(sanctions: list[Sanction]) -> Sanction | None:
    """The one of these that holds today."""
    return next((each for each in sanctions if is_running(each)), None)


def is_running(sanction: Sanction) -> bool:
    """Whether it holds today."""
    today = sanction.office.local(clock.now()).date()
    return sanction.lifted_at is None and sanction.since <= today <= sanction.until


@as_system()
def barring_sanction(tax_id_digest: str) -> Sanction | None:
    """The one under which this tax identity stands still today, in whichever row of a supplier, whoever asks (G12).

    A request that came to nothing leaves its row behind, and a sanction may have been written there.
    """
    same = Sanction.objects.filter(supplier__tax_id_digest=tax_id_digest)
    return running_among(list(same.select_related("office").filter(lifted_at=None)))


def tickets_told(supplier: Supplier, office: Office) -> list[Ticket]:
    """The supplier's tickets at one office, whose history says what became of its account."""
    found = Ticket.objects.filter(registration__supplier=supplier, office=office)
    return list(found.select_related("office").order_by("pk"))
