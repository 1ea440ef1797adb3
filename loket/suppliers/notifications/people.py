"""The letters about a supplier's people: invitations, who accepted, who came as a proxy."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from loket.kernel.mail import renders
from loket.kernel.models import Mail
from loket.suppliers.actions.people import VALID, new_invitation_link
from loket.suppliers.models import PowerOfAttorney, SupplierInvitation
from loket.suppliers.notifications.letters import event_of, heading


@renders("suppliers/mail/invitation")
def invitation(mail: Mail) -> dict[str, Any]:
    """The link is made now, so that no table ever holds it."""
    found = _invitation(mail)
    token = new_invitation_link(found)
    return {
        "invitation": found,
        "supplier": found.supplier,
        "link": settings.SITE_URL + reverse("suppliers:invitation", args=[token]),
        "days": VALID.days,
    }


@renders("suppliers/mail/joined")
def joined(mail: Mail) -> dict[str, Any]:
    """Who used an invitation, so that an owner can undo a mistake."""
    found = _invitation(mail)
    page = reverse("suppliers:own_business", args=[found.supplier_id])
    return {
        "invitation": found,
        "supplier": found.supplier,
        "link": settings.SITE_URL + page,
    }


def _invitation(mail: Mail) -> SupplierInvitation:
    found = SupplierInvitation.objects.select_related(
        "supplier", "power__office", "invited_by", "accepted_by"
    )
    return found.get(pk=mail.context["invitation"])


@renders("suppliers/mail/proxy_came")
def proxy_came(mail: Mail) -> dict[str, Any]:
    """Who came for whom, and where to undo it."""
    event = event_of(mail)
    power = PowerOfAttorney.objects.get(pk=event.data["power"])
    page = reverse("suppliers:power", args=[power.supplier_id, power.pk])
    return {
        **heading(event.office),
        "ticket": event.ticket,
        "power": power,
        "link": settings.SITE_URL + page,
    }
