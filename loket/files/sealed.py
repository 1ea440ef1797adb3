"""The format on disk: chunks encrypted one by one, so that a large file never stands whole in memory.

A file is a magic word and chunks of at most 64 KiB. Each chunk is bound to the file's place,
its position and whether it is the last, so chunks cannot be swapped, dropped or moved.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from loket.kernel.crypto import open_sealed, seal

MAGIC = b"LOKET1\n"
CHUNK = 64 * 1024
HALF = ".half"  # what is being written; left behind only by a crash
SEALED_CHUNK = CHUNK + 28  # nonce 12, tag 16


class Damaged(Exception):
    """The bytes on disk are not those that were stored."""


def write_sealed(path: Path, data: bytes, *, key: bytes) -> None:
    """Write and fsync the file and its folders; on return the bytes survive a power cut."""
    _make_folder(path.parent)
    half = path.with_suffix(HALF)
    with half.open("xb") as file:
        file.write(MAGIC)
        file.writelines(_sealed_chunks(data, key=key, place=path.name))
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
    _sync_folder(path.parent)
    _sync_folder(
        path.parent.parent
    )  # another process may have made the folder just now


def read_sealed(path: Path, *, key: bytes) -> Iterator[bytes]:
    """The chunks in clear; raises `Damaged` at the first that is not as stored."""
    try:
        with path.open("rb") as file:
            yield from _opened_chunks(file, key=key, place=path.name)
    except FileNotFoundError as error:
        raise Damaged(f"{path.name} is missing") from error


def _sealed_chunks(data: bytes, *, key: bytes, place: str) -> Iterable[bytes]:
    last = max(0, len(data) - 1) // CHUNK
    for index in range(last + 1):
        part = data[index * CHUNK : (index + 1) * CHUNK]
        yield seal(part, key=key, bound_to=_binding(place, index, index == last))


def _opened_chunks(file: BinaryIO, *, key: bytes, place: str) -> Iterator[bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise Damaged(f"{place} has no known format")
    index, part = 0, file.read(SEALED_CHUNK)
    while part or index == 0:  # even an empty file has one chunk
        ahead = file.read(SEALED_CHUNK)
        binding = _binding(place, index, not ahead)
        try:
            yield open_sealed(part, key=key, bound_to=binding)
        except Exception as error:
            raise Damaged(f"{place} differs at chunk {index}") from error
        index, part = index + 1, ahead


def _binding(place: str, index: int, is_last: bool) -> str:
    return f"{place}:{index}:{'last' if is_last else 'more'}"


def _make_folder(folder: Path) -> None:
    """`mkdir -p` that survives a power cut."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True, mode=0o700)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
