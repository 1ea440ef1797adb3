"""The mail of an invitation."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from loket.kernel.mail import renders
from loket.kernel.models import Mail
from loket.offices.actions import new_link
from loket.offices.models import Invitation


@renders("offices/mail/invitation")
def invitation(mail: Mail) -> dict[str, Any]:
    """The link is made now, so that no table ever holds it."""
    found = Invitation.objects.select_related("office", "invited_by")
    invited = found.get(pk=mail.context["invitation"])
    link = reverse("offices:invitation", args=[new_link(invited)])
    return {
        "office": invited.office,
        "contacts": invited.office.settings.get("contacts", {}),
        "invitation": invited,
        "link": settings.SITE_URL + link,
    }
