"""Accounts an office granted in another system: written down when given, ended when somebody leaves (D-g, D-h, D-k, D-l)."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from loket.access_rights.models import OutsideAccount
from loket.access_rights.permissions import ends_accounts
from loket.access_rights.queries.accounts import who_asked
from loket.accounts.models import User
from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.outbox import promise
from loket.standards.pack import Step
from loket.tickets.actions import check_step
from loket.tickets.actions.asking import Performed, perform
from loket.tickets.models import Ticket


@dataclass(frozen=True)
class Given:
    """What was done in which systems under which account name; `until` is None where the account was ended."""

    systems: tuple[str, ...]
    account: str
    until: dt.date | None
    at: dt.datetime | None = None
    body: str = ""


@transaction.atomic
def grant_accounts(ticket: Ticket, step: Step, given: Given, *, by: User) -> None:
    """Write down what was granted, changed or ended there, and answer the request by it.

    An account that was known by this name makes room for the new row; its history stays.
    """
    ticket.lock()
    check_step(ticket, step, by=by)
    now = clock.now()
    if given.until is not None and given.until <= ticket.office.local(now).date():
        raise ValidationError({"until": _("Pilih tanggal sesudah hari ini.")})
    for system in given.systems:
        _end(known_as(ticket, system, given.account), by=by)
        if given.until is not None:
            OutsideAccount.objects.create(
                office_id=ticket.office_id, ticket=ticket, system=system, name=given.account,
                holder=ticket.applicant_name, holder_user=who_asked(ticket), until=given.until,
                granted_at=given.at or now, recorded_at=now, granted_by=by,
            )  # fmt: skip
    done = Performed(", ".join(given.systems), "", given.at, given.body)
    perform(ticket, step, done, by=by)


def known_as(ticket: Ticket, system: str, account: str) -> "list[OutsideAccount]":
    """The account of this name that the office granted there and that nobody ended."""
    found = OutsideAccount.objects.filter(office_id=ticket.office_id, system=system, name__iexact=account)  # fmt: skip
    return list(found.filter(ended_at=None).select_for_update(of=("self",)))


def _end(accounts: list[OutsideAccount], *, by: User) -> None:
    for each in accounts:
        each.ended_at, each.ended_by = clock.now(), by
        each.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def end_account(account: OutsideAccount, *, by: User) -> None:
    """An officer ended it in that system, because somebody left or his time was over."""
    if not ends_accounts(by, account):
        raise PermissionDenied
    held = OutsideAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if held.ended_at is not None:
        raise Conflict(_("Akun ini sudah dicatat tidak aktif."))
    _end([held], by=by)


@transaction.atomic
def remind(account: OutsideAccount, *, by: None) -> None:
    """Tell the holder once that his account ends soon; one who has no address is called by the office."""
    waiting = OutsideAccount.objects.filter(pk=account.pk, reminded_at=None, ended_at=None)  # fmt: skip
    user = account.holder_user
    if waiting.update(reminded_at=clock.now()) and user is not None:
        promise(
            key=f"account_ends:{account.pk}", to=user.email, template="access_rights/mail/account_ends",
            context={"account": account.pk}, office_id=account.office_id, language=user.language,
        )  # fmt: skip
