"""What every page tells a signed-in applicant, whatever room it belongs to."""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.utils.functional import SimpleLazyObject

from loket.tickets.queries.corrections import reminders


def asked_of_you(request: WSGIRequest) -> dict[str, Any]:
    """The tickets that wait for him to mend something; asked only by pages that show it."""
    user = getattr(request, "user", None)
    if user is None:
        return {}
    return {
        "reminders": SimpleLazyObject(
            lambda: reminders(user) if user.is_authenticated else []
        )
    }
