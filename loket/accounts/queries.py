"""Who signs in with what, what he has under way, and what the demo shows."""

import time
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db.models import Q, QuerySet

from loket.accounts.models import EmailChange, PasswordReset, Session, User
from loket.kernel import clock

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


def hash_of(token: str) -> str:
    """What is kept of a link's token."""
    return sha256(token.encode()).hexdigest()


def user_called(login: str) -> User | None:
    """Whose User ID or address this is, in any capitals."""
    named = Q(user_id__iexact=login) | Q(email__iexact=login)
    return User.objects.filter(named).order_by("pk").first()


def open_reset(token: str) -> PasswordReset | None:
    """The link to a new password, while it is good."""
    found = PasswordReset.objects.filter(token_hash=hash_of(token), used_at=None)
    still = found.filter(expires_at__gt=clock.now(), user__is_active=True)
    return still.select_related("user").first()


def open_changes(changes: QuerySet[EmailChange]) -> QuerySet[EmailChange]:
    """Those that are neither done nor stopped."""
    return changes.filter(applied_at=None, stopped_at=None)


def change_under_way(user: User) -> EmailChange | None:
    """The change of address this person waits for; a link that ran out is not one."""
    waiting = Q(confirmed_at__isnull=False) | Q(expires_at__gt=clock.now())
    return open_changes(EmailChange.objects.filter(user=user)).filter(waiting).first()


def change_to_confirm(token: str) -> EmailChange | None:
    """The change behind a link that went to the new address, while the link is good."""
    found = EmailChange.objects.filter(confirm_hash=hash_of(token), confirmed_at=None)
    return open_changes(found).filter(expires_at__gt=clock.now()).first()


def change_to_stop(token: str) -> EmailChange | None:
    """The change behind a link that went to the old address, until it is done."""
    return open_changes(EmailChange.objects.filter(stop_hash=hash_of(token))).first()


def sessions_of(user: User) -> QuerySet[Session]:
    """Where this person is signed in, the latest first."""
    living = user.sessions.filter(expire_date__gt=clock.now())
    return living.order_by("-seen_at")


def factors_of(user: User) -> list[Authenticator]:
    """The apps and passkeys this person has set up, without the recovery codes."""
    found = Authenticator.objects.filter(user=user)
    real = found.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return list(real.order_by("created_at"))


def has_recovery_codes(user: User) -> bool:
    """Whether codes for a lost factor were made."""
    codes = Authenticator.Type.RECOVERY_CODES
    return bool(Authenticator.objects.filter(user=user, type=codes).exists())


def unused_codes_of(user: User) -> list[str]:
    """The recovery codes that still open the door."""
    kind = Authenticator.Type.RECOVERY_CODES
    found = Authenticator.objects.filter(user=user, type=kind).first()
    return list(RecoveryCodes(found).get_unused_codes()) if found else []
