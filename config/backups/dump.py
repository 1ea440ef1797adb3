"""pg_dump and psql of the wheel: they come with loket, and speak with servers of its own and with older ones."""

import os
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from shutil import copyfileobj

from django.db import connection

from config.commands import Refused
from loket.kernel.postgres_account import program

HEAD = 60  # lines in which a dump says how it wants to be read
# Said to every server, known to those from version 17 on
TOO_NEW = b"SET transaction_timeout = 0;\n"


def save(target: Path, *, snapshot: str, without: Iterable[str]) -> None:
    """Dump what the snapshot shows, in PostgreSQL's own compressed format."""
    left_out = [f"--exclude-table-data=public.{table}" for table in without]
    command = [
        str(program("pg_dump")), "--format=custom", f"--snapshot={snapshot}", *left_out,
        *([] if _owner_is_apart() else ["--enable-row-security"]), f"--file={target}",
    ]  # fmt: skip
    done = subprocess.run(command, env=_address(), capture_output=True, text=True)  # noqa: S603 - a fixed program of the wheel
    if done.returncode:
        raise Refused(f"Basis data tidak dapat dicadangkan: {done.stderr.strip()[-600:]}")  # fmt: skip


def load(source: Path) -> None:
    """Fill an empty database, in one transaction: whole or not at all. Roles are not in a backup."""
    reading = [str(program("pg_restore")), "--no-owner", "--no-privileges", "--file=-", str(source)]  # fmt: skip
    writing = [
        str(program("psql")), "--no-psqlrc", "--quiet", "--single-transaction",
        "--set=ON_ERROR_STOP=1", "--output=/dev/null",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as said, _piped(reading, said, stdout=subprocess.PIPE) as reader, \
         _piped(writing, said, stdin=subprocess.PIPE) as writer:  # fmt: skip
        is_whole = _pass_on(reader, writer)
        said.seek(0)
        if not is_whole:
            text = said.read().decode(errors="replace").strip()
            raise Refused(f"Basis data tidak dapat dipulihkan: {text[-600:]}")


def _piped(command: list[str], said: object, **pipes: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, env=_address(), stderr=said, **pipes)  # type: ignore[call-overload,no-any-return]  # noqa: S603 - a fixed program of the wheel


def _pass_on(
    reader: "subprocess.Popen[bytes]", writer: "subprocess.Popen[bytes]"
) -> bool:
    assert reader.stdout  # noqa: S101 - asked for above
    assert writer.stdin  # noqa: S101 - asked for above
    try:
        head = [line for line in islice(reader.stdout, HEAD) if line != TOO_NEW]
        writer.stdin.writelines(head)
        copyfileobj(reader.stdout, writer.stdin)
    except BrokenPipeError:
        reader.kill()
    if reader.wait():
        writer.kill()  # before its input ends, which it would take for the end of the work
    with suppress(BrokenPipeError):
        writer.stdin.close()
    return not (writer.wait() or reader.returncode)


def _owner_is_apart() -> bool:
    """Where the owner also serves, the fence stands for him too; he asks as the system then."""
    return os.environ.get("DATABASE_OWNER_URL") != os.environ.get("DATABASE_URL")


def _address() -> dict[str, str]:
    at = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}  # fmt: skip
    given = {variable: str(at[name]) for name, variable in names.items() if at[name]}
    fixed = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PGOPTIONS": "-c loket.actor=system"}  # fmt: skip
    return dict(chain(fixed.items(), given.items()))
