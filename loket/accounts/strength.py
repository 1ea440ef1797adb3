"""How surely this session knows whom it has before it: told from the records kept in the session."""

from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest  # noqa: TID251 - asked by views and middleware about their request

from loket.accounts.models import User
from loket.kernel import clock

RECENT = timedelta(minutes=5)
SECOND_FACTOR = "mfa"


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or since confirmed, with a second factor. No statement."""
    return any(record.get("method") == SECOND_FACTOR for record in _records(request))


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved himself a few minutes ago, by signing in or again."""
    since = (clock.now() - RECENT).timestamp()
    return any(record.get("at", 0) > since for record in _records(request))


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    user = request.user
    return get_authentication_records(request, user) if isinstance(user, User) else []
