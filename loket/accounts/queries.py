"""What the demo shows about sign-ins."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

from loket.accounts.models import User

PERIOD = 30


def current_codes() -> list[tuple[User, str]]:
    """The one-time code of each person with a second factor, at this moment. Demo only."""
    found = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    people = found.select_related("user").order_by("user__user_id")
    return [(each.user, code_of(decrypt(each.data["secret"]))) for each in people]


def code_of(secret: str) -> str:
    """What an authenticator app shows for this secret right now."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
    return code
