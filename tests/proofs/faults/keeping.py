"""What stood when a job began: kept as a copy of database and folder, put back for the next death, and compared."""

import email
import json
import os
import shutil
import time
from collections import Counter
from email.policy import default
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from config import env
from loket.files import resealing
from loket.files.models import StoredFile

QUEUE = ("procrastinate_events", "procrastinate_workers", "procrastinate_periodic_defers")  # fmt: skip
BUMP = 1000  # numbers that a killed worker took and never used
Rows = dict[str, list[dict[str, object]]]


class Kept:
    """A copy of the database the test stands in, and of its folder."""

    def __init__(self, folder: Path):
        self.folder, self.copy = folder, folder.with_name(folder.name + "-kept")
        self.name = connection.settings_dict["NAME"]
        self.kept = f"{self.name}_kept"
        self.is_kept, self._watch = False, None

    def keep(self):
        _as_owner(f'DROP DATABASE IF EXISTS "{self.kept}"')
        _as_owner(f'CREATE DATABASE "{self.kept}" TEMPLATE "{self.name}"')
        shutil.copytree(self.folder, self.copy)
        self.is_kept = True

    def looks(self):
        """A digest of all rows and files; sooner told than `rows`, by a connection that outlives the children."""
        self._watch = self._watch or psycopg.connect(**connection.get_connection_params(), autocommit=True)  # fmt: skip
        (digest,) = self._watch.execute(_digest_of(_tables(self._watch))).fetchone()
        files = [each for each in self.folder.rglob("*") if each.is_file()]
        return digest, sorted((str(each), each.stat().st_mtime_ns) for each in files)

    def put_back(self):
        if self._watch:
            self._watch.close()
            self._watch = None
        _as_owner(f'DROP DATABASE IF EXISTS "{self.name}"')
        _as_owner(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.kept}"')
        shutil.rmtree(self.folder)
        shutil.copytree(self.copy, self.folder)

    def forget(self):
        _as_owner(f'DROP DATABASE IF EXISTS "{self.kept}"')

    def bump(self):
        """Take numbers from every sequence, as what was rolled back does."""
        with _owner(self.name) as link:
            link.execute(
                "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass,"
                " coalesce(last_value, 1) + %s) FROM pg_sequences WHERE schemaname = 'public'",
                [BUMP],
            )


def _as_owner(statement, patience=10.0):
    """The last connection of a dead child goes a moment after the child."""
    connections.close_all()
    end = time.monotonic() + patience
    while True:
        try:
            with _owner("postgres") as link:
                link.execute(statement)
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _owner(name):
    parts = env.database(os.environ["DATABASE_OWNER_URL"])
    return psycopg.connect(
        dbname=name, user=parts["USER"], password=parts["PASSWORD"],
        host=parts["HOST"], port=parts["PORT"] or None, autocommit=True,
    )  # fmt: skip


def _tables(link):
    found = link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")  # fmt: skip
    return [name for (name,) in found if name not in QUEUE]


def _digest_of(tables):
    each = [
        sql.SQL("SELECT {} || to_jsonb(t)::text AS said FROM {} t").format(name, sql.Identifier(name))
        for name in tables
    ]  # fmt: skip
    together = sql.SQL(" UNION ALL ").join(each)
    return sql.SQL("SELECT md5(string_agg(said, '' ORDER BY said)) FROM ({}) a").format(together)  # fmt: skip


def rows() -> Rows:
    """Every row there is, and every mail that went out."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - set(QUEUE)):  # fmt: skip
            cursor.execute(sql.SQL("SELECT to_jsonb(t)::text FROM {} t").format(sql.Identifier(table)))  # fmt: skip
            found[table] = [json.loads(row) for (row,) in cursor.fetchall()]
    sent = {each["Message-ID"]: each for each in mails()}
    found["mails"] = [
        {"to": each["To"], "subject": each["Subject"]} for each in sent.values()
    ]
    found["files"] = [{"is_right": right} for right in _bytes_as_rows_say()]
    found["keys"] = [{"place": place, "sealed": dict(of)} for place, of in resealing.uses().items()]  # fmt: skip
    return found


def mails():
    """Every copy that the mail server took."""
    paths = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.log"))
    texts = "".join(path.read_text() for path in paths).split("-" * 79 + "\n")
    return [email.message_from_string(each, policy=default) for each in texts if each.strip()]  # fmt: skip


def copies() -> int:
    """How many mails arrived once more under the same Message-ID."""
    times = Counter(each["Message-ID"] for each in mails())
    return sum(times.values()) - len(times)


def _bytes_as_rows_say():
    lying = {path.name for path in Path(settings.FILES_DIR).glob("??/*")}
    known = StoredFile.objects.values_list("place", "destroyed_at")
    return [(place in lying) == (gone is None) for place, gone in known]


def orphans() -> int:
    """Bytes without a row: the nightly check sets them aside."""
    lying = {path.name for path in Path(settings.FILES_DIR).glob("??/*")}
    return len(lying - set(StoredFile.objects.values_list("place", flat=True)))


def columns(found: Rows):
    """Each column's values, without order."""
    names = {(table, name) for table, all_rows in found.items() for row in all_rows for name in row}  # fmt: skip
    return {
        (table, name): Counter(_text(row.get(name)) for row in found[table])
        for table, name in names
    }


def differing(one: Rows, other: Rows) -> set[tuple[str, str]]:
    """Columns that say something else after two clean runs: serial numbers, dice, the real time."""
    left, right = columns(one), columns(other)
    return {each for each in left.keys() | right.keys() if left.get(each) != right.get(each)}  # fmt: skip


def reduced(found: Rows, without: set[tuple[str, str]]) -> dict[str, Counter[str]]:
    """The rows of each table without those columns, without order."""
    return {
        table: Counter(
            _text({k: v for k, v in row.items() if (table, k) not in without})
            for row in all_rows
        )
        for table, all_rows in found.items()
    }


def _text(value):
    return json.dumps(value, sort_keys=True)
