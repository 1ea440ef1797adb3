"""The parser decides what a file is; a refusal says in Indonesian what to do."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageChops, PngImagePlugin

from loket.files.bounds import MOST_PAGES, PAGE_HEIGHT, PAGE_WIDTH, PDF, Content
from loket.files.content import examine, page_picture
from tests.factories.papers import locked_pdf, pdf, picture

ALL = ("pdf", "jpg", "png")
BROKEN = "Berkas ini rusak atau bukan PDF, JPG, PNG. Simpan ulang, lalu unggah lagi."
NOT_PDF = "Berkas ini rusak atau bukan PDF. Simpan ulang, lalu unggah lagi."
LOCKED = "PDF ini dikunci dengan kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
MARK = "Ratna Widuri · 23-11-2026 10.00 · LPSE Kota Pandan"


def advice(data, types=ALL):
    with pytest.raises(ValidationError) as refusal:
        examine(data, types=types)
    return refusal.value.messages


@pytest.mark.parametrize("pages", [1, 3, MOST_PAGES])
def test_whole_pdf_is_counted(pages):
    assert examine(pdf(pages), types=ALL) == Content("application/pdf", pages)


def test_blanks_before_the_beginning_are_forgiven():
    assert examine(b"\n  " + pdf(), types=ALL).pages == 1


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-",
        b"%PDF-1.7\n" + b"x" * 2000,
        b"MZ\x90\x00" + b"\x00" * 500,
        b"PK\x03\x04" + b"\x00" * 500,
        b"<html><script>alert(1)</script>%PDF-1.4",
        picture("GIF"),
        picture("TIFF"),
        picture("JPEG")[:-20],
        picture("PNG")[:60],
    ],
    ids=[
        "word",
        "noise",
        "program",
        "zip",
        "html",
        "gif",
        "tiff",
        "cut",
        "cut",
    ],
)
def test_anything_else_is_refused_with_advice(data):
    assert advice(data) == [BROKEN]


def test_what_is_cut_in_the_middle_is_refused():
    whole = pdf(5)
    assert advice(whole[: len(whole) // 3]) == [BROKEN]


def test_locked_pdf_is_refused_with_its_own_advice():
    assert advice(locked_pdf()) == [LOCKED]


def test_too_many_pages_are_refused_with_their_number():
    assert advice(pdf(MOST_PAGES + 1)) == [
        "PDF ini berisi 201 halaman; paling banyak 200. Bagi atau ringkas, lalu unggah lagi."
    ]


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("MPO", "image/jpeg")],
)
def test_picture_is_one_page(kind, content_type):
    """Telephones write JPEG files with a second picture inside, which Pillow calls MPO."""
    more = {"save_all": True, "append_images": [Image.new("RGB", (4, 3))]}
    data = picture(kind, **(more if kind == "MPO" else {}))
    assert examine(data, types=ALL) == Content(content_type, 1)


def test_what_the_office_does_not_accept_is_refused():
    assert advice(picture("JPEG"), types=("pdf",)) == [NOT_PDF]
    assert advice(picture("PNG"), types=("pdf",)) == [NOT_PDF]
    assert advice(pdf(), types=("png",)) == [NOT_PDF.replace("PDF", "PNG")]


def test_picture_of_too_many_points_is_refused_before_it_is_unpacked():
    assert advice(picture("PNG", size=(8000, 6251))) == [
        "Gambar ini terlalu besar. Perkecil, lalu unggah lagi."
    ]


def test_picture_with_a_swollen_comment_is_refused():
    swollen = PngImagePlugin.PngInfo()
    swollen.add_text("Comment", "x" * 2_000_000, zip=True)
    assert advice(picture("PNG", pnginfo=swollen)) == [BROKEN]


def test_photograph_is_shown_upright_without_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # the telephone was held on its side
    exif[0x010E] = "Jalan Pandan 7"
    shown = drawn(picture(size=(40, 30), exif=exif), content_type="image/jpeg")
    assert (shown.size, dict(shown.getexif()), shown.info) == ((30, 40), {}, {})


def drawn(data, number=1, mark=MARK, content_type=PDF):
    kind = {"content_type": content_type, "mark": mark}
    return Image.open(BytesIO(page_picture(data, number, **kind)))


def test_page_is_drawn_anew_as_a_picture_without_metadata():
    shown = drawn(pdf())
    assert (shown.format, shown.mode, shown.width) == ("PNG", "RGB", PAGE_WIDTH)
    assert (shown.info, dict(shown.getexif())) == ({}, {})


def test_picture_has_only_the_parts_a_picture_needs():
    data, place, kinds = page_picture(pdf(), 1, content_type=PDF, mark=MARK), 8, set()
    while place < len(data):
        length = int.from_bytes(data[place : place + 4])
        kinds.add(data[place + 4 : place + 8])
        place += length + 12
    assert kinds == {b"IHDR", b"IDAT", b"IEND"}


def test_page_carries_the_mark_of_who_looks():
    blank = Image.new("RGB", drawn(pdf()).size, "white")
    difference = ImageChops.difference(drawn(pdf()), blank)
    left, top, right, bottom = difference.getbbox()
    assert (right - left, bottom - top) > (blank.width // 2, blank.height // 2)


def test_another_person_gets_another_mark():
    mine, other = drawn(pdf()), drawn(pdf(), mark=MARK.replace("Ratna", "Tirta"))
    assert ImageChops.difference(mine, other).getbbox() is not None


def test_mark_of_nobody_marks_nothing():
    """The control: without words the page is blank, so the marks above are the words."""
    assert drawn(pdf(), mark="").getcolors() == [(1000 * 1416, (255, 255, 255))]


@pytest.mark.parametrize("number", [0, -1, 2, 10**6])
def test_page_that_is_not_there_cannot_be_drawn(number):
    with pytest.raises(ValidationError):
        drawn(pdf(), number)


@pytest.mark.parametrize(
    ("width", "height"),
    [(2, 14400), (14400, 2), (1, 1), (595, 14400), (400, 2_000_000)],
)
def test_no_page_makes_a_picture_larger_than_memory_bears(width, height):
    shown = drawn(pdf(width=width, height=height))
    assert (shown.width <= PAGE_WIDTH, shown.height <= PAGE_HEIGHT) == (True, True)
