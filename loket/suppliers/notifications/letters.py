"""What the letters of this room have in common."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from loket.kernel.models import Mail
from loket.offices.models import Office
from loket.standards.queries import settings_of
from loket.suppliers.queries import outside_system
from loket.tickets.models import Event


def event_of(mail: Mail) -> Event:
    """The event a letter tells of."""
    found = Event.objects.select_related("ticket", "office")
    return found.get(pk=mail.context["event"])


def absolute(name: str, office: Office, *more: str) -> str:
    """The address of a page of this room, as a mail needs it."""
    return settings.SITE_URL + reverse(name, args=[office.slug, *more])


def heading(office: Office) -> dict[str, Any]:
    """What every mail of an office prints: its name, contacts and the way to sign in."""
    return {
        "office": office,
        "contacts": settings_of(office).contacts,
        "outside": outside_system(office),
        "sign_in": settings.SITE_URL + reverse("account_login"),
    }
