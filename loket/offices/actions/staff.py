"""Who works here: roles given, prolonged and taken. Rows stay, so the history does."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.accounts.actions import drop_second_factor
from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.offices.models import Membership, Office
from loket.offices.permissions import appoints
from loket.offices.roles import HEADS, Role


def appoint(
    office: Office,
    user: User,
    *,
    role: Role,
    by: User | None,
    until: datetime | None = None,
    services: Sequence[str] = (),
) -> Membership:
    """Give a person a role in an office. `by` is the head; None only for the installation's first.

    `services` is an auditor's scope, none for all. Raises Conflict when the person holds the role.
    """
    if by is not None and (by == user or not appoints(by, role, office.pk)):
        raise PermissionDenied
    check_term(role, until)
    try:
        with transaction.atomic():
            return Membership.objects.create(
                office=office, user=user, role=role, services=list(services),
                valid_from=clock.now(), valid_until=until, appointed_by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("Orang ini sudah memegang peran itu.")) from error


def check_term(role: str, until: datetime | None) -> None:
    """A term ends after now, and an auditor's does end."""
    if until is not None and until <= clock.now():
        raise ValidationError({"until": _("Tanggal ini sudah lewat.")})
    if until is None and role == Role.AUDITOR:
        raise ValidationError({"until": _("Akses auditor selalu berakhir. Isi tanggalnya.")})  # fmt: skip


@transaction.atomic
def dismiss(membership: Membership, *, by: User) -> None:
    """End a term now; the person's next request has no rights from it."""
    _lock(membership, by=by)
    _keep_a_head(membership)
    membership.valid_until, membership.ended_by = clock.now(), by
    membership.save(update_fields=["valid_until", "ended_by"])


@transaction.atomic
def change_until(membership: Membership, *, by: User, until: datetime | None) -> None:
    """Let a term end on another day, or on none."""
    _lock(membership, by=by)
    check_term(membership.role, until)
    if until is not None:
        _keep_a_head(membership)
    membership.valid_until, membership.ended_by = until, None
    membership.save(update_fields=["valid_until", "ended_by"])


@transaction.atomic
def change_role(membership: Membership, *, by: User, role: Role, until: datetime | None = None) -> Membership:  # fmt: skip
    """Another role from now on; the old term stays in the history."""
    if role == membership.role:
        raise ValidationError({"role": _("Orang ini sudah memegang peran itu.")})
    if role not in HEADS:
        dismiss(membership, by=by)
    else:
        _end_for_a_head(membership, by=by)
    return appoint(membership.office, membership.user, role=role, by=by, until=until)


@as_system()
def drop_factor(membership: Membership, *, by: User) -> None:
    """Take a lost second factor from a colleague, who sets a new one at the next sign-in.

    Only where this head could dismiss the person from everything: else a small office would open
    the account of a head elsewhere.
    """
    held = Membership.objects.current().filter(user_id=membership.user_id)
    if not all(appoints(by, term.role, term.office_id) for term in held):
        raise PermissionDenied
    if not drop_second_factor(membership.user, by=by):
        raise Conflict(_("Orang ini tidak punya faktor kedua."))


def _end_for_a_head(membership: Membership, *, by: User) -> None:
    """Who becomes a head himself needs no other head to stay."""
    _lock(membership, by=by)
    membership.valid_until, membership.ended_by = clock.now(), by
    membership.save(update_fields=["valid_until", "ended_by"])


def _lock(membership: Membership, *, by: User) -> None:
    """Reload under the office's lock, so that two heads cannot dismiss each other at once."""
    Office.objects.select_for_update().get(pk=membership.office_id)
    membership.refresh_from_db()
    if not appoints(by, membership.role, membership.office_id):
        raise PermissionDenied
    ended = membership.valid_until
    if ended is not None and ended <= clock.now():
        raise Conflict(_("Penugasan ini sudah berakhir."))


def _keep_a_head(membership: Membership) -> None:
    """An office without a head could invite nobody any more."""
    if membership.role not in HEADS:
        return
    heads = Membership.objects.current().filter(
        office_id=membership.office_id, role__in=HEADS, valid_until=None
    )
    if not heads.exclude(pk=membership.pk).exists():
        raise ValidationError(
            _("Kantor harus mempunyai kepala tanpa batas waktu. Angkat penggantinya dahulu.")
        )  # fmt: skip
