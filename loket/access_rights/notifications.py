"""The mails of an official's request: the link, and what was decided."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from loket.access_rights.actions import new_link
from loket.access_rights.models import AccessRequest, OutsideAccount
from loket.access_rights.queries import LINK_HOURS
from loket.kernel.mail import renders
from loket.kernel.models import Mail
from loket.standards.queries import settings_of
from loket.ui.navigation import office_home


@renders("access_rights/mail/confirm")
def confirm(mail: Mail) -> dict[str, Any]:
    """The link is made now, so that no table ever holds it."""
    said = _letter(mail)
    asked = said["asked"]
    link = reverse("access_rights:link", args=[asked.office.slug, new_link(asked)])
    return {**said, "link": settings.SITE_URL + link, "hours": LINK_HOURS}


@renders("access_rights/mail/approved")
def approved(mail: Mail) -> dict[str, Any]:
    """Until when the access holds, and where to sign in."""
    return _letter(mail)


@renders("access_rights/mail/refused")
def refused(mail: Mail) -> dict[str, Any]:
    """Why not, in the words of whoever decided."""
    return _letter(mail)


@renders("access_rights/mail/lapsed")
def lapsed(mail: Mail) -> dict[str, Any]:
    """Nobody decided; how to ask again."""
    return _letter(mail)


@renders("access_rights/mail/account_ends")
def account_ends(mail: Mail) -> dict[str, Any]:
    """Which account ends when, and how more time is asked for."""
    found = OutsideAccount.objects.select_related("office")
    account = found.get(pk=mail.context["account"])
    return {
        "account": account,
        "office": account.office,
        "contacts": settings_of(account.office).contacts,
        "home": settings.SITE_URL + office_home(account.office.slug),
    }


def _letter(mail: Mail) -> dict[str, Any]:
    found = AccessRequest.objects.select_related("office", "extends")
    asked = found.get(pk=mail.context["request"])
    entry = reverse("access_rights:email", args=[asked.office.slug])
    return {
        "asked": asked,
        "office": asked.office,
        "contacts": settings_of(asked.office).contacts,
        "sign_in": settings.SITE_URL + reverse("account_login"),
        "entry": settings.SITE_URL + entry,
        "own": settings.SITE_URL + reverse("access_rights:mine"),
    }
