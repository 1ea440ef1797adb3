"""Granting, judging, using and revoking a power of attorney (G8). Who loses it loses sight at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
from loket.suppliers.actions.rights import PROXY, let_see, shut_out_proxy
from loket.suppliers.models import (
    PowerOfAttorney,
    PowerPaper,
    Representative,
    Supplier,
)
from loket.suppliers.queries import nik_digest
from loket.suppliers.queries.proxies import (
    Scope,
    acts_for,
    covered,
    days_of,
    needs_meterai,
    refusal,
)
from loket.tickets.actions import ask_proxy, attach
from loket.tickets.actions.events import record
from loket.tickets.models import Ticket
from loket.tickets.permissions import does_current_step, is_party

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
    _check(scope, proxy, papers)
    power = _create(supplier, scope, proxy, grantor=owner)
    _keep(power, papers, by=by)
    for ticket in covered(power):
        _put_beside(power, ticket)
        record(ticket, "power_granted", by=by, power=power.pk)
    return power


def _check(scope: Scope, proxy: Proxy, papers: Mapping[str, Paper]) -> None:
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


def _create(
    supplier: Supplier, scope: Scope, proxy: Proxy, *, grantor: Representative
) -> PowerOfAttorney:
    try:
        with transaction.atomic():
            return PowerOfAttorney.objects.create(
                office=scope.office,
                supplier=supplier,
                service=scope.service,
                ticket=scope.ticket,
                grantor=grantor,
                proxy_name=proxy.name,
                proxy_nik=proxy.nik,
                nik_digest=nik_digest(proxy.nik),
                valid_from=proxy.valid_from,
                valid_until=proxy.valid_until,
                has_meterai=proxy.has_meterai,
                granted_at=clock.now(),
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
        file = store_upload(power.office, data=data, name=name, limits=limits, by=by)
        PowerPaper.objects.create(
            office=power.office, power=power, requirement=code, file=file
        )


def _put_beside(power: PowerOfAttorney, ticket: Ticket) -> None:
    """The papers become documents of the ticket, and a linked proxy sees it."""
    ask_proxy(ticket, asked=True)
    files = {
        each.requirement: each.file for each in power.papers.select_related("file")
    }
    attach(ticket, files, by=power.grantor.user)
    _show_to_proxy(power, ticket)


def _show_to_proxy(power: PowerOfAttorney, ticket: Ticket) -> None:
    if power.proxy_user is not None:
        since, until = days_of(power)
        let_see(ticket, power.proxy_user, as_what=PROXY, since=since, until=until)


@transaction.atomic
def bring_along(ticket: Ticket) -> None:
    """A new ticket of a service for which a power of attorney stands already."""
    today = ticket.office.local(clock.now()).date()
    found = PowerOfAttorney.objects.standing().of_ticket(ticket)
    for power in found.filter(ticket=None, valid_until__gte=today):
        if spec_of(ticket.standard_id).proxy.allowed:
            _put_beside(power, ticket)


@transaction.atomic
def link(power: PowerOfAttorney, *, user: User) -> None:
    """The proxy has an account: within the days of the power he sees the tickets it is for."""
    _lock(power)
    if not power.is_standing:
        raise Conflict(_("Surat kuasa ini tidak berlaku lagi."))
    power.proxy_user = user
    power.save(update_fields=["proxy_user"])
    for ticket in covered(power):
        _show_to_proxy(power, ticket)


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
    _lock(power)
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
        _withdraw_from_tickets(power)
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
    _lock(power)
    owners = Representative.objects.owners()
    if not owners.filter(supplier=power.supplier_id, user=by).exists():
        raise PermissionDenied
    if power.revoked_at is not None:
        return
    power.revoked_at, power.revoked_by = clock.now(), by
    power.save(update_fields=["revoked_at", "revoked_by"])
    for ticket in covered(power):
        record(ticket, "power_revoked", by=by, power=power.pk)
    _withdraw_from_tickets(power)


def _withdraw_from_tickets(power: PowerOfAttorney) -> None:
    """Its papers are asked no more, unless another proxy came or may come."""
    others = PowerOfAttorney.objects.standing().exclude(pk=power.pk)
    for ticket in covered(power):
        if power.proxy_user is not None:
            shut_out_proxy(ticket, power.proxy_user)
        if not ticket.shown_by and not others.of_ticket(ticket).exists():
            ask_proxy(ticket, asked=False)


@transaction.atomic
def appear(ticket: Ticket, power: PowerOfAttorney | None, *, by: User) -> None:
    """Write down who showed the documents: the owner himself (None), or a proxy whose power holds today."""
    ticket.lock()
    if not does_current_step(by, ticket) or is_party(by, ticket):
        raise PermissionDenied
    if power is None:
        ask_proxy(ticket, asked=False)
        record(ticket, "appear", by=by)
        return
    _lock_alone(power)
    if power not in acts_for(ticket):
        raise ValidationError(
            _(
                "Surat kuasa ini tidak berlaku hari ini, belum diterima, atau sudah dicabut."
            )
        )
    ask_proxy(ticket, asked=True, shown_by=power.proxy_name)
    record(ticket, "appear", by=by, power=power.pk)


def _lock(power: PowerOfAttorney) -> None:
    """Whoever judges, uses or revokes it does so one after the other; its tickets come first everywhere."""
    tickets = covered(power).select_for_update(of=("self",)).order_by("pk")
    list(tickets)  # asked now: the rows are held until the transaction ends
    _lock_alone(power)


def _lock_alone(power: PowerOfAttorney) -> None:
    found = PowerOfAttorney.objects.select_for_update(of=("self",))
    power.refresh_from_db(from_queryset=found)
