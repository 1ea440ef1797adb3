"""Bytes on disk: hashed, copied, linked, and there after a power cut."""

import hashlib
import os
import shutil
from pathlib import Path

PIECE = 1 << 20


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes; raises FileNotFoundError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(path: Path, data: bytes) -> None:
    """All or nothing, readable by its owner only."""
    half = path.with_name(path.name + ".half")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
    sync(path.parent)


def copy(source: Path, target: Path) -> None:
    """All or nothing, as `write`; the folder is synced by whoever copied the last into it."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = target.with_name(target.name + ".half")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open("rb") as read, os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(read, file, PIECE)
        file.flush()
        os.fsync(file.fileno())
    half.rename(target)


def link(source: Path, target: Path) -> None:
    """A second name for bytes that never change; a copy where the disk knows no links."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        target.hardlink_to(source)
    except OSError:
        copy(source, target)


def sync(*paths: Path) -> None:
    """Make names and bytes survive a power cut."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
