"""What the commands do to hours and staff; reached through `config.operations`."""

import base64
import datetime as dt
import secrets
from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from config.commands import Refused
from loket.accounts.actions import (
    add_second_factor,
    drop_second_factor,
    open_account,
)
from loket.accounts.queries import user_called
from loket.offices import actions as offices
from loket.offices.models import Holiday, Office
from loket.offices.roles import Role
from loket.tickets.actions import recompute_due


def office_called(slug: str) -> Office:
    """The office of this slug, or a refusal that names those there are."""
    office = Office.objects.filter(slug=slug).first()
    if office is None:
        known = ", ".join(
            Office.objects.order_by("slug").values_list("slug", flat=True)
        )
        raise Refused(f"Kantor {slug!r} tidak ada. Yang ada: {known or '-'}.")
    return office


def list_holidays(*, year: int) -> Iterator[str]:
    """One line a day, in order."""
    for day in Holiday.objects.filter(date__year=year).order_by("date", "kind"):
        yield f"{day.date}  {day.kind:18} {day.name}"


def set_holiday(*, day: dt.date, kind: str, name: str, source: str) -> Iterator[str]:
    """Enter or correct a day; every office's open due times follow."""
    offices.set_holiday(day, kind=kind, name=name, source=source)
    yield from _moved()


def drop_holiday(*, day: dt.date, kind: str) -> Iterator[str]:
    """Take a day out; every office's open due times follow."""
    if not offices.drop_holiday(day, kind=kind):
        raise Refused(f"{day} tidak ada dalam tabel {kind}.")
    yield from _moved()


def close_office(*, office: str, day: dt.date, reason: str) -> Iterator[str]:
    """Close one office on a day; its open due times follow."""
    offices.close_office(office_called(office), day, reason=reason)
    yield from _moved()


def _moved() -> Iterator[str]:
    moved = sum(recompute_due(office) for office in Office.objects.all())
    yield f"Tenggat yang berubah: {moved}"


def appoint(
    slug: str, role: str, *, login: str, email: str, name: str
) -> tuple[str, str]:
    """An account with a role in an office; its first password and second-factor secret."""
    office = office_called(slug)
    if role not in Role.values:
        raise Refused(f"Peran {role!r} tidak ada. Yang ada: {', '.join(Role.values)}.")
    password = secrets.token_urlsafe(12)
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    try:
        with transaction.atomic():
            user = open_account(
                user_id=login, email=email, name=name, password_hash=make_password(password)
            )  # fmt: skip
            offices.appoint(office, user, role=Role(role), by=None)
            add_second_factor(user, secret=secret)
    except IntegrityError as error:
        raise Refused("User ID atau alamat e-mail ini sudah dipakai.") from error
    return password, secret


def unlock(login: str) -> str:
    """Take the second factor from this person; one sentence about what happened."""
    user = user_called(login)
    if user is None:
        raise Refused(f"Akun {login!r} tidak ada.")
    if not drop_second_factor(user, by=None):
        return f"{user.user_id}: tidak punya faktor kedua; semua sesi diakhiri."
    return f"{user.user_id}: faktor kedua dihapus, semua sesi diakhiri."
