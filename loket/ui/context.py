"""What every template may use without its view giving it."""

from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.utils.translation import get_language

from loket.ui import navigation


def page(request: WSGIRequest) -> dict[str, Any]:
    """Language, demo flag, addresses and empty defaults; a view's own values win."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "other_language": navigation.other_language(request.get_full_path(), language),
        "demo": settings.DEMO,
        "nav": navigation,
        "office": None,
        "rail": (),
        "theme": "light",
    }
