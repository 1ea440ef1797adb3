"""People of a supplier come by invitation and go by somebody's word; one owner always stays."""

import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.accounts.actions import open_account
from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.kernel.outbox import promise
from loket.suppliers.actions.appearing import link
from loket.suppliers.actions.opening import Taken
from loket.suppliers.actions.rights import let_in, shut_out
from loket.suppliers.actions.submitting import expect_duplicate
from loket.suppliers.models import (
    PowerOfAttorney,
    Representative,
    Supplier,
    SupplierInvitation,
    SupplierRole,
)
from loket.suppliers.queries import hash_of, owns

VALID = timedelta(days=7)
INVITATIONS_A_DAY = 20
DAY = timedelta(days=1)


@transaction.atomic
def invite(
    supplier: Supplier, *, email: str, role: str = "", power: PowerOfAttorney | None = None, by: User
) -> SupplierInvitation:  # fmt: skip
    """Send a link to become a person of the supplier, or to use a power of attorney.

    The same for every address, with an account or without. A new link ends the one before.
    """
    _lock(supplier)
    if not owns(by, supplier):
        raise PermissionDenied
    now = clock.now()
    sent = SupplierInvitation.objects.filter(supplier=supplier)
    if sent.filter(invited_at__gt=now - DAY).count() >= INVITATIONS_A_DAY:
        raise ValidationError(_("Terlalu banyak undangan hari ini. Coba lagi besok."))
    before = sent.filter(email__iexact=email, power=power, accepted_at=None)
    before.filter(cancelled_at=None).update(cancelled_at=now)
    invitation = SupplierInvitation.objects.create(
        supplier=supplier,
        email=email,
        role=role,
        power=power,
        expires_at=now + VALID,
        invited_at=now,
        invited_by=by,
    )
    promise(
        key=f"supplier_invitation:{invitation.pk}",
        to=email,
        template="suppliers/mail/invitation",
        context={"invitation": invitation.pk},
        language=by.language,
    )
    return invitation


def new_invitation_link(invitation: SupplierInvitation) -> str:
    """Make the token of an invitation and keep its hash; called when the mail is sent."""
    token = secrets.token_urlsafe(32)
    unused = SupplierInvitation.objects.filter(pk=invitation.pk, accepted_at=None)
    unused.update(token_hash=hash_of(token))
    return token


@transaction.atomic
def cancel(invitation: SupplierInvitation, *, by: User) -> None:
    """An owner takes an invitation back before it is used."""
    if not owns(by, invitation.supplier):
        raise PermissionDenied
    unused = SupplierInvitation.objects.filter(pk=invitation.pk, accepted_at=None)
    unused.filter(cancelled_at=None).update(cancelled_at=clock.now())


@as_system()
def accept(token: str, *, by: User) -> SupplierInvitation:
    """Use an invitation, once; raises Conflict when it was used, taken back, or its days are over."""
    now = clock.now()
    found = SupplierInvitation.objects.filter(token_hash=hash_of(token))
    for known in found.select_related("supplier"):
        _lock(known.supplier)
    unused = found.filter(accepted_at=None, cancelled_at=None, expires_at__gt=now)
    if not unused.update(accepted_at=now, accepted_by=by):
        raise Conflict(_("Undangan ini sudah dipakai atau tidak berlaku lagi."))
    invitation = found.select_related("supplier", "power__office").get()
    if invitation.power is not None:
        link(invitation.power, user=by)
    else:
        _take_role(invitation.supplier, by, invitation.role)
    _tell_owners(invitation)
    return invitation


@as_system()
def accept_as_new(
    token: str, *, user_id: str, name: str, password_hash: str, language: str
) -> User:
    """Make an account for the invited address and use the invitation; raises `Taken` for a taken User ID."""
    invitation = SupplierInvitation.objects.filter(token_hash=hash_of(token)).first()
    if invitation is None or not invitation.is_open:
        raise Conflict(_("Undangan ini sudah dipakai atau tidak berlaku lagi."))
    try:
        with transaction.atomic():
            user = open_account(
                user_id=user_id,
                email=invitation.email,
                name=name,
                password_hash=password_hash,
                language=language,
            )
    except IntegrityError as error:
        expect_duplicate(error)
        raise Taken(_("Akun dengan data ini sudah ada. Silakan masuk.")) from error
    accept(token, by=user)
    return user


def _take_role(supplier: Supplier, user: User, role: str) -> None:
    """Whoever has a role already may rise, but never falls by an invitation."""
    held = Representative.objects.current().filter(supplier=supplier, user=user)
    now_held = held.first()
    if now_held and now_held.role in {SupplierRole.OWNER, role}:
        return
    if now_held:
        _end(now_held, by=user)
    let_in(
        Representative.objects.create(
            supplier=supplier, user=user, role=role, since=clock.now()
        )
    )


def _tell_owners(invitation: SupplierInvitation) -> None:
    owners = Representative.objects.owners().filter(supplier=invitation.supplier)
    for owner in owners.select_related("user").exclude(user=invitation.accepted_by):
        promise(
            key=f"supplier_joined:{invitation.pk}:{owner.user_id}",
            to=owner.user.email,
            template="suppliers/mail/joined",
            context={"invitation": invitation.pk},
            language=owner.user.language,
        )


@transaction.atomic
def end(person: Representative, *, by: User) -> None:
    """An owner ends somebody's role, or somebody leaves; the last owner cannot.

    From this moment the person sees none of the supplier's tickets.
    """
    _lock(person.supplier)
    person.refresh_from_db()
    if by.pk != person.user_id and not owns(by, person.supplier):
        raise PermissionDenied
    if person.until is not None:
        return
    owners = Representative.objects.owners().filter(supplier=person.supplier)
    if person.role == SupplierRole.OWNER and owners.count() == 1:
        raise ValidationError(
            _("Usaha harus punya pimpinan. Undang pimpinan lain lebih dahulu.")
        )
    _end(person, by=by)


def _end(person: Representative, *, by: User) -> None:
    person.until, person.ended_by = clock.now(), by
    person.save(update_fields=["until", "ended_by"])
    shut_out(person)


def _lock(supplier: Supplier) -> None:
    """People of one supplier change one after the other."""
    Supplier.objects.select_for_update(of=("self",)).get(pk=supplier.pk)
