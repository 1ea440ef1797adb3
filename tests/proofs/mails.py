"""The mail server of a storm: it never breaks, and keeps each mail it took as a file."""

import re
from collections import Counter
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller

from tests.factories.smtp import free_port

MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE | re.IGNORECASE)


class Keeper:
    """Writes down every mail under the name of its reader."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._serial = count(1)
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        half = self.folder / f"{envelope.rcpt_tos[0]}.{next(self._serial)}.half"
        half.write_bytes(envelope.content)
        half.rename(half.with_suffix(".eml"))
        return "250 OK"


def serving(folder: Path) -> Controller:
    """The server, started; `stop()` ends it."""
    server = Controller(Keeper(folder), hostname="127.0.0.1", port=free_port())
    server.start()
    return server


def taken(folder: Path) -> Counter[str]:
    """How often each mail arrived, by its Message-ID."""
    return Counter(_id(each) for each in folder.glob("*.eml"))


def _id(path: Path) -> str:
    found = MESSAGE_ID.search(path.read_bytes())
    return found[1].decode() if found else path.name
