"""The ring of keys before anything else: it must stand in its place when loket starts."""

from pathlib import Path

from config.backups import disk
from config.commands import Refused


def place(keys: Path | None, *, target: Path) -> None:
    """Put the copy where loket looks for it; refused when another ring is there, or none at all."""
    if keys is None:
        if not target.exists():
            raise Refused(f"Ring kunci tidak ada di {target}. Sebutkan salinannya: --keys BERKAS")  # fmt: skip
    elif not keys.is_file():
        raise Refused(f"{keys} bukan berkas ring kunci.")
    elif not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        disk.copy(keys, target)
    elif keys.read_bytes() != target.read_bytes():
        raise Refused(f"Di {target} ada ring kunci lain. Singkirkan dahulu, atau hilangkan --keys.")  # fmt: skip
