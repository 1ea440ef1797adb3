"""The second fence: PostgreSQL itself shows each actor only his rows, whatever the code forgot.

Four actors (design: officer, party, holder of a key, system) are told to the database inside
the request's transaction; without any, only public rows are seen. A model says in `rows` who
besides the officers of its office and the system may reach a row; tenant tables need not say
anything. `raise_fence` writes the policies, run by the owner after every migration.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql

SYSTEM = "system"
_is_system = ContextVar("is_system", default=False)  # inside a block of `as_system`
POLICY, READING = "loket_rows", "loket_reads"
ACTOR = "loket.actor"
NAMES = (
    "actor",
    "person",
    "now",
    "offices",
    "scoped",
    "key_ticket",
    "key_registration",
    "key_paper",
)


def _setting(name: str) -> str:
    return f"nullif(current_setting('{name}', true), '')"


# Each is a sub-select without references, so that the planner asks once per statement.
WORDS = {
    "system": f"(SELECT coalesce({_setting(ACTOR)}, '') = '{SYSTEM}')",
    "person": f"(SELECT {_setting('loket.person')}::bigint)",
    "now": f"(SELECT coalesce({_setting('loket.now')}::timestamptz, now()))",
    "offices": f"((SELECT string_to_array({_setting('loket.offices')}, ','))::bigint[])",
    "audited": f"((SELECT string_to_array({_setting('loket.audited')}, ','))::bigint[])",
    "scoped": f"((SELECT string_to_array({_setting('loket.scoped')}, ','))::text[])",
}


@dataclass(frozen=True)
class Rows:
    """Who reaches a row besides the system and the officers of its office.

    `also` and `read` are SQL over the table's columns with the words {person} {now} {offices}
    {audited} {scoped} and {key_<name>}; `read` opens rows for reading only, "true" to everybody.
    """

    also: str = ""
    read: str = ""
    of_office: bool = True


def fenced() -> dict[type[models.Model], Rows]:
    """Every table behind the fence: all that belong to an office, and those that say so."""
    found: dict[type[models.Model], Rows] = {}
    for model in apps.get_models():
        has_office = any(
            field.column == "office_id" for field in model._meta.concrete_fields
        )
        if model.__module__.startswith("loket.") and (
            has_office or hasattr(model, "rows")
        ):
            found[model] = getattr(model, "rows", Rows())
    return found


def raise_fence(*, owner_serves: bool = False) -> None:
    """Run as the owner: switch row-level security on and write every policy anew.

    An owner stands above it, so that backups are whole; not where he also serves.
    """
    with connection.cursor() as cursor:
        for model, rows in fenced().items():
            for statement in _policies(model._meta.db_table, rows, owner_serves):
                cursor.execute(statement)


def _policies(table: str, rows: Rows, is_forced: bool) -> Iterator[sql.Composed]:
    office = "office_id = ANY ({offices})" if rows.of_office else ""
    reaches = " OR ".join(filter(None, ("{system}", office, rows.also)))
    name = sql.Identifier(table)
    yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(name)
    forced = sql.SQL("FORCE" if is_forced else "NO FORCE")
    yield sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY").format(name, forced)
    for policy in (POLICY, READING):
        yield sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(
            sql.Identifier(policy), name
        )
    yield _policy(POLICY, name, "ALL", reaches)
    if rows.read:
        yield _policy(READING, name, "SELECT", rows.read)


def _policy(
    policy: str, table: sql.Identifier, command: str, rule: str
) -> sql.Composed:
    text = rule.format_map(_Words(WORDS))
    return sql.SQL("CREATE POLICY {} ON {} FOR {} USING ({})").format(
        sql.Identifier(policy),
        table,
        sql.SQL(command),  # a constant of this module
        sql.SQL(text),  # written in the models, never by a user
    )


class _Words(dict[str, str]):
    """`{key_ticket}` and its like stand for what `show` was given."""

    def __missing__(self, word: str) -> str:
        return f"(SELECT {_setting('loket.' + word)})"


def say(**words: str) -> None:
    """Tell the database about the actor until the transaction ends."""
    calls = ", ".join("set_config(%s, %s, true)" for _ in words)
    values = [part for name, text in words.items() for part in (f"loket.{name}", text)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", values)  # only placeholders


def show(**keys: str) -> None:
    """The visitor holds a key that was given to him, such as the code of a receipt: `show(ticket=code)`."""
    if connection.in_atomic_block:
        say(**{f"key_{name}": value for name, value in keys.items()})


@contextmanager
def as_system() -> Iterator[None]:
    """What the office does for whoever has no rows of his own there: a submission, a promised mail.

    Also a decorator. A failure ends it with its savepoint; inside another such block there is
    nothing to tell the database. Every use is listed in the architecture tests.
    """
    with transaction.atomic():
        if _is_system.get():
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(current_setting(%s, true), ''), set_config(%s, %s, true)",
                [ACTOR, ACTOR, SYSTEM],
            )
            before = cursor.fetchone()[0]
        with _standing(is_system=True):
            yield
        say(actor=before)


@contextmanager
def _standing(*, is_system: bool) -> Iterator[None]:
    before = _is_system.set(is_system)
    try:
        yield
    finally:
        _is_system.reset(before)


@contextmanager
def request(enter: Callable[[], None]) -> Iterator[None]:
    """One transaction in which `enter` tells the database who asks.

    Connections that begin as the system, as in tests, forget it for so long. A failure needs
    no tidying: with its transaction or savepoint goes what was said in it.
    """
    with transaction.atomic(), _standing(is_system=False):
        if settings.DATABASE_ACTOR:
            say(**dict.fromkeys(NAMES, ""))
        enter()
        yield
        if settings.DATABASE_ACTOR:
            say(**dict.fromkeys(NAMES, "") | {"actor": settings.DATABASE_ACTOR})
