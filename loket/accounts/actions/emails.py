"""Another address for an account: confirmed there, announced here, done after a hold (G10)."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loket.accounts.actions.letters import tell
from loket.accounts.actions.sessions import end_sessions
from loket.accounts.models import EmailChange, User
from loket.accounts.queries import hash_of, open_changes
from loket.kernel import clock
from loket.kernel.errors import Conflict


@transaction.atomic
def ask_email_change(user: User, *, email: str) -> EmailChange:
    """Note the wish and promise two mails: the link to the new address, the notice to the old one.

    Nothing here differs for an address that somebody else has; the mail that goes there does.
    """
    now = clock.now()
    stop_open_changes(user)
    change = EmailChange.objects.create(
        user=user, email=email, asked_at=now,
        expires_at=now + timedelta(hours=settings.EMAIL_CHANGE_VALID_HOURS),
    )  # fmt: skip
    tell(user, "email_confirm", key=f"{change.pk}", to=email, change=change.pk)
    tell(user, "email_asked", key=f"{change.pk}", change=change.pk)
    return change


def new_confirm_link(change: EmailChange) -> str:
    """Make the token that goes to the new address; called when the mail is sent."""
    token = secrets.token_urlsafe(32)
    change.confirm_hash = hash_of(token)
    change.save(update_fields=["confirm_hash"])
    return token


def new_stop_link(change: EmailChange) -> str:
    """Make the token that goes to the old address; called when the mail is sent."""
    token = secrets.token_urlsafe(32)
    change.stop_hash = hash_of(token)
    change.save(update_fields=["stop_hash"])
    return token


def confirm_email_change(token: str) -> EmailChange:
    """Begin the hold, once; raises Conflict when the link was used, stopped or is over."""
    now = clock.now()
    found = EmailChange.objects.filter(confirm_hash=hash_of(token))
    waiting = open_changes(found).filter(confirmed_at=None, expires_at__gt=now)
    takes_effect = now + timedelta(hours=settings.EMAIL_CHANGE_HOLD_HOURS)
    if not waiting.update(confirmed_at=now, effective_at=takes_effect):
        raise Conflict(_("Tautan ini sudah dipakai atau sudah lewat waktunya."))
    return found.get()


@transaction.atomic
def stop_email_change(token: str) -> User:
    """What the old address may always do until the change is done: nothing changes, everybody is out.

    The password no longer works and a link to a new one goes to the old address.
    """
    found = open_changes(EmailChange.objects.filter(stop_hash=hash_of(token)))
    change = found.select_for_update(of=("self",)).select_related("user").first()
    if change is None:
        raise Conflict(_("Perubahan ini sudah dibatalkan atau sudah berlaku."))
    stop_open_changes(change.user)
    change.user.set_unusable_password()
    change.user.save(update_fields=["password"])
    end_sessions(change.user, but=None)
    tell(change.user, "reset", key=f"stopped:{change.pk}")
    return change.user


def stop_open_changes(user: User) -> bool:
    """Drop what this person has under way; True when there was something."""
    mine = EmailChange.objects.filter(user=user)
    return bool(open_changes(mine).update(stopped_at=clock.now()))


def apply_due_changes() -> int:
    """Do every change whose hold is over; how many were done. Called by a job."""
    due = open_changes(EmailChange.objects.filter(effective_at__lte=clock.now()))
    return sum(_apply(pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _apply(pk: int) -> bool:
    """One change, unless it was stopped or the address found an owner meanwhile."""
    waiting = open_changes(EmailChange.objects.filter(pk=pk))
    change = waiting.select_for_update(of=("self",)).select_related("user").first()
    if change is None:
        return False
    user, old = change.user, change.user.email
    if User.objects.filter(email__iexact=change.email).exclude(pk=user.pk).exists():
        stop_open_changes(user)
        return False
    user.email = change.email
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    change.applied_at = clock.now()
    change.save(update_fields=["applied_at"])
    for place, address in (("old", old), ("new", user.email)):
        tell(user, "email_changed", key=f"{change.pk}:{place}", to=address, change=pk)
    return True
