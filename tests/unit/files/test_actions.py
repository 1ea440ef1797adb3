"""Files are stored encrypted and shown only after the look is written down."""

import random
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from PIL import Image

from loket.files.actions import (
    MEGABYTE,
    Limits,
    contents,
    look,
    path_of,
    store,
    store_upload,
)
from loket.files.keys import key_in_use, opened
from loket.files.models import FileView, OfficeKey, Scan, StoredFile
from loket.files.sealed import Damaged
from loket.kernel import clock
from tests.factories.papers import pdf, picture
from tests.factories.people import officer, person

pytestmark = pytest.mark.django_db
LIMITS = Limits(("pdf", "jpg"), 4)


def upload(office, data=None, name="npwp.pdf", limits=LIMITS):
    data = pdf(2) if data is None else data
    return store_upload(office, data=data, name=name, limits=limits, by=person())


def on_disk(settings):
    folder = Path(settings.FILES_DIR)
    return [file for file in folder.rglob("*") if file.is_file()]


def test_upload_is_recorded_as_the_parser_saw_it(bogor):
    data = pdf(2)
    file = upload(bogor, data, name="foto liburan.jpg")
    assert (file.content_type, file.pages, file.size) == ("application/pdf", 2, len(data))  # fmt: skip
    assert contents(StoredFile.objects.get(pk=file.pk)) == data


def test_name_is_kept_without_its_folders(bogor):
    assert upload(bogor, name="../../etc/kunci.pdf").name == "kunci.pdf"
    assert upload(bogor, name="n" * 300 + ".pdf").name == "n" * 200


def test_nothing_readable_lies_on_the_disk(bogor, settings):
    data = pdf(2)
    file = upload(bogor, data, name="npwp.pdf")
    (place,) = on_disk(settings)
    assert (place, place.name) == (path_of(file.place), file.place)
    assert [data[at : at + 16] in place.read_bytes() for at in range(0, len(data) - 16, 16)].count(True) == 0  # fmt: skip


def test_each_file_has_a_key_of_its_own(bogor):
    one, other = upload(bogor), upload(bogor)
    assert bytes(one.wrapped_key) != bytes(other.wrapped_key)
    StoredFile.objects.filter(pk=one.pk).update(wrapped_key=bytes(other.wrapped_key))
    with pytest.raises(Damaged):
        contents(StoredFile.objects.get(pk=one.pk))


def test_each_office_has_a_key_of_its_own(bogor, depok):
    mine, theirs = key_in_use(bogor), key_in_use(depok)
    assert opened(mine) != opened(theirs)
    assert key_in_use(bogor) == mine
    OfficeKey.objects.filter(pk=mine.pk).update(wrapped=bytes(theirs.wrapped))
    with pytest.raises(InvalidTag):
        opened(OfficeKey.objects.get(pk=mine.pk))


def test_office_has_one_key_in_use(bogor):
    key_in_use(bogor)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        OfficeKey.objects.create(office=bogor, wrapped=b"x", made_at=clock.now())
    assert refusal.value.__cause__.diag.constraint_name == "officekey_one_in_use"


def test_new_key_leaves_old_files_readable(bogor):
    data = pdf()
    old = upload(bogor, data)
    OfficeKey.objects.filter(office=bogor).update(retired_at=clock.now())
    new = upload(bogor)
    assert old.key != new.key
    assert contents(StoredFile.objects.get(pk=old.pk)) == data


@pytest.mark.parametrize("place", [0, 6, 7, 20, -1])
def test_damaged_file_is_not_shown(bogor, place):
    file = upload(bogor)
    raw = bytearray(path_of(file.place).read_bytes())
    raw[place] ^= 1
    path_of(file.place).write_bytes(raw)
    with pytest.raises(Damaged):
        look(file, by=officer(bogor), as_what="officer", page=1)


