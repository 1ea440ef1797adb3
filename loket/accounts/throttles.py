"""Slows down whoever guesses, without shutting out the one who is guessed at (ADR 0021).

A browser that once signed in is counted apart from everybody else. Others are counted by the
pair of login and address, by address, and, far above those, by login. Tries that are under way
at the same moment do not see one another, so a burst may pass a limit by a few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from loket.accounts.models import Throttle
from loket.kernel import clock
from loket.kernel.crypto import digest

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many tries of one kind by one source within a time."""

    kind: str
    tries: int
    within: timedelta

    def key(self, *source: str) -> str:
        return digest("\n".join((self.kind, *source)), purpose="throttle")


BROWSER = Limit("browser", 10, 15 * MINUTE)
PAIR = Limit("pair", 10, 15 * MINUTE)
ADDRESS = Limit("address", 60, 10 * MINUTE)
LOGIN = Limit("login", 100, HOUR)
RESET_LOGIN = Limit("reset_login", 5, HOUR)
RESET_ADDRESS = Limit("reset_address", 30, HOUR)
EMAIL_CHANGES = Limit("email_changes", 5, DAY)

Bucket = tuple[Limit, str]
COUNT = """
    INSERT INTO accounts_throttle AS old (key, tries, until) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET
        tries = CASE WHEN old.until <= %s THEN 1 ELSE old.tries + 1 END,
        until = CASE WHEN old.until <= %s THEN excluded.until ELSE old.until END
"""
WAIT = _(
    "Terlalu banyak percobaan. Tunggu lima belas menit, pakai peramban yang biasa Anda pakai, "
    "atau minta tautan kata sandi baru."
)


def guesses(what: str, *, login: str, address: str, browser: str) -> list[Bucket]:
    """Where a guess of this kind is counted; `browser` is empty unless it is known for the login."""
    login = login.strip().casefold()
    if browser:
        return [(BROWSER, BROWSER.key(what, login, browser))]
    return [
        (PAIR, PAIR.key(what, login, address)),
        (ADDRESS, ADDRESS.key(what, address)),
        (LOGIN, LOGIN.key(what, login)),
    ]


def may_try(buckets: Sequence[Bucket]) -> bool:
    """Whether none of them is full; asked before anything slow is done."""
    found = Throttle.objects.filter(
        key__in=[key for _, key in buckets], until__gt=clock.now()
    )
    tries = dict(found.values_list("key", "tries"))
    return all(tries.get(key, 0) < limit.tries for limit, key in buckets)


def count(buckets: Sequence[Bucket]) -> None:
    """One more try in each; a window that is over begins again."""
    now = clock.now()
    ordered = sorted(buckets, key=lambda bucket: bucket[1])  # no two deadlock
    with connection.cursor() as cursor:
        cursor.executemany(
            COUNT, [[key, now + limit.within, now, now] for limit, key in ordered]
        )


def spend(limit: Limit, *source: str) -> bool:
    """Count one use and say whether it was within the limit."""
    bucket = [(limit, limit.key(*source))]
    allowed = may_try(bucket)
    if allowed:
        count(bucket)
    return allowed


def sweep() -> None:
    """Forget what has run out."""
    Throttle.objects.filter(until__lt=clock.now()).delete()
