"""The installation's keys: a small file with the current key first, older ones below, and the key of digests.

A line is a key in base64 and, if known, since when. The line that begins with `digest` never
changes: what is found by its digest must be found for ever (docs/adr/0019).
"""

import base64
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from loket.kernel import clock

ID = 6  # bytes before everything sealed, so that a column's first eight signs name its key
DIGEST = "digest"


def sign_of(sealed: bytes) -> str:
    """Eight signs that name the key of something sealed."""
    return _text(sealed[:ID])


@dataclass(frozen=True)
class Key:
    """One key of the ring; `id` names it without telling anything about it."""

    secret: bytes
    since: datetime | None = None

    @property
    def id(self) -> bytes:
        return sha256(b"loket key " + self.secret).digest()[:ID]

    @property
    def sign(self) -> str:
        """The id as an encrypted column begins with it."""
        return sign_of(self.id)

    @property
    def line(self) -> str:
        since = f" {self.since.isoformat()}" if self.since else ""
        return _text(self.secret) + since


@dataclass(frozen=True)
class Ring:
    """All keys that open something: `keys[0]` seals, all open, `digests` is for digests only."""

    keys: tuple[Key, ...]
    digests: bytes

    @property
    def current(self) -> Key:
        return self.keys[0]

    def find(self, key_id: bytes) -> Key | None:
        """The key of this id."""
        return next((key for key in self.keys if key.id == key_id), None)


def ring() -> Ring:
    """The keys as the file says now: a change is seen by running processes at their next use."""
    path = Path(settings.LOKET_KEY_FILE)
    try:
        seen = path.stat()
        return _read(str(path), (seen.st_mtime_ns, seen.st_ino, seen.st_size))
    except FileNotFoundError as error:
        raise ImproperlyConfigured(
            f"The installation's key is missing: {path}"
        ) from error


def ensure_key(path: Path) -> None:
    """Make the installation's keys once, readable by their owner only. Losing them loses the files."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(path):
        if not path.exists():
            _write(path, Ring((_new_key(),), os.urandom(32)))


def add_key(path: Path) -> Key:
    """Put a new key before the others; from now on it seals. Those there were go on opening."""
    with _alone(path):
        known, key = _parse(path.read_text()), _new_key()
        _write(path, Ring((key, *known.keys), known.digests))
    return key


def drop_key(path: Path, key_id: bytes) -> None:
    """Take an older key out for good; whatever it sealed is lost. The current key stays."""
    with _alone(path):
        known = _parse(path.read_text())
        kept = tuple(key for key in known.keys[1:] if key.id != key_id)
        _write(path, Ring((known.current, *kept), known.digests))


def _new_key() -> Key:
    return Key(os.urandom(32), clock.now())


@lru_cache(maxsize=4)
def _read(path: str, _version: tuple[int, int, int]) -> Ring:
    return _parse(Path(path).read_text())


def _parse(text: str) -> Ring:
    lines = [line.split() for line in text.splitlines() if line.strip()]
    keys = tuple(_key(line) for line in lines if line[0] != DIGEST)
    if not keys:
        raise ImproperlyConfigured("The installation's key file holds no key.")
    digests = [base64.b64decode(line[1]) for line in lines if line[0] == DIGEST]
    # A file from before there was a ring: its one key made the digests too
    return Ring(keys, digests[0] if digests else keys[-1].secret)


def _key(line: list[str]) -> Key:
    since = datetime.fromisoformat(line[1]) if len(line) > 1 else None
    return Key(base64.b64decode(line[0]), since)


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time changes the file; readers never wait."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(path: Path, ring: Ring) -> None:
    """All or nothing, also when the power fails: another file takes the place of the old one."""
    lines = [*(key.line for key in ring.keys), f"{DIGEST} {_text(ring.digests)}"]
    new = path.with_suffix(".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
