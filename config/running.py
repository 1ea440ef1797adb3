"""What the commands share: a database to work on, Django made ready, children watched until the end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

import django

from config import env
from config.commands import Refused
from loket.kernel import children, postgres

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 10.0  # seconds a child has to end by itself
POSTGRES_FOLDER = env.VAR_DIR / "postgres"


def is_embedded() -> bool:
    """Whether loket runs its own PostgreSQL, because nobody named another."""
    return not os.environ.get("DATABASE_URL")


@contextmanager
def database() -> Iterator[None]:
    """The environment names a running database: the one given, or the embedded one for as long."""
    if not is_embedded():
        yield
        return
    try:
        server = postgres.start(POSTGRES_FOLDER, durable=True)
    except postgres.StartFailed as error:
        raise Refused(str(error)) from error
    os.environ["DATABASE_URL"] = server.app_url
    os.environ["DATABASE_OWNER_URL"] = server.owner_url
    try:
        operations().ensure_key()
        yield
    finally:
        server.stop()


def operations() -> ModuleType:
    """Module `config.operations`, importable only when Django is ready and so imported late."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    return import_module("config.operations")


def loket(*arguments: str) -> list[str]:
    """The command line of another `loket` under the same Python."""
    return [sys.executable, "-P", "-m", "config.cli", *arguments]


def unwind_on_signals() -> None:
    """Every signal to stop unwinds like a Ctrl-C, so that what was opened is closed."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.default_int_handler)


def watch(processes: dict[str, subprocess.Popen[bytes]]) -> int:
    """Wait until a signal or the first child that ends; end the others. 0 after a signal, else 1."""
    try:
        name = _first_to_end(processes)
    finally:
        end(processes.values())
    if name:
        print(
            f"{name} ended by itself with code {processes[name].returncode}.",
            file=sys.stderr,
        )
    return 1 if name else 0


def _first_to_end(processes: dict[str, subprocess.Popen[bytes]]) -> str | None:
    asked: list[int] = []
    for number in STOP_SIGNALS:
        signal.signal(number, lambda number, _: asked.append(number))
    while not asked:
        for name, process in processes.items():
            if process.poll() is not None:
                return name
        time.sleep(0.2)
    return None


def end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """Ask all children at once, then wait for each."""
    ending = list(processes)
    for process in ending:
        if process.poll() is None:
            process.terminate()
    for process in ending:
        children.end(process, stop=signal.SIGTERM, within=GRACE)
