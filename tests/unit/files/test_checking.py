"""Rows and bytes are compared both ways, and what differs is written down once."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from loket.files import checking
from loket.files.actions import contents, destroy, path_of
from loket.files.checking import Summary, check
from loket.files.models import FileFinding, OfficeKey, StoredFile
from loket.files.tasks import check_files
from loket.kernel import clock
from tests.unit.files.test_keys import kept

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1, minutes=1)


@pytest.fixture
def tomorrow():
    """Bytes written now are old enough to be missed by nobody."""
    with clock.at(clock.now() + DAY):
        yield


def findings():
    return list(FileFinding.objects.order_by("pk").values_list("kind", "place"))


def change(file):
    raw = bytearray(path_of(file.place).read_bytes())
    raw[-1] ^= 1
    path_of(file.place).write_bytes(raw)


def stray(settings, name, where="ab"):
    folder = Path(settings.FILES_DIR) / where
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"x")
    return folder / name


def test_whole_files_are_read_and_nothing_is_found(bogor, tomorrow):
    kept(bogor), kept(bogor)
    assert check() == Summary(read=2)
    assert findings() == []
    assert {file.checked_at for file in StoredFile.objects.all()} == {clock.now()}


def test_changed_and_missing_bytes_are_found_with_their_office(bogor, tomorrow):
    changed, missing = kept(bogor), kept(bogor)
    change(changed)
    path_of(missing.place).unlink()
    assert check() == Summary(read=2, damaged=1, missing=1)
    assert findings() == [("damaged", changed.place), ("missing", missing.place)]
    assert {each.office for each in FileFinding.objects.all()} == {bogor}


def test_key_of_an_office_that_does_not_open_is_damage_of_its_files_only(
    bogor, depok, tomorrow
):
    lost, whole = kept(bogor), kept(depok)
    key = OfficeKey.objects.get(office=bogor)
    OfficeKey.objects.filter(pk=key.pk).update(wrapped=bytes(key.wrapped)[:-1] + b"x")
    assert check() == Summary(read=2, damaged=1)
    assert findings() == [("damaged", lost.place)]
    assert contents(StoredFile.objects.get(pk=whole.pk)) is not None


@pytest.mark.parametrize("column", [{"size": 3}, {"sha256": "0" * 64}])
def test_row_that_tells_another_story_is_found(bogor, tomorrow, column):
    file = kept(bogor)
    StoredFile.objects.filter(pk=file.pk).update(**column)
    assert check() == Summary(read=1, damaged=1)


def test_same_trouble_is_written_down_once(bogor, tomorrow):
    change(kept(bogor))
    check(), check()
    assert len(findings()) == 1


def test_a_night_reads_a_portion_and_the_next_one_goes_on(bogor):
    for _ in range(5):
        kept(bogor)
    seen = []
    for night in range(3):
        with clock.at(clock.now() + DAY * (night + 1)):
            check(most=2)
            seen.append(StoredFile.objects.filter(checked_at=clock.now()).count())
    assert (seen, StoredFile.objects.filter(checked_at=None).count()) == ([2, 2, 2], 0)


def test_bytes_without_a_row_are_set_aside_after_a_day(bogor, settings):
    path = stray(settings, "ab" * 16)
    assert (check(), path.exists()) == (Summary(), True)
    with clock.at(clock.now() + DAY):
        assert (check(), path.exists()) == (Summary(orphans=1), False)
        assert check() == Summary()
    assert (Path(settings.FILES_DIR) / checking.QUARANTINE / path.name).exists()
    assert findings() == [("orphan", "ab" * 16)]
    assert FileFinding.objects.get().office is None


def test_bytes_whose_row_never_committed_are_set_aside(bogor, settings):
    """The process died, or the form was refused, between the bytes and the commit."""
    with transaction.atomic():
        file = kept(bogor)
        transaction.set_rollback(True)
    assert path_of(file.place).exists()
    with clock.at(clock.now() + DAY):
        assert check() == Summary(orphans=1)
    assert not path_of(file.place).exists()


def test_bytes_whose_row_comes_back_are_brought_back(bogor, tomorrow):
    """A restore of the database to before and after an upload."""
    file = kept(bogor)
    StoredFile.objects.filter(pk=file.pk).delete()
    check()
    StoredFile.objects.bulk_create([file])
    assert check() == Summary(read=1)
    assert (contents(file), findings()) == (b"%PDF- isi", [])


def test_halves_are_removed_after_a_day(settings):
    path = stray(settings, "ab" * 16 + ".half")
    assert (check(), path.exists()) == (Summary(), True)
    with clock.at(clock.now() + DAY):
        assert (check(), path.exists()) == (Summary(halves=1), False)


def test_remains_of_a_destroyed_file_are_removed(bogor, tomorrow):
    """The process died between the commit and the removal."""
    file = kept(bogor)
    raw = path_of(file.place).read_bytes()
    destroy(file)
    path_of(file.place).write_bytes(raw)
    assert check() == Summary(remains=1)
    assert not path_of(file.place).exists()


def test_other_files_in_the_folder_are_nobodys_business(settings, tomorrow):
    path = stray(settings, "README", where="ab")
    apart = stray(settings, "cd" * 16, where="pages")
    assert (check(), path.exists(), apart.exists()) == (Summary(), True, True)


def test_job_writes_the_trouble_to_the_log(bogor, tomorrow, caplog):
    change(kept(bogor))
    check_files(0)
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_file_being_written_is_older_than_it_looks(settings, bogor):
    """A copied backup carries old times; what is on the ring of rows stays."""
    file = kept(bogor)
    os.utime(path_of(file.place), (0, 0))
    assert check() == Summary(read=1)
    assert contents(file) == b"%PDF- isi"
