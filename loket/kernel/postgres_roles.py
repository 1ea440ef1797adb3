"""Where the embedded PostgreSQL is reached, and the two roles that reach it."""

import os
from hashlib import sha256
from pathlib import Path

import psycopg

from loket.kernel.postgres_account import StartFailed

PORT = 5432  # part of the socket's name; unsaid, it would be taken from PGPORT
LONGEST_SOCKET_FOLDER = 90  # bytes; the system's limit is 107 with the file name


def socket_address(run: Path) -> str:
    """A name for the socket folder that fits an address and has no comma, which would separate hosts."""
    if len(os.fsencode(run)) <= LONGEST_SOCKET_FOLDER and "," not in str(run):
        return str(run)
    shelf = Path(f"/tmp/loket-{os.geteuid()}")  # noqa: S108 - checked to be our own
    shelf.mkdir(mode=0o700, exist_ok=True)
    found = shelf.lstat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o77 or shelf.is_symlink():
        raise StartFailed(
            f"{shelf} belongs to somebody else; remove it or use a shorter folder"
        )
    link = shelf / sha256(os.fsencode(run)).hexdigest()[:16]
    if not link.is_symlink():
        link.symlink_to(run)
    return str(link)


def answers(host: str, *, user: str, database: str) -> bool:
    """Whether the server lets this role into this database now."""
    try:
        psycopg.connect(
            host=host, port=PORT, user=user, dbname=database, connect_timeout=5
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def make_roles(host: str, *, durable: bool) -> None:
    """Two roles: the owner migrates, the other one serves behind row-level security (design: two fences)."""
    with psycopg.connect(
        host=host, port=PORT, user="postgres", dbname="postgres", autocommit=True
    ) as link:
        roles = {name for (name,) in link.execute("SELECT rolname FROM pg_roles")}
        for role in ("loket_owner", "loket_app"):
            link.execute(
                f"{'ALTER' if role in roles else 'CREATE'} ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS"
            )
        link.execute(
            f"ALTER ROLE loket_owner {'NOCREATEDB' if durable else 'CREATEDB'}"
        )
        found = link.execute(
            "SELECT 1 FROM pg_database WHERE datname = 'loket'"
        ).fetchone()
        if not found:
            link.execute("CREATE DATABASE loket OWNER loket_owner")
