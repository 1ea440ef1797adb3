"""PostgreSQL stopped, hung, crowded out or without disk; each fault ends with the `with`."""

import os
import signal
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

FULL = 64 << 10  # bytes written at a time until the disk takes no more


@contextmanager
def stopped(machine):
    machine.server.stop()
    try:
        yield
    finally:
        machine.start_postgres()


@contextmanager
def hung(machine):
    """Every process of it stands still; its sockets stay open."""
    pids = _family(machine.server.process.pid)
    _all(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _all(pids, signal.SIGCONT)


@contextmanager
def crowded_out(machine):
    """Others hold every connection, also those that loket had."""
    with machine.sql() as link, ExitStack() as others:
        while _take_all(machine, others) or _web_links(link):
            link.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'loket_app' AND application_name <> 'others'"
            )
        yield


def _take_all(machine, others):
    taken = 0
    while True:
        try:
            others.enter_context(psycopg.connect(machine.server.app_url, application_name="others"))  # fmt: skip
        except psycopg.OperationalError:
            return taken
        taken += 1


def _web_links(link):
    return link.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE usename = 'loket_app' AND application_name <> 'others'"
    ).fetchone()[0]


@contextmanager
def without_disk(machine):
    """Not a byte is left on the file system of the data and of the log of changes."""
    ballast = machine.folder / "postgres/ballast"
    _fill(ballast)
    try:
        yield
    finally:
        ballast.unlink()


def _fill(path):
    with path.open("wb", buffering=0) as out:
        try:
            while out.write(bytes(FULL)):
                pass
        except OSError:
            return


@contextmanager
def small_disk(folder: Path, megabytes: int):
    """A file system of its own in memory; whoever may not mount one has a plain folder."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
    is_mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _family(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def _all(pids, sign):
    for pid in pids:
        try:
            os.kill(pid, sign)
        except ProcessLookupError:  # an idle helper that ended by itself
            continue
