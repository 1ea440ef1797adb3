"""The drill: the newest backup is restored to a scratch place and compared, so that its use is proven before the need."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from config import env
from config.backups import facts, manifest, notes, restoring
from config.backups.manifest import Manifest, Number
from config.commands import Refused
from loket.files import checking
from loket.files.models import StoredFile
from loket.kernel import clock, grants, postgres


@dataclass(frozen=True)
class Found:
    """One thing compared; what differs, or nothing."""

    what: str
    differing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Live:
    """What the running installation says now: it can only have grown since."""

    counts: dict[str, int]
    numbers: list[Number]
    kept: frozenset[str]


def live() -> Live | None:
    """Facts of the database in use; None where there is none, as on a machine for drills alone."""
    if not facts.tables():
        return None
    added = [model._meta.db_table for model in grants.append_only()]
    kept = StoredFile.objects.filter(destroyed_at=None).values_list("place", flat=True)
    counted = facts.counts()
    return Live({table: counted[table] for table in added}, facts.numbers(), frozenset(kept))  # fmt: skip


def drill(folder: Path, *, now: Live | None) -> Iterator[str]:
    """One page; refused when anything differs."""
    backup = manifest.chosen(folder.resolve())
    said = manifest.read(backup)
    age = (clock.now() - said.snapshot_at).total_seconds() / 3600
    yield f"Uji pemulihan {clock.now():%Y-%m-%d %H.%M} UTC"
    yield f"Cadangan {backup}: umur {age:.1f} jam, loket {said.loket}, PostgreSQL {said.postgres}"
    is_good = True
    for found in _compare(backup, said, now):
        is_good &= not found.differing
        yield f"{'BEDA' if found.differing else 'sama'}  {found.what}"
        yield from (f"      {each}" for each in found.differing[:20])
    notes.write("drill", name=said.name, is_good=is_good)
    if not is_good:
        raise Refused("Hasil: BERBEDA. Jangan mengandalkan cadangan ini; buat yang baru dan uji lagi.")  # fmt: skip
    yield "Hasil: cadangan ini dapat dipulihkan."


def _compare(backup: Path, said: Manifest, now: Live | None) -> Iterator[Found]:
    try:
        restoring.check_ring(said)
        yield Found("ring kunci dan segel manifes")
    except Refused as refusal:
        yield Found("ring kunci dan segel manifes", (str(refusal),))
        return
    wrong = tuple(manifest.faults(backup, said))
    yield Found(f"hash basis data dan {said.files} berkas", wrong)
    yield Found("berkas yang hilang saat dicadangkan", said.lost)
    with _scratch(backup):
        yield from _in_scratch(backup, said, now)


def _in_scratch(backup: Path, said: Manifest, now: Live | None) -> Iterator[Found]:
    try:
        restoring.fill(backup)
    except Refused as refusal:
        yield Found("pemulihan basis data", (str(refusal),))
        return
    differing = tuple(restoring.differences(said))
    yield Found(f"{len(said.counts)} tabel, {sum(said.counts.values())} baris, {len(said.numbers)} urutan nomor", differing)  # fmt: skip
    restoring.bring_up_to_date()
    yield Found("isi berkas terbuka dan utuh", tuple(_unreadable(said)))
    if now:
        yield Found("dibandingkan dengan yang berjalan", tuple(_lost_since(said, now)))


def _unreadable(said: Manifest) -> Iterator[str]:
    """Every file that a row promises, decrypted and compared with its own hash."""
    passed = {*said.lost, *said.destroyed_since}
    kept = StoredFile.objects.filter(destroyed_at=None).exclude(place__in=passed)
    for file in kept.select_related("key__office").order_by("pk").iterator():
        if trouble := checking.trouble_of(file):
            yield f"berkas {file.place}: {trouble.label}"


def _lost_since(said: Manifest, now: Live) -> Iterator[str]:
    """What is only added to cannot be fewer now, and no number can have gone back."""
    for table, count in now.counts.items():
        if count < said.counts.get(table, 0):
            yield f"tabel {table}: {said.counts[table]} di cadangan, {count} sekarang"
    last = {(each.office, each.kind, each.year): each.last for each in now.numbers}
    for each in said.numbers:
        if last.get((each.office, each.kind, each.year), 0) < each.last:
            yield f"nomor {each.office} {each.kind} {each.year}: {each.last} di cadangan, lebih kecil sekarang"  # fmt: skip


@contextmanager
def _scratch(backup: Path) -> Iterator[None]:
    """A server of our own in a temporary folder, to which Django is turned; the bytes are the backup's."""
    before, files = dict(connection.settings_dict), settings.FILES_DIR
    folder = Path(tempfile.mkdtemp(prefix="loket-drill-"))
    try:
        with postgres.start(folder / "postgres", durable=False) as server:
            _turn_to(env.database(server.owner_url))
            settings.FILES_DIR = backup / manifest.FILES
            yield
            connection.close()
    finally:
        connection.close()
        connection.settings_dict.update(before)
        settings.FILES_DIR = files
        shutil.rmtree(folder, ignore_errors=True)


def _turn_to(database: dict[str, str]) -> None:
    connection.close()
    connection.settings_dict.update(database)
