"""Opening a session, for rooms in which somebody has just proven who he is."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest  # noqa: TID251 - called by views about their request

from loket.accounts import sessions
from loket.accounts.models import User


def enter(request: HttpRequest, user: User, *, by: str = "") -> None:
    """Sign this person in and mark when, where and in what browser.

    `by` is "password" when he has just chosen one, so that nothing asks for it again at once.
    """
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if by:
        record_authentication(request, user, by)
    note(request)


def note(request: HttpRequest) -> None:
    """Mark the beginning of a session that the library has just opened."""
    adapter = get_adapter()
    sessions.begin(
        request.session,
        device=sessions.device_of(adapter.get_http_user_agent(request)),
        address=sessions.part_of(adapter.get_client_ip(request)),
    )
