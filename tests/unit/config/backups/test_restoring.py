"""A backup put into an empty database is what was backed up; anything else is refused with a sentence."""

import re
import threading
from itertools import count

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from config import operations
from config.backups import facts, manifest
from config.backups.manifest import MANIFEST
from config.commands import Refused
from loket.accounts.models import Session
from loket.files.actions import contents
from loket.files.models import StoredFile
from loket.kernel.ring import add_key, drop_key, ring
from loket.tickets.models import Event, Ticket
from tests.conftest import become
from tests.factories.tickets import registration
from tests.unit.config.backups.places import backed_up, reseal, restored
from tests.unit.files.test_keys import kept, readable


def test_everything_is_there_again_and_the_serving_role_works(bogor, folder, empty):
    ticket = registration(bogor)
    kept(bogor, b"satu")
    kept(bogor, b"dua")
    before = facts.counts()
    backup = backed_up(folder)
    with empty():
        restored(folder)
        become("DATABASE_URL")
        assert readable() == [b"satu", b"dua"]
        assert Ticket.objects.get().number == ticket.number
        with pytest.raises(ProgrammingError), transaction.atomic():
            Event.objects.update(step="x")
        assert registration(bogor).pk > ticket.pk + 1000
    assert manifest.read(backup).counts == before
    become("DATABASE_OWNER_URL")


def test_until_the_last_step_the_serving_role_may_do_nothing(bogor, folder, empty):
    backed_up(folder)
    with empty():
        steps = operations.restore(folder, ledger=None, skip=None)
        for line in steps:
            if line.startswith("Surat ditahan"):
                break
        become("DATABASE_URL")
        with pytest.raises(ProgrammingError):
            Ticket.objects.count()
        become("DATABASE_OWNER_URL")
        list(steps)
        become("DATABASE_URL")
        assert Ticket.objects.count() == 0
    become("DATABASE_OWNER_URL")


def test_nobody_stays_signed_in(bogor, folder, empty, client):
    client.force_login(registration(bogor).applicant)
    assert Session.objects.count() == 1
    backed_up(folder)
    with empty():
        restored(folder)
        assert Session.objects.count() == 0


def test_a_database_that_is_not_empty_is_refused(bogor, folder):
    backed_up(folder)
    with pytest.raises(Refused, match="tidak kosong"):
        restored(folder)


def test_another_ring_is_refused(bogor, folder, empty, settings, tmp_path):
    kept(bogor)
    backed_up(folder)
    key_file = tmp_path / "keys" / "installation.key"
    old = ring().current
    add_key(key_file)
    with empty():
        drop_key(key_file, old.id)
        with pytest.raises(Refused, match=re.escape(f"bukan milik cadangan: tidak ada kunci {old.sign[:4]}")):  # fmt: skip
            restored(folder)
        assert facts.tables() == []


def test_a_newer_ring_that_kept_the_old_key_opens(bogor, folder, empty, tmp_path):
    kept(bogor, b"satu")
    backed_up(folder)
    add_key(tmp_path / "keys" / "installation.key")
    with empty():
        restored(folder)
        assert readable() == [b"satu"]


def test_a_changed_manifest_is_refused(bogor, folder, empty):
    backup = backed_up(folder)
    text = (backup / MANIFEST).read_text()
    (backup / MANIFEST).write_text(text.replace('"files": 0', '"files": 1'))
    with empty(), pytest.raises(Refused, match="Manifes berubah"):
        restored(folder)


@pytest.mark.parametrize("what", ["byte", "file", "dump", "list"])
def test_a_damaged_backup_is_refused_before_anything_is_written(
    bogor, folder, empty, what
):
    file = kept(bogor)
    backup = backed_up(folder)
    damage(backup, file, what)
    with empty():
        with pytest.raises(Refused, match="Cadangan rusak"):
            restored(folder)
        assert facts.tables() == []


def damage(backup, file, what):
    copy = manifest.stands(backup, file.place)
    if what == "file":
        copy.unlink()
        return
    path = {"byte": copy, "dump": backup / "database.dump", "list": backup / "files.sha256"}[what]  # fmt: skip
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_row_that_the_manifest_counts_and_the_dump_lacks_is_found(
    bogor, folder, empty
):
    registration(bogor)
    backup = backed_up(folder)
    counts = manifest.read(backup).counts
    reseal(backup, counts={**counts, "tickets_ticket": 2})
    with (
        empty(),
        pytest.raises(
            Refused, match="tabel tickets_ticket: 2 di manifes, 1 dipulihkan"
        ),
    ):
        restored(folder)


def test_a_dump_that_ends_early_leaves_the_database_empty(bogor, folder, empty):
    backup = backed_up(folder)
    dump = backup / "database.dump"
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
    reseal(backup, dump=manifest.hash_of(dump))
    with empty():
        with pytest.raises(Refused, match="tidak dapat dipulihkan"):
            restored(folder)
        assert facts.tables() == []


def test_a_backup_without_manifest_is_none(bogor, folder):
    backup = backed_up(folder)
    (backup / MANIFEST).unlink()
    with pytest.raises(Refused, match="tidak ada cadangan yang selesai"):
        restored(folder)


def test_each_row_of_a_busy_installation_finds_its_bytes(bogor, folder, empty):
    """People upload while the backup is made; every file that a restored row names is there."""
    ending, stored = threading.Event(), count()

    def upload():
        while not ending.is_set():
            kept(bogor, b"%d" % next(stored))
        connection.close()

    kept(bogor, b"sebelum")
    people = [threading.Thread(target=upload) for _ in range(2)]
    for each in people:
        each.start()
    backed_up(folder)
    ending.set()
    for each in people:
        each.join()
    with empty():
        restored(folder)
        rows = list(StoredFile.objects.all())
        assert len({contents(file) for file in rows}) == len(rows)
        assert 1 <= len(rows) <= next(stored) + 1
