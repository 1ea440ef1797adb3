"""Starts the PostgreSQL that comes as a wheel: for the demo, a small office and the tests (Linux only)."""

import fcntl
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

from loket.kernel import children
from loket.kernel.postgres_account import Account, StartFailed, choose_account
from loket.kernel.postgres_roles import PORT, answers, make_roles, socket_address

__all__ = ["Server", "StartFailed", "remove", "start"]

PATIENCE = 60.0  # seconds; recovery after a crash needs more than a start
# The server's working folder is its data folder, and this is its only name for it:
# so it can live below a folder that only root may enter.
HERE = "/proc/self/cwd"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

SETTINGS = """\
listen_addresses = ''
port = 5432
unix_socket_directories = '../run'
unix_socket_permissions = 0700
shared_buffers = 128MB
max_connections = 100
max_parallel_workers_per_gather = 0
wal_level = minimal
max_wal_senders = 0
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
"""
FORGETFUL = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL: addresses for the role that serves and the role that migrates."""

    app_url: str
    owner_url: str
    process: subprocess.Popen[bytes] | None  # None when another process runs it

    def stop(self) -> None:
        """End the server fast, unless another process started it."""
        if self.process:
            children.end(self.process, stop=SIGINT, within=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()


def start(folder: Path, *, durable: bool) -> Server:
    """Start the server whose data live in `folder`, or join the one that is running there.

    A server that is not `durable` forgets on a power cut, and its owner may create databases: tests.
    Raises StartFailed with a sentence that can be shown.
    """
    folder = folder.resolve()
    account = choose_account(folder)
    account.own(folder, folder / "run")
    host = socket_address(folder / "run")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with _only_user(folder) as lock:
            if lock:
                process = _launch(folder, account, lock, durable=durable)
                return _prepare(process, folder / "log", host=host, durable=durable)
        if _stays(host):
            return _server(host, process=None)
    raise StartFailed(
        f"PostgreSQL in {folder} is running but does not answer; see {folder / 'log'}"
    )


@contextmanager
def _only_user(folder: Path) -> Iterator[IO[bytes] | None]:
    """The lock that every process of the server holds; None while one of them lives."""
    with (folder / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield lock


def _launch(
    folder: Path, account: Account, lock: IO[bytes], *, durable: bool
) -> subprocess.Popen[bytes]:
    data, log = folder / "data", folder / "log"
    if not data.exists():
        _initialise(folder, account, durable=durable)
    if account.uid not in (None, data.stat().st_uid):  # copied here by root
        account.own(data, *data.rglob("*"), mode=None)
    (data / "postgresql.conf").write_text(SETTINGS if durable else SETTINGS + FORGETFUL)
    for note in (data / "postmaster.pid", folder / "run/.s.PGSQL.5432.lock"):
        _forget_dead_server(note)
    if log.exists():
        log.replace(folder / "log.previous")
    with log.open("wb") as output:
        return children.spawn(
            [str(account.program("postgres")), "-D", HERE],
            stop=SIGINT,
            cwd=data,
            output=output,
            env=ENVIRONMENT,
            pass_fds=[lock.fileno()],
            **account.drop(),
        )


def _initialise(folder: Path, account: Account, *, durable: bool) -> None:
    """Make the data folder under another name first, so that a half made one is never used."""
    new = folder / "new"
    shutil.rmtree(new, ignore_errors=True)
    maker = account.named()  # initdb insists on a user with a name
    maker.own(new)
    options = [
        "-U",
        "postgres",
        "--auth-local=trust",
        "--auth-host=reject",
        "-E",
        "UTF8",
    ]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    made = subprocess.run(  # noqa: S603 - a fixed program of the wheel
        [
            account.program("initdb"),
            "-D",
            HERE,
            *options,
            *([] if durable else ["--no-sync"]),
        ],
        cwd=new,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        **maker.drop(),
    )
    if made.returncode:
        raise StartFailed(
            f"PostgreSQL could not make its data folder: {made.stderr.strip()}"
        )
    account.own(new, *new.rglob("*"), mode=None)
    new.rename(folder / "data")


def _forget_dead_server(note: Path) -> None:
    """Remove the note of a killed server whose process number is a zombie's or another program's."""
    try:
        pid = int(note.read_text().split()[0])
        status = Path(f"/proc/{pid}/status").read_text()
    except (OSError, ValueError, IndexError):
        return  # PostgreSQL itself recognises a number that nobody has
    if "Name:\tpostgres\n" not in status or "State:\tZ" in status:
        note.unlink()


def _prepare(
    process: subprocess.Popen[bytes], log: Path, *, host: str, durable: bool
) -> Server:
    server = _server(host, process=process)
    try:
        _wait(process, log, host=host)
        make_roles(host, durable=durable)
    except BaseException:
        server.stop()
        raise
    return server


def _wait(process: subprocess.Popen[bytes], log: Path, *, host: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not answers(host, user="postgres", database="postgres"):
        if process.poll() is not None:
            raise StartFailed(
                "PostgreSQL did not start:\n" + log.read_text()[-2000:].strip()
            )
        if time.monotonic() > deadline:
            raise StartFailed(
                f"PostgreSQL was not ready after {PATIENCE:.0f} seconds; see {log}"
            )
        time.sleep(0.05)


def _stays(host: str) -> bool:
    """Whether the server of another process answers, also a moment later: one whose parent died does not."""
    for _ in range(2):
        if not answers(host, user="loket_app", database="loket"):
            time.sleep(0.1)
            return False
        time.sleep(0.2)
    return True


def _server(host: str, *, process: subprocess.Popen[bytes] | None) -> Server:
    app_url, owner_url = (
        f"postgresql://{role}@:{PORT}/loket?host={quote(host, safe='')}"
        for role in ("loket_app", "loket_owner")
    )
    return Server(app_url, owner_url, process)


def remove(folder: Path) -> None:
    """Remove the data for ever; raises StartFailed while their server runs."""
    if not folder.exists():
        return
    with _only_user(folder) as lock:
        if not lock:
            raise StartFailed(
                f"PostgreSQL in {folder} is still running; stop it first."
            )
        shutil.rmtree(folder)
