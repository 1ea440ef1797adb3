"""What this room keeps of a ticket goes with it when it is merged."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from loket.suppliers.models import PowerOfAttorney, Registration
from loket.tickets.actions.merging import when_merged
from loket.tickets.models import Ticket


@when_merged
def move_registration(kept: Ticket, other: Ticket) -> None:
    """The registration goes where the request goes; two of them are never one request."""
    found = Registration.objects.filter(ticket__in=(kept, other))
    if found.count() > 1:
        message = _("Kedua tiket punya pendaftaran sendiri, jadi tidak dapat digabung.")
        raise ValidationError(message)
    found.filter(ticket=other).update(ticket=kept)
    PowerOfAttorney.objects.filter(ticket=other).update(ticket=kept)
