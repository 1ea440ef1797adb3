"""Put a backup into an empty database: nothing serves before numbers, mails and destroyed files are seen to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from config.backups import catching_up, disk, dump, facts, manifest, numbering
from config.backups.manifest import DUMP, Manifest
from config.commands import Refused
from loket.files.actions import destroy_again, path_of
from loket.kernel import ledger
from loket.kernel.ledger import DESTROYED
from loket.kernel.ring import ring


@dataclass(frozen=True)
class Since:
    """What is known of the time between backup and restore: a ledger, or how many numbers to leave out."""

    ledger: Path | None = None
    skip: int | None = None


def restore(folder: Path, *, since: Since) -> Iterator[str]:
    """Whole or refused. The serving role may do nothing until the last line (two roles), so nobody works too early."""
    folder = manifest.chosen(folder.resolve())
    said = check(folder)
    if facts.tables():
        raise Refused("Basis data ini tidak kosong. Pulihkan hanya ke basis data yang baru dibuat.")  # fmt: skip
    yield f"Memulihkan {folder}, dibuat {said.snapshot_at:%Y-%m-%d %H.%M} UTC"
    yield f"Berkas: {_bring_files(folder)} disalin, {said.files} seluruhnya"
    load(folder, said)
    yield f"Basis data: {len(said.counts)} tabel, {sum(said.counts.values())} baris"
    bring_up_to_date()
    yield from _settle(said, since)


def check(folder: Path) -> Manifest:
    """The manifest, when the backup is whole and the ring in use opens it; else a sentence."""
    said = manifest.read(folder)
    check_ring(said)
    if wrong := next(manifest.faults(folder, said), None):
        raise Refused(f"Cadangan rusak: {wrong}.")
    return said


def check_ring(said: Manifest) -> None:
    """Refused unless the ring in use opens what is in the backup, and sealed its manifest."""
    missing = set(said.keys) - {key.sign for key in ring().keys}
    if missing:
        raise Refused(f"Ring kunci ini bukan milik cadangan: tidak ada kunci {', '.join(sorted(missing))}.")  # fmt: skip
    if not said.is_sealed:
        raise Refused("Manifes berubah, atau ring kunci ini bukan milik cadangan.")


def load(folder: Path, said: Manifest) -> None:
    """The database as it was, counted; refused when a table has more or fewer rows than the manifest says."""
    fill(folder)
    differing = list(differences(said))
    if differing:
        raise Refused(f"Basis data yang dipulihkan berbeda: {'; '.join(differing)}.")


def fill(folder: Path) -> None:
    """The dump, in one transaction."""
    dump.load(folder / DUMP)
    connection.close()  # it may have looked before there were tables


def bring_up_to_date() -> None:
    """A backup of an older loket gets the tables of this one."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def differences(said: Manifest) -> Iterator[str]:
    """Where the database differs from the manifest in rows, numbers or migrations."""
    found = facts.counts()
    for table in sorted(found.keys() | said.counts.keys()):
        if found.get(table) != said.counts.get(table):
            yield f"tabel {table}: {said.counts.get(table)} di manifes, {found.get(table)} dipulihkan"  # fmt: skip
    if facts.numbers() != said.numbers:
        yield "urutan nomor"
    if facts.migrations() != said.migrations:
        yield "migrasi"


def _bring_files(folder: Path) -> int:
    """Bytes that are not there, or not as they were stored; others that lie there are left to the nightly check."""
    places = manifest.read_sums(folder)
    wanting = [place for place, sum_ in places.items() if not _is_there(place, sum_)]
    for place in wanting:
        disk.copy(manifest.stands(folder, place), path_of(place))
    folders = {path_of(place).parent for place in wanting}
    disk.sync(*folders, *{each.parent for each in folders})
    return len(wanting)


def _is_there(place: str, expected: str) -> bool:
    path = path_of(place)
    return path.exists() and disk.sha256_of(path) == expected


def _settle(said: Manifest, since: Since) -> Iterator[str]:
    """What the database cannot know of the time since it was copied."""
    noted = list(ledger.facts(since.ledger or ledger.path()))
    numbering.leave_out_rows()
    gaps = numbering.leave_out(numbering.given(noted), is_known=True)
    knows = numbering.knows(noted, backup=said.name)
    if not knows:
        highest = numbering.supposed(said.snapshot_at, each=since.skip)
        gaps += numbering.leave_out(highest, is_known=False)
    yield from (f"Nomor dilewati: {gap}" for gap in gaps)
    gone = {str(fact[1]) for fact in noted if fact[0] == DESTROYED and len(fact) == 2}
    gone |= set(said.destroyed_since)
    yield f"Dimusnahkan lagi: {destroy_again(gone)} berkas"
    if not knows:
        yield "PERINGATAN: tidak ada buku catatan (ledger) sejak cadangan dibuat; berkas yang dimusnahkan sesudahnya dapat muncul lagi sampai tugas malam berjalan."  # fmt: skip
    yield f"Surat ditahan: {catching_up.hold(said.snapshot_at)}. Lihat: loket mails"
    if since.ledger:
        _go_on_with(since.ledger)


def _go_on_with(brought: Path) -> None:
    """The ledger that was brought is the ledger from now on."""
    if not ledger.path().exists():
        disk.copy(brought, ledger.path())
