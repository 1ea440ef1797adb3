"""What must be known even when the database goes back to an earlier day: a file that is only added to.

It stands beside the database, so that a restore can learn which numbers were given and which
files were destroyed since the backup (docs/adr/0034).
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

NUMBER, DESTROYED, BACKUP = "number", "destroyed", "backup"
Fact = list[str | int]


def path() -> Path:
    """Where it lies: named by `LOKET_LEDGER`, or else with the files."""
    return Path(settings.LEDGER_FILE or Path(settings.FILES_DIR) / "ledger")


def note(*fact: str | int) -> None:
    """Add one fact; on return it survives a power cut. Nothing personal stands here."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # It begins a line of its own, also after one that a power cut tore
        os.write(handle, f"\n{json.dumps(fact)}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def facts(file: Path) -> Iterator[Fact]:
    """What was noted there, the oldest first; torn lines are passed over, a missing file is empty."""
    if not file.exists():
        return
    with file.open() as lines:
        for line in lines:
            try:
                fact = json.loads(line)
            except ValueError:
                continue
            if isinstance(fact, list) and fact:
                yield fact
