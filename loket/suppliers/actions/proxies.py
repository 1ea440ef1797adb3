"""Granting, judging and revoking a power of attorney (G8). Who loses it loses sight at once."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.errors import ExclusionViolation

from loket.accounts.models import User
from loket.files.actions import Limits, store_upload
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.queries import settings_of, spec_of
from loket.suppliers.actions.appearing import lock, put_beside, withdraw
from loket.suppliers.models import (
    PowerOfAttorney,
    PowerPaper,
    Representative,
    Supplier,
)
from loket.suppliers.queries import nik_digest
from loket.suppliers.queries.proxies import (
    Scope,
    covered,
    needs_meterai,
    refusal,
)
from loket.tickets.actions.events import record
from loket.tickets.models import Ticket
from loket.tickets.permissions import is_party

Paper = tuple[bytes, str]  # contents and name of an upload


@dataclass(frozen=True)
class Proxy:
    """Who shall come, from which day to which, and whether the letter carries meterai."""

    name: str
    nik: str
    valid_from: date
    valid_until: date
    has_meterai: bool


@transaction.atomic
def grant(
    supplier: Supplier, scope: Scope, proxy: Proxy, *, papers: Mapping[str, Paper], by: User
) -> PowerOfAttorney:  # fmt: skip
    """An owner lets somebody come in his place; the papers go to every open ticket it is for.

    Refused where the standard takes no proxies, with its published reason (C1).
    """
    owner = Representative.objects.owners().filter(supplier=supplier, user=by).first()
    if owner is None or (scope.ticket and not is_party(by, scope.ticket)):
        raise PermissionDenied
    check_grant(scope, proxy, papers)
    power = create_power(scope, proxy, grantor=owner)
    _keep(power, papers, by=by)
    for ticket in covered(power):
        put_beside(power, ticket)
        record(ticket, "power_granted", by=by, power=power.pk)
    return power


def check_grant(scope: Scope, proxy: Proxy, papers: Collection[str]) -> None:
    """Whether the standard takes this proxy, with the papers of these requirements."""
    spec = scope.spec
    if reason := refusal(spec):
        raise ValidationError(reason)
    if scope.ticket and not scope.ticket.is_open:
        raise ValidationError(_("Tiket ini sudah berakhir."))
    if proxy.valid_until < max(proxy.valid_from, _today(scope)):
        raise ValidationError(
            {
                "valid_until": _(
                    "Hari terakhir sudah lewat atau mendahului hari pertama."
                )
            }
        )
    if needs_meterai(spec) and not proxy.has_meterai:
        raise ValidationError({"has_meterai": _("Surat kuasa harus bermeterai.")})
    if {code for code, _one in spec.proxy_documents()} - {*papers}:
        raise ValidationError(_("Unggah semua berkas penerima kuasa."))


def _today(scope: Scope) -> date:
    return scope.office.local(clock.now()).date()


def create_power(
    scope: Scope, proxy: Proxy, *, grantor: Representative, **more: Any
) -> PowerOfAttorney:
    """The row of a power; the database refuses a second one for this person, scope and day."""
    said = {**asdict(proxy), "proxy_name": proxy.name, "proxy_nik": proxy.nik} | more
    del said["name"], said["nik"]
    try:
        with transaction.atomic():
            return PowerOfAttorney.objects.create(
                office=scope.office,
                supplier=grantor.supplier,
                service=scope.service,
                ticket=scope.ticket,
                grantor=grantor,
                nik_digest=nik_digest(proxy.nik),
                granted_at=clock.now(),
                **said,
            )
    except IntegrityError as error:
        if not isinstance(error.__cause__, ExclusionViolation):
            raise
        message = _("Kuasa bagi orang ini pada hari-hari itu sudah ada. Cabut dahulu.")
        raise ValidationError(message) from error


def _keep(power: PowerOfAttorney, papers: Mapping[str, Paper], *, by: User) -> None:
    uploads = settings_of(power.office).uploads
    limits = Limits(types=uploads.types, at_most_mb=uploads.at_most_mb)
    for code, (data, name) in papers.items():
        try:
            file = store_upload(
                power.office, data=data, name=name, limits=limits, by=by
            )
        except ValidationError as error:  # says of which paper
            raise ValidationError({code: error.messages}) from error
        PowerPaper.objects.create(
            office=power.office, power=power, requirement=code, file=file
        )


@dataclass(frozen=True)
class Judgement:
    """What an officer found: a refusal names its reason."""

    accepted: bool
    meterai_seen: bool = False
    reason: str = ""


@transaction.atomic
def judge_power(
    power: PowerOfAttorney, ticket: Ticket, found: Judgement, *, by: User
) -> None:
    """An officer of the office accepts a power of attorney or refuses it, once."""
    lock(power)
    if not may(by, Permission.TICKET_TAKE, ticket.office_id) or is_party(by, ticket):
        raise PermissionDenied
    if power.decided_at or power.revoked_at:
        raise Conflict(_("Surat kuasa ini sudah diputus petugas lain atau dicabut."))
    _check_judgement(ticket, found)
    power.is_accepted, power.decided_at, power.decided_by = (
        found.accepted,
        clock.now(),
        by,
    )
    power.meterai_seen, power.reason = found.meterai_seen, found.reason
    power.save()
    if not found.accepted:
        withdraw(power)
    name = "power_accepted" if found.accepted else "power_refused"
    record(ticket, name, by=by, power=power.pk)


def _check_judgement(ticket: Ticket, found: Judgement) -> None:
    spec = spec_of(ticket.standard_id)
    if found.accepted and (reason := refusal(spec)):
        raise ValidationError(reason)
    if found.accepted and needs_meterai(spec) and not found.meterai_seen:
        message = _("Tandai setelah meterainya Anda lihat, atau tolak surat kuasa ini.")
        raise ValidationError({"meterai_seen": message})
    if not found.accepted and not found.reason.strip():
        raise ValidationError({"reason": _("Tulis alasannya.")})


@transaction.atomic
def revoke(power: PowerOfAttorney, *, by: User) -> None:
    """An owner takes it back; what the proxy could see he sees no more."""
    lock(power)
    owners = Representative.objects.owners()
    if not owners.filter(supplier=power.supplier_id, user=by).exists():
        raise PermissionDenied
    if power.revoked_at is not None:
        return
    power.revoked_at, power.revoked_by = clock.now(), by
    power.save(update_fields=["revoked_at", "revoked_by"])
    for ticket in covered(power):
        record(ticket, "power_revoked", by=by, power=power.pk)
    withdraw(power)
