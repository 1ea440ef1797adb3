"""What a backup holds, what it takes from the one before, and what it warns of."""

import subprocess
from pathlib import Path

import pytest

from config.backups import making, manifest
from config.commands import Refused
from loket.files.actions import path_of
from loket.kernel import ledger
from tests.unit.config.backups.places import backed_up
from tests.unit.files.test_keys import kept


def made(folder, keys=None):
    return list(making.make(folder, keys=keys))


@pytest.fixture
def each_second(monkeypatch):
    """Backups bear the second they were begun in; tests are faster."""
    real, passed = making.clock.now, iter(range(100))
    monkeypatch.setattr(making.clock, "now", lambda: real().replace(second=next(passed) % 60))  # fmt: skip


def test_the_list_of_files_is_one_that_sha256sum_reads(bogor, folder):
    kept(bogor)
    backup = backed_up(folder)
    command = ["sha256sum", "--check", "--strict", "files.sha256"]
    assert subprocess.run(command, cwd=backup, capture_output=True).returncode == 0


def test_bytes_of_the_backup_before_get_a_second_name(bogor, folder, each_second):
    file = kept(bogor)
    first = backed_up(folder)
    second = backed_up(folder)
    copies = [manifest.stands(each, file.place).stat().st_ino for each in (first, second)]  # fmt: skip
    assert copies[0] == copies[1] != path_of(file.place).stat().st_ino


def test_a_file_damaged_since_is_kept_as_it_was(bogor, folder, each_second):
    file = kept(bogor)
    whole = path_of(file.place).read_bytes()
    backed_up(folder)
    path_of(file.place).write_bytes(whole[:-1] + b"?")
    assert f"Diambil dari cadangan sebelumnya: {file.place}" in made(folder)
    newest = manifest.finished(folder)[-1]
    assert manifest.stands(newest, file.place).read_bytes() == whole


def test_a_file_nobody_has_any_more_is_named(bogor, folder):
    file = kept(bogor)
    path_of(file.place).unlink()
    with pytest.raises(Refused, match=file.place):
        made(folder)
    assert manifest.read(manifest.chosen(folder)).lost == (file.place,)


def test_the_ring_goes_to_another_place_and_a_near_one_is_warned_of(
    bogor, folder, tmp_path, settings, each_second
):
    said = made(folder, keys=folder / "keys")
    assert [line for line in said if "tempat yang sama" in line]
    said = made(folder, keys=tmp_path / "other")
    assert [line for line in said if "diska yang sama" in line]
    copy = next((tmp_path / "other").iterdir())
    assert copy.read_text() == Path(settings.LOKET_KEY_FILE).read_text()
    assert copy.stat().st_mode & 0o77 == 0


def test_no_key_stands_in_a_backup(bogor, folder, settings):
    kept(bogor)
    backup = backed_up(folder)
    secret = Path(settings.LOKET_KEY_FILE).read_text().split()[0].encode()
    found = [path for path in backup.rglob("*") if path.is_file() and secret in path.read_bytes()]  # fmt: skip
    assert found == []
    assert (backup / "manifest.json").stat().st_mode & 0o77 == 0


def test_the_ledger_names_the_backup_before_its_snapshot(bogor, folder):
    backup = backed_up(folder)
    assert [ledger.BACKUP, backup.name] in list(ledger.facts(ledger.path()))
