"""What a power cut would take is synced before the row that promises it: the file, its name, and its folders' names."""

import os
from pathlib import Path

import pytest
from django.db import connection, transaction

from loket.files import sealed
from loket.files.actions import Limits, path_of, store_upload
from loket.files.models import StoredFile
from tests.factories.papers import pdf

pytestmark = pytest.mark.django_db(transaction=True)
ROW = "row"


class Log:
    """Every sync, new folder and rename, and the row, in order."""

    def __init__(self, patch):
        self.notes = []
        really = {name: getattr(os, name) for name in ("fsync", "mkdir", "rename")}

        def fsync(handle):
            really["fsync"](handle)
            self.notes.append(("sync", os.readlink(f"/proc/self/fd/{handle}")))

        def mkdir(path, *args, **more):
            really["mkdir"](path, *args, **more)
            self.notes.append(("mkdir", str(path)))

        def rename(old, new, **more):
            really["rename"](old, new, **more)
            self.notes.append(("rename", str(old), str(new)))

        for function in (fsync, mkdir, rename):
            patch.setattr(os, function.__name__, function)

    def note_row(self, execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "files_storedfile"'):
            self.notes.append((ROW,))
        return execute(sql, params, many, context)

    def at_risk(self):
        """What the row promises although a power cut could still take it; None when there was no row."""
        if (ROW,) not in self.notes:
            return None
        before = self.notes[: self.notes.index((ROW,))]
        found = []
        for place, note in enumerate(before):
            earlier, later = before[:place], before[place:]
            if note[0] == "rename" and ("sync", note[1]) not in earlier:
                found.append(note[1])
            if note[0] != "sync" and ("sync", str(Path(note[-1]).parent)) not in later:
                found.append(note[-1])
        return found


@pytest.fixture
def log(monkeypatch):
    found = Log(monkeypatch)
    with connection.execute_wrapper(found.note_row):
        yield found


def upload(office):
    limits = Limits(types=("pdf",), at_most_mb=4)
    with transaction.atomic():
        file = store_upload(office, data=pdf(), name="ktp.pdf", limits=limits, by=None)
    return path_of(StoredFile.objects.get(pk=file.pk).place)


def test_row_is_written_after_everything_it_needs_is_on_the_disk(bogor, log, settings):
    path = upload(bogor)
    assert log.at_risk() == []
    made = [note[1] for note in log.notes if note[0] == "mkdir"]
    assert made == [str(settings.FILES_DIR), str(path.parent)]


def test_folder_that_another_process_has_just_made_is_synced_too(bogor, log):
    path = upload(bogor)
    log.notes.clear()
    upload(bogor)
    above = str(path.parent.parent)
    assert ("sync", above) in log.notes[: log.notes.index((ROW,))]


@pytest.mark.parametrize("forgotten", ["_sync_folder", "fsync"])
def test_forgotten_sync_would_be_noticed(bogor, log, monkeypatch, forgotten):
    where = sealed if forgotten == "_sync_folder" else os
    monkeypatch.setattr(where, forgotten, lambda _what: None)
    upload(bogor)
    assert log.at_risk() != []
