"""Files made to deceive: each gets its verdict quickly and in bounded memory, and the next file is read as ever."""

import time
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from loket.files import bounded
from loket.files.actions import Limits, contents, look, store_upload
from loket.files.bounds import PAGE_HEIGHT, PAGE_WIDTH
from loket.files.content import examine, page_picture
from loket.files.models import StoredFile
from loket.files.reader import MEMORY
from tests.factories import hostile
from tests.factories.papers import pdf, picture
from tests.factories.people import officer, person

ALL = ("pdf", "jpg", "png")
QUICK = 8  # seconds, on a machine that does much else
BROKEN = "Berkas ini rusak atau bukan PDF, JPG, PNG. Simpan ulang, lalu unggah lagi."
EMPTY = "Berkas ini kosong. Pilih berkas lain, lalu unggah lagi."
SCRIPT = hostile.SCRIPT
FILES = hostile.files()
TAKEN = {name: data for name, (data, verdict) in FILES.items() if not isinstance(verdict, str)}  # fmt: skip


@pytest.fixture
def measured(request):
    """Time and memory are bounded, whatever the file; some are let run to the bound."""
    hangs = request.node.callspec.params.get("expected") == "unreadable"
    began = time.monotonic()
    yield
    assert time.monotonic() - began < (bounded.PATIENCE + 2 if hangs else QUICK)
    for reader in bounded.pids():  # one may have died of the file
        assert most_memory_of(reader) < MEMORY


def most_memory_of(process):
    """Bytes that ever were in memory at once."""
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    (line,) = [line for line in status if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


def verdict(data):
    """Type and pages, or the code of the refusal."""
    try:
        content = examine(data, types=ALL)
    except ValidationError as refusal:
        return refusal.code
    return (content.content_type, content.pages)


def drawn(data):
    """The first page as an officer sees it."""
    kind = examine(data, types=ALL).content_type
    return Image.open(BytesIO(page_picture(data, 1, content_type=kind, mark="Ratna")))


def test_there_are_more_than_a_hundred():
    assert len(FILES) == 169


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize(("data", "expected"), FILES.values(), ids=FILES)
def test_each_gets_its_verdict(data, expected):
    assert verdict(data) == expected


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("data", TAKEN.values(), ids=TAKEN)
def test_what_is_taken_is_shown_as_a_small_picture_without_metadata(data):
    shown, rounding = drawn(data), 1
    assert (shown.format, shown.mode, shown.info) == ("PNG", "RGB", {})
    assert shown.width <= PAGE_WIDTH + rounding
    assert shown.height <= PAGE_HEIGHT + rounding


def test_every_reason_says_what_to_do():
    codes = {verdict for _, verdict in FILES.values() if isinstance(verdict, str)}
    for code in codes:
        data = next(data for data, verdict in FILES.values() if verdict == code)
        with pytest.raises(ValidationError) as refusal:
            examine(data, types=ALL)
        (words,) = refusal.value.messages
        assert words.endswith("unggah lagi.")


def test_place_where_a_photograph_was_taken_is_not_shown():
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (6.0, 35.0, 42.0), 3: "E", 4: (106.0, 47.0, 39.0)}
    data = picture("JPEG", exif=exif)
    shown = page_picture(data, 1, content_type="image/jpeg", mark="Ratna")
    assert dict(Image.open(BytesIO(data)).getexif().get_ifd(0x8825)) != {}
    assert dict(Image.open(BytesIO(shown)).getexif().get_ifd(0x8825)) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("/etc/passwd", "passwd"),
        ("../../../npwp.pdf", "npwp.pdf"),
        ("C:\\Berkas\\npwp.pdf", "npwp.pdf"),
        ("..\\..\\npwp.pdf", "npwp.pdf"),
        ("npwp.pdf\r\nSet-Cookie: sesi=1", "npwp.pdfSet-Cookie: sesi=1"),
        ("npwp\x00.pdf", "npwp.pdf"),
        ("npwp\u202efdp.exe", "npwpfdp.exe"),
        ("n" * 5000 + ".pdf", "n" * 200),
        ("akta pendirian – Tunas.pdf", "akta pendirian – Tunas.pdf"),
        ("<script>.pdf", "<script>.pdf"),
        ("", ""),
        ("akta 📜.pdf", "akta 📜.pdf"),
    ],
)
def test_name_keeps_only_what_can_be_read(bogor, name, kept):
    limits = Limits(ALL, 4)
    file = store_upload(bogor, data=pdf(), name=name, limits=limits, by=person())
    assert StoredFile.objects.get(pk=file.pk).name == kept


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["npwp.pdf", "../../npwp.pdf", "npwp.pdf\n.exe"])
def test_place_on_the_disk_owes_nothing_to_the_name(bogor, name):
    limits = Limits(ALL, 4)
    file = store_upload(bogor, data=pdf(), name=name, limits=limits, by=person())
    assert (len(file.place), file.place.isalnum()) == (32, True)


@pytest.mark.django_db
@pytest.mark.parametrize("data", [SCRIPT, picture("GIF"), b"MZ" + bytes(500)])
def test_name_of_a_pdf_makes_no_pdf(bogor, data):
    with pytest.raises(ValidationError) as refusal:
        store_upload(
            bogor, data=data, name="npwp.pdf", limits=Limits(ALL, 4), by=person()
        )
    assert (refusal.value.messages, StoredFile.objects.count()) == ([BROKEN], 0)


@pytest.mark.django_db
def test_officer_gets_a_picture_of_the_photograph_with_a_film_its_bytes_stay_inside(
    bogor,
):
    data = picture() + b"\0\0\0\x18ftypmp42" + b"film" * 200
    limits = Limits(ALL, 4)
    file = store_upload(bogor, data=data, name="npwp.html", limits=limits, by=person())
    shown = look(file, by=officer(bogor), as_what="officer", page=1)
    assert (shown[1:4], shown.count(b"film")) == (b"PNG", 0)
    assert contents(file) == data
