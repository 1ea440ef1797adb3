"""Making accounts. Who may cause one is decided by the room that calls."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from loket.accounts.models import User


@transaction.atomic
def open_account(
    *, user_id: str, email: str, name: str, password_hash: str, language: str = "id"
) -> User:
    """A person with a confirmed address. The hash comes from Django's hashers, never a password."""
    user = User(user_id=user_id, email=email, name=name, language=language)
    user.password = password_hash
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def add_second_factor(user: User, *, secret: str) -> Authenticator:
    """Ask this person for a one-time code of an authenticator app (base32 secret) at sign-in."""
    return TOTP.activate(user, secret).instance
