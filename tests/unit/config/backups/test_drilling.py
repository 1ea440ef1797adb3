"""The drill restores to a server of its own, and finds what differs."""

import pytest
from django.db import connection

from config import operations
from config.backups import dump, manifest, notes
from config.backups.manifest import DUMP
from config.commands import Refused
from loket.offices.models import Sequence
from loket.tickets.models import Event
from tests.factories.tickets import registration
from tests.unit.config.backups.places import backed_up, reseal
from tests.unit.files.test_keys import kept, readable


def drilled(folder=None):
    """What was printed, and whether it was refused."""
    lines = []
    try:
        for line in operations.drill(folder):
            lines.append(line)
    except Refused:
        return lines, False
    return lines, True


def differing(lines):
    return [lines[n + 1].strip() for n, line in enumerate(lines) if line.startswith("BEDA")]  # fmt: skip


def dumped_again(backup):
    """The dump as it is now, in a backup whose manifest tells of before."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_export_snapshot()")  # fmt: skip
        cursor.execute("SELECT pg_export_snapshot()")
        dump.save(backup / DUMP, snapshot=cursor.fetchone()[0], without=())
        cursor.execute("COMMIT")
    reseal(backup, dump=manifest.hash_of(backup / DUMP))


def test_a_good_backup_passes_and_nothing_that_runs_is_touched(bogor, folder):
    registration(bogor)
    kept(bogor, b"satu")
    backed_up(folder)
    lines, is_good = drilled()
    assert (is_good, differing(lines)) == (True, [])
    assert lines[-1] == "Hasil: cadangan ini dapat dipulihkan."
    assert readable() == [b"satu"]
    assert notes.read()["drill"]["is_good"] is True
    assert notes.hours_since("drill") < 1


def test_a_changed_byte_and_a_missing_row_are_found(bogor, folder):
    file = kept(bogor)
    registration(bogor)
    backup = backed_up(folder)
    before = Event.objects.count()
    Event.objects.all()[:1].get().delete()
    dumped_again(backup)
    copy = manifest.stands(backup, file.place)
    copy.write_bytes(copy.read_bytes()[:-1] + b"?")
    lines, is_good = drilled(folder)
    assert not is_good
    assert differing(lines) == [
        f"berkas {file.place} berubah",
        f"tabel tickets_event: {before} di manifes, {before - 1} dipulihkan",
        f"berkas {file.place}: rusak",
        f"tabel tickets_event: {before} di cadangan, {before - 1} sekarang",
    ]
    assert notes.read()["drill"]["is_good"] is False


def test_a_number_that_went_back_in_what_runs_is_found(bogor, folder):
    registration(bogor)
    backed_up(folder)
    Sequence.objects.update(last=0)
    lines, is_good = drilled(folder)
    assert not is_good
    assert differing(lines) == ["nomor kota-bogor ticket 2026: 1 di cadangan, lebih kecil sekarang"]  # fmt: skip


def test_without_any_backup_it_says_so(bogor):
    with pytest.raises(Refused, match="Belum pernah ada cadangan"):
        list(operations.drill(None))
