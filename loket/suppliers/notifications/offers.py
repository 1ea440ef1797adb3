"""The letter to the owner of an account whose ticket from the desk it may be."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from loket.kernel.mail import renders
from loket.kernel.models import Mail
from loket.suppliers.actions.offering import VALID, new_offer_link
from loket.suppliers.models import TicketOffer
from loket.suppliers.notifications.letters import heading


@renders("suppliers/mail/ticket_offer")
def ticket_offer(mail: Mail) -> dict[str, Any]:
    """Office and number only: who reads this may be the wrong one, by a typing error at the desk."""
    found = TicketOffer.objects.select_related("ticket__office")
    offer = found.get(pk=mail.context["offer"])
    page = reverse("suppliers:ticket_offer", args=[new_offer_link(offer)])
    return {
        **heading(offer.ticket.office),
        "ticket": offer.ticket,
        "link": settings.SITE_URL + page,
        "days": VALID.days,
    }
