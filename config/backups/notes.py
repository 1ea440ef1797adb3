"""When the last backup was made and the last drill run, for whoever asks about their age."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from config import env
from config.backups import disk
from loket.kernel import clock


def _path() -> Path:
    return env.VAR_DIR / "backups.json"


def read() -> dict[str, dict[str, Any]]:
    """Nothing when there was none, or the note cannot be read."""
    try:
        found = json.loads(_path().read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(what: str, **said: str | bool) -> None:
    """Note that one ended now, `backup` or `drill`."""
    kept = {**read(), what: {"at": clock.now().isoformat(), **said}}
    disk.write(_path(), json.dumps(kept, indent=1).encode())


def hours_since(what: str) -> float | None:
    """How old the last one is; None when there was none."""
    try:
        at = datetime.fromisoformat(read()[what]["at"])
    except (KeyError, TypeError, ValueError):
        return None
    return (clock.now() - at).total_seconds() / 3600
