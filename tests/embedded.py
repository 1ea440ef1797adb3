"""Pytest plug-in: a PostgreSQL that lives as long as the run, unless DATABASE_URL names one.

It is loaded by `-p`, because Django's settings are read before any conftest.py.
"""

import os
import shutil
import tempfile
from pathlib import Path

from loket.kernel import postgres

_running: list[tuple[postgres.Server, Path]] = []


def _start() -> None:
    folder = Path(tempfile.mkdtemp(prefix="loket-test-"))
    server = postgres.start(folder / "postgres", durable=False)
    os.environ["DATABASE_URL"] = server.app_url
    os.environ["DATABASE_OWNER_URL"] = server.owner_url
    os.environ["LOKET_VAR"] = str(folder)
    _running.append((server, folder))


def pytest_unconfigure() -> None:
    while _running:
        server, folder = _running.pop()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


os.environ["LOKET_TEST"] = "1"
os.environ["LOKET_ACTOR"] = "system"
if "DATABASE_URL" not in os.environ:  # workers of xdist inherit it
    _start()
