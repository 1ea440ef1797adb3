"""New passwords: by the old one, or by a link that is good once."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.actions.emails import stop_open_changes
from loket.accounts.actions.letters import tell
from loket.accounts.actions.sessions import end_sessions
from loket.accounts.models import PasswordReset, User
from loket.accounts.queries import hash_of, open_reset, user_called
from loket.kernel import clock
from loket.kernel.errors import Conflict


def answer_reset_request(login: str, *, key: str) -> None:
    """Promise the link to whoever signs in with this; nothing for anybody else.

    Called by a job, so that asking takes the same way for known and unknown people.
    """
    user = user_called(login)
    if user is not None and user.is_active:
        tell(user, "reset", key=key)


def new_reset_link(user: User) -> str:
    """Make the token of a link and keep its hash; called when the mail is sent."""
    token, now = secrets.token_urlsafe(32), clock.now()
    PasswordReset.objects.create(
        user=user, token_hash=hash_of(token), made_at=now,
        expires_at=now + timedelta(minutes=settings.RESET_VALID_MINUTES),
    )  # fmt: skip
    return token


@transaction.atomic
def use_reset(token: str, *, password: str) -> User:
    """Set the password by a link; raises Conflict when it was used or is over.

    Every session ends, other links die, and a change of address under way is stopped: whoever
    asked for it may be the reason for the reset. The second factor stays.
    """
    reset, now = open_reset(token), clock.now()
    unused = PasswordReset.objects.filter(token_hash=hash_of(token), used_at=None)
    if reset is None or not unused.update(used_at=now):
        raise Conflict(_("Tautan ini sudah dipakai atau sudah lewat waktunya."))
    user = User.objects.select_for_update().get(pk=reset.user_id)
    PasswordReset.objects.filter(user=user, used_at=None).update(used_at=now)
    stop_open_changes(user)
    _set(user, password, but=None)
    return user


@transaction.atomic
def change_password(user: User, *, password: str, session_key: str | None) -> None:
    """Another password for whoever has just given the old one; other sessions end."""
    _set(user, password, but=session_key)


def _set(user: User, password: str, *, but: str | None) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user, but=but)
    tell(user, "password_changed", key=f"{user.pk}:{clock.now().timestamp()}")
