"""Sessions as they stand after the sign-in pages; `Client.force_login` alone leaves none of their marks."""

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from loket.accounts import sessions
from loket.kernel import clock

_signed_in = Client.force_login
RECORDS_OF = "account_authentication_methods_user"


def with_both_factors(client, user, backend=None):
    """Signed in with password and second factor; tests install it as `Client.force_login`."""
    _mark(client, user, "password", "mfa")


def with_password_only(client, user):
    """Signed in without a second factor."""
    _mark(client, user, "password")


def _mark(client, user, *methods):
    _signed_in(client, user)
    now = clock.now().timestamp()
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": each, "at": now} for each in methods]  # fmt: skip
    session[RECORDS_OF] = str(user.pk)
    sessions.begin(session, device="Chrome", address="127.0.0.*")
    session.save()
