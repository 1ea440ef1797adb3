"""A client of clamd, ClamAV's daemon: one command, one stream, one answer.

Our own because the published clients are GPL-2.0 or abandoned, and the protocol is this small
(clamd(8), INSTREAM).
"""

import socket
from collections.abc import Iterable
from contextlib import closing
from itertools import chain

from django.conf import settings

PATIENCE = 30.0  # seconds for each word of the daemon
LONGEST = 4096  # bytes of an answer
END = b"\0"


class NoAnswer(Exception):
    """The daemon is away, too slow, or says nothing that can be understood."""


class NotScanned(Exception):
    """The daemon answered that it cannot scan this one, such as a stream over its limit."""


def is_there() -> bool:
    """Whether this installation has a scanner, awake or not."""
    return bool(settings.CLAMD)


def virus_in(parts: Iterable[bytes]) -> str:
    """The name of what was found, empty when the bytes are clean; raises `NoAnswer` or `NotScanned`."""
    words = _asked(b"zINSTREAM\0", chain(_packed(parts), [bytes(4)]))
    about = words.removeprefix("stream: ")
    if about == "OK":
        return ""
    if about.endswith(" FOUND"):
        return about.removesuffix(" FOUND")
    raise NotScanned(words) if words.endswith("ERROR") else NoAnswer(words)


def version() -> str:
    """What the daemon says about itself and its signatures; raises `NoAnswer`."""
    return _asked(b"zVERSION\0", [])


def _packed(parts: Iterable[bytes]) -> Iterable[bytes]:
    for part in parts:
        if part:  # a chunk of no bytes would end the stream
            yield len(part).to_bytes(4, "big") + part


def _asked(command: bytes, stream: Iterable[bytes]) -> str:
    try:
        with closing(_connected()) as link:
            _send(link, chain([command], stream))
            return _answer(link)
    except OSError as error:
        raise NoAnswer(str(error)) from error


def _connected() -> socket.socket:
    address = settings.CLAMD
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=PATIENCE)
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(PATIENCE)
    try:
        link.connect(address)
    except OSError:
        link.close()
        raise
    return link


def _send(link: socket.socket, parts: Iterable[bytes]) -> None:
    for part in parts:
        try:
            link.sendall(part)
        except (BrokenPipeError, ConnectionResetError):
            return  # it stopped listening, as over its limit, and has said why


def _answer(link: socket.socket) -> str:
    said = b""
    while not said.endswith(END) and len(said) < LONGEST:
        if not (part := link.recv(LONGEST)):
            break
        said += part
    return said.rstrip(END).decode(errors="replace").strip()
