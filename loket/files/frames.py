"""What passes through the pipe between loket and its reader: a short JSON head and bytes, each with its length."""

import json
import struct
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">II")
MOST_HEAD = 64 * 1024
MOST_BODY = 64 * 1024 * 1024
Frame = tuple[dict[str, Any], bytes]


class Torn(Exception):
    """The other side ended, or what it said is not to be believed."""


def write(pipe: BinaryIO, head: dict[str, Any], body: bytes) -> None:
    """One question or answer."""
    text = json.dumps(head).encode()
    pipe.write(LENGTHS.pack(len(text), len(body)))
    pipe.write(text)
    pipe.write(body)
    pipe.flush()


def read(pipe: BinaryIO) -> Frame:
    """The next one; raises `Torn` when there is none."""
    head, body = LENGTHS.unpack(_exactly(pipe, LENGTHS.size))
    if head > MOST_HEAD or body > MOST_BODY:
        raise Torn("too long")
    try:
        said = json.loads(_exactly(pipe, head))
    except ValueError as error:
        raise Torn("no JSON") from error
    if not isinstance(said, dict):
        raise Torn("no object")
    return said, _exactly(pipe, body)


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) != length:
        raise Torn("ended")
    return data
