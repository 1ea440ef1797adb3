"""What a backup says of itself: written last, sealed with the ring, so that a half made one is none."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from config.backups import disk
from config.commands import Refused
from loket.kernel import crypto

MANIFEST, DUMP, LIST, FILES = "manifest.json", "database.dump", "files.sha256", "files"
Sums = dict[str, str]  # place of a file -> hash of its sealed bytes


class Number(BaseModel):
    """How far one series of numbers had come."""

    model_config = ConfigDict(frozen=True)
    office: str
    kind: str
    year: int
    last: int


class Manifest(BaseModel):
    """Versions, counts and hashes. `lost` are files whose row says they exist and which nobody found."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    name: str
    loket: str
    postgres: str
    snapshot_at: datetime
    migrations: list[str]
    counts: dict[str, int]
    numbers: list[Number]
    keys: list[str]
    dump: str
    sums: str
    files: int
    size: int
    lost: tuple[str, ...] = ()
    destroyed_since: tuple[str, ...] = ()
    seal: str = ""

    def sealed(self) -> "Manifest":
        """With the mark that only this installation's ring can make."""
        bare = self.model_copy(update={"seal": ""})
        mark = crypto.digest(bare.model_dump_json(), purpose="backup")
        return self.model_copy(update={"seal": mark})

    @property
    def is_sealed(self) -> bool:
        """Whether nobody changed it, and the ring in use is the one it was made under."""
        return self.seal == self.sealed().seal


def write(folder: Path, manifest: Manifest) -> None:
    """The last file of a backup."""
    disk.write(folder / MANIFEST, manifest.sealed().model_dump_json(indent=1).encode())


def read(folder: Path) -> Manifest:
    """The manifest there; refused when it is none."""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise Refused(f"{folder / MANIFEST} tidak terbaca sebagai manifes cadangan.") from error  # fmt: skip


def finished(folder: Path) -> list[Path]:
    """The backups in this folder that have a manifest, the oldest first."""
    return sorted(each.parent for each in folder.glob(f"*/{MANIFEST}"))


def chosen(folder: Path) -> Path:
    """This backup, or the newest of those in the folder."""
    if (folder / MANIFEST).exists():
        return folder
    found = finished(folder)
    if not found:
        raise Refused(f"Di {folder} tidak ada cadangan yang selesai (dengan manifest.json).")  # fmt: skip
    return found[-1]


def write_sums(folder: Path, sums: Sums) -> None:
    """The list of files as `sha256sum --check` reads it, from inside the backup."""
    lines = [f"{sums[place]}  {FILES}/{place[:2]}/{place}\n" for place in sorted(sums)]
    disk.write(folder / LIST, "".join(lines).encode())


def read_sums(folder: Path) -> Sums:
    """Places and hashes of a backup's files."""
    lines = (folder / LIST).read_text().splitlines()
    return {line[-32:]: line[:64] for line in lines}


def stands(folder: Path, place: str) -> Path:
    """Where a backup keeps the bytes of a file."""
    return folder / FILES / place[:2] / place


def faults(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Everything in the folder that is not as the manifest says, read through to the last byte."""
    for name, expected in ((DUMP, manifest.dump), (LIST, manifest.sums)):
        if hash_of(folder / name) != expected:
            yield f"{name} berubah atau hilang"
            return
    for place, expected in read_sums(folder).items():
        found = hash_of(stands(folder, place))
        if found != expected:
            yield f"berkas {place} {'berubah' if found else 'hilang'}"


def hash_of(path: Path) -> str:
    """The hash of a file's bytes; empty where there is none."""
    try:
        return disk.sha256_of(path)
    except FileNotFoundError:
        return ""
