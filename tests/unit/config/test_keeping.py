"""What `loket keys` and `loket files` say and refuse."""

from datetime import timedelta
from pathlib import Path

import pytest

from config import keeping
from config.commands import Refused
from loket.files import keys
from loket.files.actions import path_of
from loket.files.models import StoredFile
from loket.kernel import clock
from loket.kernel.ring import ensure_key, ring
from loket.tickets.models import Document
from tests.factories.jobs import run_jobs_here
from tests.factories.tickets import registration
from tests.unit.files.test_keys import kept
from tests.unit.tickets.browsing import give_all

pytestmark = pytest.mark.django_db
LATER = keys.GRACE + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def own_ring(settings, tmp_path):
    settings.LOKET_KEY_FILE = str(tmp_path / "keys" / "installation.key")
    ensure_key(Path(settings.LOKET_KEY_FILE))


def test_office_key_is_rotated_by_the_worker_and_retired_an_hour_later(bogor):
    file = kept(bogor)
    list(keeping.rotate_keys(office=bogor.slug))
    with pytest.raises(Refused, match="Masih dipakai"):
        list(keeping.retire_keys())
    run_jobs_here()
    with clock.at(clock.now() + LATER):
        assert list(keeping.retire_keys()) == [f"Dihapus: {file.key}"]
    lines = [line.split() for line in keeping.keys_status()]
    assert [line[2:] for line in lines] == [["dipakai", "1", "nilai"], ["dipakai", "1", "berkas"]]  # fmt: skip


def test_installation_key_is_rotated_by_the_worker_and_retired_an_hour_later(bogor):
    kept(bogor)
    old = ring().current
    list(keeping.rotate_keys(office=None))
    before = [line.split()[2:4] for line in keeping.keys_status()][:2]
    run_jobs_here()
    after = [line.split()[2:4] for line in keeping.keys_status()][:2]
    assert (before, after) == (
        [["dipakai", "0"], ["lama", "1"]],
        [["dipakai", "1"], ["lama", "0"]],
    )
    with clock.at(clock.now() + LATER):
        assert list(keeping.retire_keys()) == [f"Dihapus: {old.sign}"]


def test_unknown_office_is_named(db):
    with pytest.raises(Refused, match="kota-lain"):
        list(keeping.rotate_keys(office="kota-lain"))


def test_check_prints_its_sums_and_refuses_when_something_is_wrong(bogor):
    file = kept(bogor)
    assert list(keeping.check_files(most=10)) == [
        "read=1 missing=0 damaged=0 orphans=0 halves=0 remains=0"
    ]
    path_of(file.place).unlink()
    with pytest.raises(Refused):
        list(keeping.check_files(most=10))


def test_documents_of_a_ticket_are_held_and_released(depok):
    ticket = registration(depok)
    give_all(ticket)
    count = Document.objects.count()
    said = keeping.hold_files(ticket=ticket.number, because="Sengketa")
    assert list(said) == [f"Berkas: {count}"]
    assert StoredFile.objects.filter(hold="Sengketa").count() == count
    assert list(keeping.hold_files(ticket=ticket.number, because="")) == [f"Berkas: {count}"]  # fmt: skip
    assert StoredFile.objects.filter(hold="").count() == count
    with pytest.raises(Refused, match="BGR-00"):
        list(keeping.hold_files(ticket="BGR-00", because="x"))
