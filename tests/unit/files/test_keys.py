"""Keys of offices are replaced while people read and upload; nothing is ever unreadable."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from loket.files import keys
from loket.files.actions import contents, store
from loket.files.models import OfficeKey, StoredFile
from loket.files.tasks import renew_keys
from loket.kernel import clock

LATER = keys.GRACE + timedelta(minutes=1)


def kept(office, data=b"%PDF- isi"):
    return store(
        office, data=data, name="ktp.pdf", content_type="application/pdf", pages=1, by=None
    )  # fmt: skip


def readable():
    """Contents of every file as a new request reads them."""
    return [contents(file) for file in StoredFile.objects.order_by("pk")]


def later():
    return clock.at(clock.now() + LATER)


@pytest.mark.django_db
def test_rotation_puts_a_new_key_in_use_and_keeps_the_old_one(bogor):
    old = kept(bogor)
    key = keys.rotate(bogor)
    new = kept(bogor)
    assert (old.key != key, new.key) == (True, key)
    assert readable() == [b"%PDF- isi"] * 2


@pytest.mark.django_db
def test_rewrap_moves_every_file_of_that_office_only(bogor, depok):
    files = [kept(bogor), kept(bogor), kept(depok)]
    theirs = bytes(files[2].wrapped_key)
    key = keys.rotate(bogor)
    keys.rewrap()
    assert set(StoredFile.objects.filter(key=key)) == set(files[:2])
    assert bytes(StoredFile.objects.get(pk=files[2].pk).wrapped_key) == theirs
    assert readable() == [b"%PDF- isi"] * 3


@pytest.mark.django_db
def test_replaced_key_is_dropped_only_when_idle_and_an_hour_old(bogor):
    kept(bogor)
    old = keys.key_in_use(bogor)
    keys.rotate(bogor)
    with later():
        assert keys.drop_replaced() == ([], [old])
    keys.rewrap()
    assert keys.drop_replaced() == ([], [old])
    with later():
        assert keys.drop_replaced() == ([old], [])
        assert keys.drop_replaced() == ([], [])
    assert bytes(OfficeKey.objects.get(pk=old.pk).wrapped) == b""
    assert readable() == [b"%PDF- isi"]


@pytest.mark.django_db
def test_key_dropped_too_early_would_have_been_noticed(bogor):
    """The control: what the refusal above protects from."""
    kept(bogor)
    OfficeKey.objects.update(wrapped=b"")
    with pytest.raises(keys.Damaged):
        readable()


@pytest.mark.django_db
def test_rewrap_killed_after_a_batch_goes_on_where_it_was(bogor, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    for _ in range(5):
        kept(bogor)
    keys.rotate(bogor)
    keys.rewrap_batch(0)
    assert keys.to_rewrap().count() == 3
    assert readable() == [b"%PDF- isi"] * 5
    keys.rewrap()
    assert keys.to_rewrap().count() == 0
    assert readable() == [b"%PDF- isi"] * 5


@pytest.mark.django_db
def test_rewrap_killed_within_a_batch_changes_nothing(bogor):
    kept(bogor)
    keys.rotate(bogor)
    with transaction.atomic():
        keys.rewrap_batch(0)
        transaction.set_rollback(True)
    assert keys.to_rewrap().count() == 1
    assert readable() == [b"%PDF- isi"]


@pytest.mark.django_db
def test_file_with_a_damaged_key_does_not_hold_up_the_others(bogor):
    broken, whole = kept(bogor), kept(bogor)
    StoredFile.objects.filter(pk=broken.pk).update(wrapped_key=b"x" * 60)
    keys.rotate(bogor)
    keys.rewrap()
    assert list(keys.to_rewrap()) == [broken]
    assert contents(StoredFile.objects.get(pk=whole.pk)) == b"%PDF- isi"


@pytest.mark.django_db
def test_destroyed_files_need_no_key(bogor):
    file = kept(bogor)
    StoredFile.objects.filter(pk=file.pk).update(
        wrapped_key=b"", name="", destroyed_at=clock.now()
    )
    old = keys.key_in_use(bogor)
    keys.rotate(bogor)
    keys.rewrap()
    with later():
        assert keys.drop_replaced() == ([old], [])


def together(*acts):
    """Run all at once, each with a connection of its own; what one raises is raised here."""
    raised = []

    def run(act):
        try:
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]


def busy(bogor, rotation):
    """People read and upload without a pause while `rotation` runs several times."""
    for number in range(6):
        kept(bogor, b"isi %d" % number)
    over = threading.Event()
    seen = []

    def read():
        while not over.is_set():
            seen.append({each[:3] for each in readable()})

    def upload():
        for _ in range(30):
            kept(bogor, b"isi baru")

    def rotate():
        try:
            for _ in range(4):
                rotation()
        finally:
            over.set()

    together(read, read, upload, rotate)
    return seen


@pytest.mark.django_db(transaction=True)
def test_people_read_and_upload_while_keys_are_replaced(bogor, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 3)

    def rotation():
        keys.rotate(bogor)
        renew_keys()

    seen = busy(bogor, rotation)
    assert (len(seen) > 1, {frozenset(each) for each in seen}) == (True, {frozenset({b"isi"})})  # fmt: skip
    renew_keys()
    assert (StoredFile.objects.count(), keys.to_rewrap().count()) == (36, 0)
    assert {each[:3] for each in readable()} == {b"isi"}
    with later():
        assert [len(each) for each in keys.drop_replaced()] == [4, 0]
    assert {each[:3] for each in readable()} == {b"isi"}


@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_forgot_the_files_would_have_been_noticed(bogor):
    """The control: a key replaced in its own row makes readers fail at once."""

    def rotation():
        key = keys.key_in_use(bogor)
        OfficeKey.objects.filter(pk=key.pk).update(
            wrapped=keys._new_key(bogor)["wrapped"]
        )

    with pytest.raises(keys.Damaged):
        busy(bogor, rotation)
