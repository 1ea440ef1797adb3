"""Locks on what has no row of its own: one at a time for whoever names the same thing."""

from hashlib import sha256

from django.db import connection


def hold(kind: str, key: str) -> None:
    """Wait for whoever holds this `key`, then hold it until the transaction ends. Take it after every row."""
    digest = sha256(f"{kind}:{key}".encode()).digest()
    number = int.from_bytes(digest[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
