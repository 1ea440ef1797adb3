"""Second factors: set up with an app's secret, taken away when they are lost."""

from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import PermissionDenied
from django.db import transaction

from loket.accounts.actions.letters import tell
from loket.accounts.actions.sessions import end_sessions
from loket.accounts.models import User


def add_second_factor(user: User, *, secret: str) -> Authenticator:
    """Ask this person for a one-time code of an authenticator app (base32 secret) at sign-in."""
    return TOTP.activate(user, secret).instance


@transaction.atomic
def drop_second_factor(user: User, *, by: User | None) -> bool:
    """Take every second factor from somebody who lost his; False when there was none.

    The person is told by mail and signed out everywhere. `by` is a second person, whose right
    the calling room has checked; None only for whoever runs the installation.
    """
    if by is not None and by.pk == user.pk:
        raise PermissionDenied
    dropped, _ = Authenticator.objects.filter(user=user).delete()
    end_sessions(user, but=None)
    if dropped:
        tell(user, "factor_dropped", key=uuid4().hex, by=by.name if by else "")
    return bool(dropped)
