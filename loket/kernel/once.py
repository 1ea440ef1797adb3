"""One-time keys: a form sent twice is done once, and both answers are the same."""

import re
from hashlib import sha256
from uuid import uuid4

from django.db import connection

from loket.kernel import clock
from loket.kernel.models import OnceKey

FIELD = "kunci"
SHAPE = re.compile(r"^[0-9a-f]{32}$")


def new_key() -> str:
    """A fresh key for a form about to be shown."""
    return uuid4().hex


def owner_of(user_id: int | None, browser: str) -> str:
    """Whose form it is: the person, or for a visitor the browser's secret, never stored in clear."""
    owner = f"person {user_id}" if user_id else f"browser {browser}"
    return sha256(owner.encode()).hexdigest()


def claim(key: str, *, owner: str) -> OnceKey | None:
    """Take the key inside the running transaction; the row of the first taker when it is taken.

    A second taker waits until the first has committed or rolled back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_oncekey (key, owner, location, at) VALUES (%s, %s, '', %s)"
            " ON CONFLICT (key) DO NOTHING",
            [key, owner, clock.now()],
        )
        if cursor.rowcount:
            return None
    return OnceKey.objects.get(key=key)


def settle(key: str, *, location: str) -> None:
    """Remember where the accepted form led."""
    OnceKey.objects.filter(key=key).update(location=location)


def release(key: str) -> None:
    """Give the key back: the form was refused and may be corrected and sent again."""
    OnceKey.objects.filter(key=key).delete()