def test_one_turned_bit_anywhere_is_found(bogor):
    file, chance = upload(bogor, pdf() + b" " * 200_000), random.Random(26)
    path = path_of(file.place)
    whole = path.read_bytes()
    for _ in range(50):
        raw = bytearray(whole)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(raw)
        with pytest.raises(Damaged):
            contents(file)
    path.write_bytes(whole)
    assert len(contents(file)) == file.size


def test_file_of_exactly_the_limit_is_accepted(bogor):
    whole = pdf()
    padded = whole + b"\n%" + b"x" * (MEGABYTE - len(whole) - 2)
    assert upload(bogor, padded, limits=Limits(("pdf",), 1)).size == MEGABYTE


def test_larger_file_is_refused_with_its_size_and_leaves_nothing(bogor, settings):
    with pytest.raises(ValidationError) as refusal:
        upload(bogor, pdf() + b" " * (MEGABYTE * 3 // 2), limits=Limits(("pdf",), 1))
    assert refusal.value.messages == [
        "Berkas ini 1,5 MB; paling besar 1 MB. Perkecil, lalu unggah lagi."
    ]
    assert (StoredFile.objects.count(), on_disk(settings)) == (0, [])


def test_wrong_type_is_refused_and_leaves_nothing(bogor, settings):
    with pytest.raises(ValidationError):
        upload(bogor, picture("PNG"))
    assert (StoredFile.objects.count(), on_disk(settings)) == (0, [])


def test_look_is_written_down_before_the_bytes(bogor):
    file, verifier = upload(bogor), officer(bogor)
    shown = Image.open(BytesIO(look(file, by=verifier, as_what="officer", page=2)))
    view = FileView.objects.get()
    assert (view.file, view.by, view.as_what, view.page) == (file, verifier, "officer", 2)  # fmt: skip
    assert (view.office, view.at <= clock.now(), shown.format) == (bogor, True, "PNG")


def test_no_view_row_no_bytes(bogor):
    """The log refuses the row, so nothing is read: reading would raise `Damaged`."""
    file, verifier = upload(bogor), officer(bogor)
    path_of(file.place).unlink()
    with pytest.raises(DataError), transaction.atomic():
        look(
            file, by=verifier, as_what="somebody who is too long for the column", page=1
        )
    assert FileView.objects.count() == 0


def test_look_that_fails_is_written_down_too(bogor):
    file = upload(bogor)
    path_of(file.place).unlink()
    with pytest.raises(Damaged):
        look(file, by=officer(bogor), as_what="officer", page=1)
    assert FileView.objects.count() == 1


def test_whole_file_comes_unchanged(bogor):
    data, owner = pdf(), person()
    file = upload(bogor, data)
    StoredFile.objects.filter(pk=file.pk).update(scan=Scan.CLEAN)
    assert look(file, by=owner, as_what="party") == data
    assert FileView.objects.get().page is None


def test_photograph_is_shown_drawn_anew(bogor):
    exif = Image.Exif()
    exif[0x010E] = "Jalan Pandan 7"
    file = upload(bogor, picture("JPEG", exif=exif), name="ktp.jpg")
    shown = Image.open(BytesIO(look(file, by=person(), as_what="officer", page=1)))
    assert (file.pages, shown.format, dict(shown.getexif())) == (1, "PNG", {})


def test_document_of_the_office_is_stored_by_nobody(bogor):
    file = store(
        bogor, data=b"%PDF-", name="r.pdf", content_type="application/pdf", pages=1, by=None
    )  # fmt: skip
    assert (file.stored_by, contents(file)) == (None, b"%PDF-")


def test_empty_bytes_are_kept_and_still_guarded(bogor):
    file = store(bogor, data=b"", name="", content_type="text/plain", pages=0, by=None)
    assert contents(file) == b""
    path_of(file.place).write_bytes(path_of(file.place).read_bytes()[:7])
    with pytest.raises(Damaged):
        contents(file)
