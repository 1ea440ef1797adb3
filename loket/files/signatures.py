"""Which signatures and electronic stamps are inside a PDF; asked of a process of its own, by jobs only (3.3).

Two outcomes are not an answer of a signature: `none`, and `unread` for a file nobody could look into.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from loket.files.actions import Destroyed, contents
from loket.files.bounded import GaveUp, Reader
from loket.files.content import PDF
from loket.files.models import SignatureReport, SignatureVerdict, StoredFile
from loket.files.sealed import Damaged
from loket.kernel import clock

COMMAND = [sys.executable, "-I", "-m", "loket.files.signature_reader"]
# Its bytes are outside every packed object, so a file without this word has no signature; any letter
# of a name may be written as #xx
MARK = re.compile(
    b"".join(b"(?:%c|(?i:#%02x))" % (each, each) for each in b"ByteRange")
)


@dataclass(frozen=True)
class Root:
    """A certificate under which signatures are trusted: PEM, and what they then stand for."""

    use: str
    certificate: str


@transaction.atomic
def report_signatures(file: StoredFile, roots: Sequence[Root]) -> None:
    """Write down once what is signed inside this file; nothing for pictures and destroyed files."""
    if file.content_type != PDF or file.signatures.exists():
        return
    try:
        data = contents(file)
    except (Destroyed, Damaged):  # the nightly check tells of damage
        return
    now = clock.now()
    SignatureReport.objects.bulk_create(
        SignatureReport(
            office_id=file.office_id,
            file=file,
            number=number,
            **found,
            at=now,
            recorded_at=now,
        )
        for number, found in enumerate(signatures_in(data, roots))
    )


def signatures_in(data: bytes, roots: Sequence[Root]) -> list[dict[str, Any]]:
    """One row for each signature, in the order they were made; one row too when there is none."""
    if MARK.search(data) is None:
        return [{"verdict": SignatureVerdict.NONE}]
    reader = Reader(COMMAND)
    try:
        question = {"roots": [asdict(root) for root in roots], "now": f"{clock.now()}"}
        answer, _ = reader.ask(question, data)
    except GaveUp:
        answer = {"unread": True}
    finally:
        reader.close()
    if "found" not in answer:
        return [{"verdict": SignatureVerdict.UNREAD}]
    rows = [_row(found) for found in answer["found"]]
    return rows or [{"verdict": SignatureVerdict.NONE}]


def _row(found: dict[str, Any]) -> dict[str, Any]:
    made = found["made_at"]
    return found | {"made_at": datetime.fromisoformat(made) if made else None}
