"""A head invites by mail; whoever reads that mailbox accepts, once."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.accounts.actions import open_account
from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.kernel.outbox import promise
from loket.offices.actions.staff import appoint, check_term
from loket.offices.models import Invitation, Membership, Office
from loket.offices.permissions import appoints
from loket.offices.queries import hash_of
from loket.offices.roles import Role

OPEN_FOR = timedelta(days=7)


@transaction.atomic
def invite(
    office: Office,
    *,
    by: User,
    email: str,
    role: Role,
    until: datetime | None = None,
    services: Sequence[str] = (),
) -> Invitation:
    """Promise a mail with a link. What the head reads is the same for known and unknown addresses."""
    if not appoints(by, role, office.pk):
        raise PermissionDenied
    if email.lower() == by.email.lower():
        raise ValidationError({"email": _("Peran untuk diri Anda sendiri diberikan oleh kepala yang lain.")})  # fmt: skip
    check_term(role, until)
    now = clock.now()
    waiting = Invitation.objects.filter(office=office, email__iexact=email, role=role)
    waiting.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        office=office, email=email, role=role, services=list(services), valid_until=until,
        invited_at=now, invited_by=by, lapses_at=now + OPEN_FOR,
    )  # fmt: skip
    promise(
        key=f"invitation:{invitation.pk}", to=email, template="offices/mail/invitation",
        context={"invitation": invitation.pk}, office_id=office.pk,
    )  # fmt: skip
    return invitation


def new_link(invitation: Invitation) -> str:
    """Make the token of the link and keep its hash; called when the mail is sent."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_of(token))
    return token


def withdraw(invitation: Invitation, *, by: User) -> None:
    """Make the link useless; raises Conflict when it was used already."""
    if not appoints(by, invitation.role, invitation.office_id):
        raise PermissionDenied
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None)
    if not waiting.filter(withdrawn_at=None).update(withdrawn_at=clock.now()):
        raise Conflict(_("Undangan ini sudah dipakai atau sudah ditarik."))


@as_system()
def accept(invitation: Invitation, *, by: User) -> Membership:
    """Take the role that was offered to this person's own address; of several at once one wins.

    Offered by somebody who could still give it: a head who left leaves no open doors.
    """
    if by.email.lower() != invitation.email.lower() or by.pk == invitation.invited_by_id:  # fmt: skip
        raise PermissionDenied
    mine = Invitation.objects.open().filter(pk=invitation.pk)
    if not mine.update(accepted_at=clock.now(), accepted_by=by):
        raise Conflict(_("Undangan ini sudah dipakai atau tidak berlaku lagi."))
    if not appoints(invitation.invited_by, invitation.role, invitation.office_id):
        raise Conflict(_("Yang mengundang tidak lagi berwenang. Minta undangan baru."))
    return appoint(
        invitation.office, by, role=Role(invitation.role), by=invitation.invited_by,
        until=invitation.valid_until, services=invitation.services,
    )  # fmt: skip


@as_system()
def accept_as_newcomer(
    invitation: Invitation, *, name: str, user_id: str, password: str
) -> Membership:
    """Make the account the invitation's address does not have yet, and accept with it."""
    try:
        with transaction.atomic():
            user = open_account(
                user_id=user_id, email=invitation.email, name=name,
                password_hash=make_password(password),
            )  # fmt: skip
    except IntegrityError as error:
        if User.objects.registered(invitation.email):
            raise Conflict(_("Alamat ini sudah punya akun. Masuk, lalu buka undangan lagi.")) from error  # fmt: skip
        raise ValidationError({"user_id": _("User ID ini sudah dipakai. Pilih yang lain.")}) from error  # fmt: skip
    return accept(invitation, by=user)
