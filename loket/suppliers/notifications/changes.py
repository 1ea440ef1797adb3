"""The letter to the old address, with the way to stop a change (G9)."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from loket.kernel.mail import renders
from loket.kernel.models import Mail
from loket.suppliers.models import DataChange
from loket.suppliers.notifications.letters import heading
from loket.suppliers.queries.changes import stop_token


@renders("suppliers/mail/change_asked")
def change_asked(mail: Mail) -> dict[str, Any]:
    """That something was asked for, until when it is held, and the link; no values, old or new."""
    found = DataChange.objects.select_related("ticket", "office", "supplier")
    change = found.get(pk=mail.context["change"])
    page = reverse("suppliers:stop_change", args=[change.pk, stop_token(change)])
    return {**heading(change.office), "change": change, "link": settings.SITE_URL + page}  # fmt: skip
