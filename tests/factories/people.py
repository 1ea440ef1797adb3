"""People with invented names; each call makes somebody new."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth.hashers import make_password

from loket.accounts.actions import open_account
from loket.kernel import clock
from loket.offices.actions import appoint
from loket.offices.roles import Role

AUDIT = timedelta(days=90)
LONG_AGO = datetime(2026, 1, 2, tzinfo=UTC)  # before every moment that a test tells
PASSWORD = "Kunci-Pandan-27"  # long enough, four classes
_serial = count(1)
_hashes: dict[str, str] = {}


def hashed(password=PASSWORD):
    """Hashing is slow on purpose; one hash serves all people of a test run."""
    if password not in _hashes:
        _hashes[password] = make_password(password)
    return _hashes[password]


def person(name="Tirta Adiguna", user_id=None):
    number = next(_serial)
    return open_account(
        user_id=user_id or f"orang{number}",
        email=f"orang{number}@pandan.example",
        name=name,
        password_hash=hashed(),
    )


def officer(office, role=Role.VERIFIKATOR, name="Ratna Widuri"):
    user = person(name)
    until = clock.now() + AUDIT if role == Role.AUDITOR else None
    with clock.at(min(clock.now(), LONG_AGO)):
        appoint(office, user, role=role, by=None, until=until)
    return user


def again(user):
    """The same person as a new request sees him: nothing remembered."""
    return type(user).objects.get(pk=user.pk)
