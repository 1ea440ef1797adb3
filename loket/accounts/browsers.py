"""Browsers that have signed in before: a signed cookie, so that a guesser elsewhere shuts nobody out."""

import secrets

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse  # noqa: TID251 - asked by views and middleware about their request

from loket.accounts.models import User
from loket.accounts.throttles import Bucket, guesses
from loket.kernel.crypto import digest

SALT = "loket.accounts.browsers"
KEPT_DAYS = 180
MOST_LOGINS = 12


def known_browser(request: HttpRequest, login: str) -> str:
    """The name of this browser when it has signed in with this login before, else empty."""
    name, marks = _read(request)
    return name if _mark(login) in marks else ""


def guess_buckets(request: HttpRequest, what: str, login: str) -> list[Bucket]:
    """Where a wrong password or code of this request is counted."""
    return guesses(
        what, login=login, address=get_ip(request), browser=known_browser(request, login)
    )  # fmt: skip


def know(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser show next time that this person has used it."""
    name, marks = _read(request)
    new = [_mark(user.user_id), _mark(user.email)]
    kept = [*new, *(mark for mark in marks if mark not in new)][:MOST_LOGINS]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps([name or secrets.token_hex(8), kept], salt=SALT),
        max_age=KEPT_DAYS * 86400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    said = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, "")
    try:
        name, marks = signing.loads(said, salt=SALT, max_age=KEPT_DAYS * 86400)
    except signing.BadSignature:
        return "", []
    return name, marks


def _mark(login: str) -> str:
    return digest(login.strip().casefold(), purpose="known-browser")[:24]
