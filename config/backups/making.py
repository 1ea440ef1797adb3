"""Make a backup of a running installation: database and list of files from one snapshot, then the bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from config import env
from config.backups import disk, dump, facts, manifest, notes
from config.backups.manifest import DUMP, LIST, Manifest, Sums
from config.commands import Refused
from loket.files.actions import path_of
from loket.files.models import StoredFile
from loket.kernel import clock, ledger


@dataclass
class Bytes:
    """What became of the files: hashes of those kept, and those that could not be."""

    sums: Sums = field(default_factory=dict)
    size: int = 0
    lost: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    destroyed: list[str] = field(default_factory=list)


def make(folder: Path, *, keys: Path | None) -> Iterator[str]:
    """One more backup in this folder; refused at the end when a file could not be kept as it was stored."""
    began = clock.now()
    name = f"{began:%Y%m%dT%H%M%SZ}"
    target = folder.resolve() / name
    earlier = manifest.finished(folder)[-1:]
    target.mkdir(parents=True, mode=0o700)
    # Whatever the ledger says before this line, the snapshot may or may not show
    ledger.note(ledger.BACKUP, name)
    places, seen = _database(target, name=name, at=began)
    kept = _keep_bytes(target, places, earlier)
    _finish(target, seen, kept)
    notes.write("backup", name=name, folder=str(folder.resolve()), is_good=not kept.lost)  # fmt: skip
    yield f"Cadangan: {target}"
    yield f"Basis data: {len(seen.counts)} tabel, {sum(seen.counts.values())} baris"
    yield f"Berkas: {len(kept.sums)} ({kept.size} bita)"
    yield from _key_ring(keys, folder=folder.resolve(), name=name)
    yield from (f"Diambil dari cadangan sebelumnya: {place}" for place in kept.mended)
    if kept.lost:
        raise Refused(f"Tidak ditemukan lagi: berkas {', '.join(kept.lost)}. Lihat: loket files check")  # fmt: skip


def _database(target: Path, *, name: str, at: datetime) -> tuple[list[str], Manifest]:
    """Dump, counts and names of files as one moment shows them, while people go on working."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = str(cursor.fetchone()[0])
        dump.save(target / DUMP, snapshot=snapshot, without=facts.LEFT_OUT)
        kept = StoredFile.objects.filter(destroyed_at=None)
        places = list(kept.order_by("place").values_list("place", flat=True))
        seen = Manifest(
            name=name,
            loket=env.version(),
            postgres=facts.postgres(),
            snapshot_at=at,
            migrations=facts.migrations(),
            counts=facts.counts(),
            numbers=facts.numbers(),
            keys=facts.keys(),
            dump="",
            sums="",
            files=0,
            size=0,
        )
    return places, seen


def _keep_bytes(target: Path, places: Iterable[str], earlier: list[Path]) -> Bytes:
    """Each file's bytes, which never change once written: those of the last backup get a second name."""
    kept = Bytes()
    known = {place: (each, sum_) for each in earlier for place, sum_ in manifest.read_sums(each).items()}  # fmt: skip
    for place in places:
        _keep(place, target, kept, known.get(place))
    folders = {manifest.stands(target, place).parent for place in kept.sums}
    disk.sync(*folders, *{each.parent for each in folders})
    return kept


def _keep(
    place: str, target: Path, kept: Bytes, known: tuple[Path, str] | None
) -> None:
    source, copy = path_of(place), manifest.stands(target, place)
    live = manifest.hash_of(source)
    if not live and _is_destroyed(place):
        kept.destroyed.append(place)
        return
    if known and (before := manifest.stands(known[0], place)).exists():
        # A live file that is another one now was damaged since: the earlier bytes are kept
        disk.link(before, copy)
        kept.sums[place] = known[1]
        kept.mended += [] if live == known[1] else [place]
    elif live:
        disk.copy(source, copy)
        kept.sums[place] = live
    else:
        kept.lost.append(place)
        return
    kept.size += copy.stat().st_size


def _is_destroyed(place: str) -> bool:
    gone = StoredFile.objects.filter(place=place, destroyed_at__isnull=False)
    return gone.exists()


def _finish(target: Path, seen: Manifest, kept: Bytes) -> None:
    """Everything is on the disk before the manifest says so."""
    manifest.write_sums(target, kept.sums)
    disk.sync(target / DUMP, target, target.parent)
    whole = seen.model_copy(
        update={
            "dump": disk.sha256_of(target / DUMP),
            "sums": disk.sha256_of(target / LIST),
            "files": len(kept.sums),
            "size": kept.size,
            "lost": tuple(kept.lost),
            "destroyed_since": tuple(kept.destroyed),
        }
    )
    manifest.write(target, whole)


def _key_ring(keys: Path | None, *, folder: Path, name: str) -> Iterator[str]:
    """The ring goes to another place than what it opens, or the backup protects nothing."""
    if keys is None:
        yield "Ring kunci tidak ikut dicadangkan. Simpan di tempat lain: --keys FOLDER"
        return
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = keys.resolve() / f"{name}.key"
    disk.copy(Path(settings.LOKET_KEY_FILE), copy)
    disk.sync(keys)
    yield f"Ring kunci: {copy}"
    if copy.is_relative_to(folder) or folder.is_relative_to(keys.resolve()):
        yield "PERINGATAN: ring kunci ada di tempat yang sama dengan cadangan. Siapa pun yang mengambil keduanya dapat membaca semua berkas."  # fmt: skip
    elif keys.stat().st_dev == folder.stat().st_dev:
        yield "PERINGATAN: ring kunci ada di diska yang sama dengan cadangan. Bila diska itu hilang, keduanya hilang."  # fmt: skip
