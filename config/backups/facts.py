"""What can be counted in the database that Django is connected to; equal after a restore, or something is lost."""

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from config.backups.manifest import Number
from loket.accounts.models import Session
from loket.files import resealing
from loket.kernel.ring import ring
from loket.offices.models import Sequence

# Nobody stays signed in over a restore, and what was only remembered is reckoned again
LEFT_OUT = (Session._meta.db_table, "kernel_cache")
TABLES = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
    " ORDER BY c.relname"
)


def tables() -> list[str]:
    """The tables of loket; none in an empty database."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [name for (name,) in cursor.fetchall()]


def counts() -> dict[str, int]:
    """Rows of every table that a backup holds."""
    return {name: _count(name) for name in tables() if name not in LEFT_OUT}


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])


def numbers() -> list[Number]:
    """How far each series of numbers has come."""
    rows = Sequence.objects.order_by("office__slug", "kind", "year")
    return [
        Number(office=office, kind=kind, year=year, last=last)
        for office, kind, year, last in rows.values_list(
            "office__slug", "kind", "year", "last"
        )
    ]


def migrations() -> list[str]:
    """What brought the tables to where they are."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def keys() -> list[str]:
    """The keys of the ring that something here is sealed with."""
    used = {sign for counted in resealing.uses().values() for sign in counted}
    return sorted(used & {key.sign for key in ring().keys})


def postgres() -> str:
    """The version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])
