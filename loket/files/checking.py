"""Do rows and bytes still agree? Asked both ways every night, in portions (docs/adr/0020)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db.models import F

from loket.files.actions import Destroyed, path_of, portions, remove_bytes, report
from loket.files.models import FileFinding, StoredFile, Trouble
from loket.files.sealed import HALF, Damaged
from loket.kernel import clock

A_NIGHT = 20_000  # files read through; the others come in the next nights
YOUNG = timedelta(days=1)  # bytes whose row may not have committed yet
PLACE = re.compile(r"[0-9a-f]{32}")
QUARANTINE = "quarantine"


@dataclass
class Summary:
    """What one check found: files read, and what was wrong on either side."""

    read: int = 0
    missing: int = 0
    damaged: int = 0
    orphans: int = 0
    halves: int = 0
    remains: int = 0

    @property
    def is_good(self) -> bool:
        return not (self.missing or self.damaged or self.orphans)


def check(most: int = A_NIGHT) -> Summary:
    """Read the files that were not read for longest, then look at what lies on the disk."""
    found = Summary()
    kept = StoredFile.objects.filter(destroyed_at=None)
    oldest = kept.order_by(F("checked_at").asc(nulls_first=True), "pk")
    for pk in list(oldest.values_list("pk", flat=True)[:most]):
        for file in kept.filter(pk=pk).select_related("key__office"):
            _count(trouble_of(file), found)
    _check_disk(found)
    return found


def trouble_of(file: StoredFile) -> Trouble | None:
    """Read a file through and compare it with its row; what is wrong is reported."""
    trouble = _read_through(file)
    kept = StoredFile.objects.filter(pk=file.pk, destroyed_at=None)
    if not kept.update(checked_at=clock.now()):
        return None  # destroyed while it was read
    if trouble:
        report(file, trouble)
    return trouble


def _read_through(file: StoredFile) -> Trouble | None:
    if not path_of(file.place).exists() and not _brought_back(file.place):
        return Trouble.MISSING
    size, digest = 0, sha256()
    try:
        for part in portions(file):
            size += len(part)
            digest.update(part)
    except Destroyed:
        return None
    except Damaged:
        return Trouble.DAMAGED
    is_same = (size, digest.hexdigest()) == (file.size, file.sha256)
    return None if is_same else Trouble.DAMAGED


def _brought_back(place: str) -> bool:
    """A row that came back with a newer copy of the database finds its bytes in quarantine."""
    aside = _quarantine() / place
    if not aside.exists():
        return False
    path_of(place).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside.rename(path_of(place))
    FileFinding.objects.filter(place=place, kind=Trouble.ORPHAN).delete()
    return True


def _count(trouble: Trouble | None, found: Summary) -> None:
    found.read += 1
    found.missing += trouble == Trouble.MISSING
    found.damaged += trouble == Trouble.DAMAGED


def _check_disk(found: Summary) -> None:
    """Bytes without a row are set aside, halves and remains of destroyed files removed."""
    for folder in sorted(Path(settings.FILES_DIR).glob("[0-9a-f][0-9a-f]")):
        _check_folder(folder, found)


def _check_folder(folder: Path, found: Summary) -> None:
    old = [path for path in folder.iterdir() if _is_old(path)]
    for path in old:
        if path.suffix == HALF:
            path.unlink(missing_ok=True)
            found.halves += 1
    _check_places([path for path in old if PLACE.fullmatch(path.name)], found)


def _is_old(path: Path) -> bool:
    try:
        written = path.stat().st_mtime
    except FileNotFoundError:
        return False  # half a moment ago, whole and renamed now
    return written < (clock.now() - YOUNG).timestamp()


def _check_places(paths: list[Path], found: Summary) -> None:
    names = [path.name for path in paths]
    known = dict(StoredFile.objects.filter(place__in=names).values_list("place", "destroyed_at"))  # fmt: skip
    for path in paths:
        if path.name not in known:
            _set_aside(path)
            found.orphans += 1
        elif known[path.name]:
            remove_bytes(path.name)
            found.remains += 1


def _set_aside(path: Path) -> None:
    now = clock.now()
    FileFinding.objects.get_or_create(
        place=path.name,
        kind=Trouble.ORPHAN,
        defaults={"at": now, "recorded_at": now},
    )
    _quarantine().mkdir(parents=True, exist_ok=True, mode=0o700)
    path.rename(_quarantine() / path.name)


def _quarantine() -> Path:
    return Path(settings.FILES_DIR) / QUARANTINE
