"""Files made to deceive: each with the verdict it must get, quickly, and nothing worse after it."""

import struct
import time
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from loket.files.actions import Limits, contents, look, store_upload
from loket.files.content import (
    MOST_PAGES,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    examine,
    page_picture,
)
from loket.files.models import StoredFile
from tests.factories.papers import locked_pdf, pdf, picture
from tests.factories.people import officer, person

ALL = ("pdf", "jpg", "png")
QUICK = 2  # seconds
BROKEN = "Berkas ini rusak atau bukan PDF, JPG, PNG. Simpan ulang, lalu unggah lagi."
LOCKED = "PDF ini dikunci dengan kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
TOO_LARGE = "Gambar ini terlalu besar. Perkecil, lalu unggah lagi."
SCRIPT = b"<html><script>alert(1)</script></html>"
WHOLE, PHOTO, SCAN = pdf(5), picture("JPEG", size=(400, 300)), picture("PNG", size=(400, 300))  # fmt: skip


def raw_pdf(
    *, kids="[3 0 R]", count=1, box="[0 0 595 842]", page="", root="", more=b""
):
    """A PDF written by hand, without a table of contents: PDFium mends that by itself."""
    head = (
        f"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R {root}>> endobj\n"
        f"2 0 obj <</Type/Pages/Kids{kids}/Count {count}>> endobj\n"
        f"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox{box}{page}>> endobj\n"
    )
    return head.encode() + more + b"trailer <</Root 1 0 R/Size 9>>\n%%EOF\n"


def stream(number, data, about=""):
    """One packed object of a PDF."""
    packed = zlib.compress(data, 9)
    head = f"{number} 0 obj <</Filter/FlateDecode/Length {len(packed)}{about}>>stream\n"
    return head.encode() + packed + b"\nendstream endobj\n"


def image_bomb():
    """A page with a picture of 400 million points in 50 kilobytes."""
    about = (
        "/Type/XObject/Subtype/Image/Width 20000/Height 20000/BitsPerComponent 1"
        "/ColorSpace/DeviceGray"
    )
    points = stream(5, bytes(20000 * 20000 // 8), about)
    drawing = stream(4, b"q 500 0 0 500 0 0 cm /I Do Q")
    page = "/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>"
    return raw_pdf(page=page, more=drawing + points)


def chunk(kind, data):
    """One part of a PNG."""
    whole = kind + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


def raw_png(width, height, *, points=b"", more=b""):
    """A PNG in black and white that claims these dimensions."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), more, chunk(b"IDAT", points), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def small_png(more):
    """A whole PNG of 8 by 8 points with one more part."""
    return raw_png(8, 8, points=zlib.compress(bytes(16)), more=more)


def with_exif(data):
    """A photograph with these bytes in the place of its metadata."""
    return picture("JPEG", exif=b"Exif\x00\x00" + data)


def verdict(data):
    """What the parser says, in a fraction of a second: type and pages, or the advice."""
    began = time.monotonic()
    try:
        content = examine(data, types=ALL)
        said = (content.content_type, content.pages)
    except ValidationError as refusal:
        (said,) = refusal.messages
    assert time.monotonic() - began < QUICK
    return said


def drawn(data):
    """The first page as an officer sees it, also in a fraction of a second."""
    began = time.monotonic()
    kind = examine(data, types=ALL).content_type
    shown = Image.open(BytesIO(page_picture(data, 1, content_type=kind, mark="Ratna")))
    assert time.monotonic() - began < QUICK
    return shown


OTHER_TYPES = {
    "nothing": b"",
    "zeros": bytes(5000),
    "blanks": b" " * 5000,
    "program of Windows": b"MZ\x90\x00" + bytes(500),
    "program of Linux": b"\x7fELF\x02\x01\x01" + bytes(500),
    "script of a shell": b"#!/bin/sh\nrm -rf /\n",
    "archive": b"PK\x03\x04" + bytes(500),
    "seven-zip": b"7z\xbc\xaf\x27\x1c" + bytes(500),
    "old document of Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "PostScript": b"%!PS-Adobe-3.0\nshowpage\n",
    "page of the web": SCRIPT,
    "page of the web before a PDF": SCRIPT + pdf(),
    "comment before a PDF": b"<!--\n" + pdf() + b"-->",
    "mark of UTF-8 before a PDF": b"\xef\xbb\xbf" + pdf(),
    "PDF that begins after a page of blanks": b" " * 2000 + pdf(),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "SVG as XML": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "GIF": picture("GIF"),
    "GIF with a script": b"GIF89a/*" + SCRIPT,
    "WebP": picture("WEBP"),
    "TIFF": picture("TIFF"),
    "BMP": picture("BMP"),
    "icon": picture("ICO"),
    "portable pixmap": picture("PPM"),
    "beginning of a JPEG": b"\xff\xd8\xff\xe0" + bytes(500),
    "beginning of a PNG": b"\x89PNG\r\n\x1a\n" + bytes(500),
}


@pytest.mark.parametrize("data", OTHER_TYPES.values(), ids=OTHER_TYPES)
def test_what_is_no_paper_is_refused(data):
    assert verdict(data) == BROKEN


@pytest.mark.parametrize("tenth", range(1, 10))
def test_pdf_that_broke_off_is_refused(tenth):
    assert verdict(WHOLE[: len(WHOLE) * tenth // 10]) == BROKEN


@pytest.mark.parametrize("left", [4, 20, 600, len(PHOTO) - 30, len(PHOTO) - 1])
def test_photograph_that_broke_off_is_refused(left):
    assert verdict(PHOTO[:left]) == BROKEN


@pytest.mark.parametrize("left", [4, 20, 500, len(SCAN) - 30])
def test_scan_that_broke_off_is_refused(left):
    assert verdict(SCAN[:left]) == BROKEN


@pytest.mark.parametrize("missing", [1, 2, 12])
def test_scan_that_lost_only_its_end_mark_is_whole(missing):
    assert verdict(SCAN[:-missing]) == ("image/png", 1)


BROKEN_TREES = {
    "no pages": {"kids": "[]", "count": 0},
    "a page that is promised only": {"kids": "[]", "count": 1},
    "a page that is nowhere": {"kids": "[7 0 R]"},
    "itself as its page": {"kids": "[2 0 R]"},
    "itself as its three pages": {"kids": "[2 0 R 2 0 R 2 0 R]", "count": 3},
    "a second page that is nowhere": {"kids": "[3 0 R 7 0 R]", "count": 2},
    "a font as its page": {"kids": "[8 0 R]", "more": b"8 0 obj (page) endobj\n"},
}


@pytest.mark.parametrize("tree", BROKEN_TREES.values(), ids=BROKEN_TREES)
def test_pdf_without_the_pages_it_promises_is_refused(tree):
    assert verdict(raw_pdf(**tree)) == BROKEN


@pytest.mark.parametrize("count", [MOST_PAGES + 1, 5000, 1_000_000])
def test_pdf_of_thousands_of_pages_is_refused_with_their_number(count):
    said = f"PDF ini berisi {count} halaman; paling banyak 200."
    assert verdict(raw_pdf(count=count)) == said


def test_thousands_of_real_pages_are_counted_at_once():
    many = raw_pdf(kids="[" + "3 0 R " * 5000 + "]", count=5000)
    assert verdict(many) == "PDF ini berisi 5000 halaman; paling banyak 200."


@pytest.mark.parametrize("count", [0, -1, 10**11])
def test_wrong_count_of_pages_is_counted_anew(count):
    assert verdict(raw_pdf(count=count)) == ("application/pdf", 1)


def test_locked_pdf_is_refused_however_it_is_dressed():
    assert [verdict(each) for each in (locked_pdf(), locked_pdf() + SCRIPT)] == [LOCKED] * 2  # fmt: skip


BOXES = [
    "[0 0 0 0]", "[0 0 -1 -1]", "[0 0 1e9 1e9]", "[0 0 99999999 1]",
    "[0 0 1 99999999]", "[0 0 14400 14400]", "[a b]", "[]",
]  # fmt: skip


@pytest.mark.parametrize("box", BOXES)
def test_no_size_of_a_page_makes_a_picture_too_large(box):
    shown, rounding = drawn(raw_pdf(box=box)), 1
    assert shown.width <= PAGE_WIDTH + rounding
    assert shown.height <= PAGE_HEIGHT + rounding


ACTIVE = {
    "JavaScript": "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
    "a program to start": "/OpenAction<</S/Launch/F(cmd.exe)>>",
    "an address to call": "/OpenAction<</S/URI/URI(http://luar.example/)>>",
    "a form to send": "/OpenAction<</S/SubmitForm/F(http://luar.example/)>>",
    "a script in its names": "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(b)>>]>>>>",
}


@pytest.mark.parametrize("root", ACTIVE.values(), ids=ACTIVE)
def test_active_pdf_is_accepted_and_shown_as_a_picture_only(root):
    data = raw_pdf(root=root)
    assert verdict(data) == ("application/pdf", 1)
    shown = drawn(data)
    assert (shown.format, shown.info) == ("PNG", {})


TWO_FACED = {
    "PDF and page of the web": (pdf() + SCRIPT, "application/pdf"),
    "PDF and archive": (pdf() + b"PK\x03\x04" + bytes(500), "application/pdf"),
    "PDF after some blanks": (b" " * 1000 + pdf(), "application/pdf"),
    "photograph and PDF": (picture() + pdf(), "image/jpeg"),
    "photograph and page of the web": (picture() + SCRIPT, "image/jpeg"),
    "scan and page of the web": (picture("PNG") + SCRIPT, "image/png"),
}


@pytest.mark.parametrize(("data", "kind"), TWO_FACED.values(), ids=TWO_FACED)
def test_file_with_two_faces_is_what_its_beginning_says(data, kind):
    assert verdict(data) == (kind, 1)
    assert drawn(data).format == "PNG"


@pytest.mark.parametrize("data", [pdf() + SCRIPT, picture() + SCRIPT, picture("PNG") + SCRIPT])  # fmt: skip
def test_picture_that_is_shown_carries_nothing_of_the_other_face(data):
    kind = examine(data, types=ALL).content_type
    shown = page_picture(data, 1, content_type=kind, mark="Ratna")
    assert (shown.count(b"script"), shown[-8:-4]) == (0, b"IEND")


def test_page_that_unpacks_to_fifty_megabytes_is_drawn():
    swollen = stream(4, b" " * 50_000_000)
    assert drawn(raw_pdf(page="/Contents 4 0 R", more=swollen)).width == PAGE_WIDTH


def test_page_with_an_enormous_picture_is_drawn_small():
    assert drawn(image_bomb()).width == PAGE_WIDTH


def test_thing_nested_a_hundred_thousand_times_is_refused():
    deep = b"4 0 obj " + b"[" * 100_000 + b" endobj\n"
    assert verdict(raw_pdf(page="/Contents 4 0 R", more=deep)) == BROKEN


@pytest.mark.parametrize(
    ("width", "height", "said"),
    [
        (0, 0, BROKEN),
        (50_000, 50_000, BROKEN),
        (2**31 - 1, 2**31 - 1, BROKEN),
        (10_000, 10_000, TOO_LARGE),
        (1, 50_000_001, TOO_LARGE),
        (50_000_001, 1, TOO_LARGE),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_picture_that_claims_to_be_enormous_is_not_unpacked(width, height, said):
    assert verdict(raw_png(width, height)) == said


def test_largest_picture_there_may_be_is_drawn():
    rows = zlib.compress(bytes((7000 // 8 + 1) * 7000), 1)
    assert drawn(raw_png(7000, 7000, points=rows)).size == (PAGE_WIDTH, PAGE_WIDTH)


DAMAGED_METADATA = {
    "noise in a scan": small_png(chunk(b"eXIf", b"garbage")),
    "half a beginning in a scan": small_png(chunk(b"eXIf", b"II*\x00\x08")),
    "noise in a photograph": with_exif(b"garbage"),
    "a list that never ends": with_exif(b"II*\x00\xff\xff\xff\xff"),
    "a list without entries": with_exif(b"II*\x00\x08\x00\x00\x00\xff\xff"),
    "a turn that does not exist": with_exif(
        b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x63\x00\x00\x00"
    ),
}


@pytest.mark.parametrize("data", DAMAGED_METADATA.values(), ids=DAMAGED_METADATA)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_picture_with_damaged_metadata_is_still_shown(data):
    assert drawn(data).format == "PNG"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_scan_in_any_depth_of_colour_is_shown(mode):
    out = BytesIO()
    Image.new(mode, (40, 30)).save(out, "PNG")
    assert (drawn(out.getvalue()).mode, drawn(out.getvalue()).size) == ("RGB", (40, 30))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK", "YCbCr"])
def test_photograph_in_any_colours_is_shown(mode):
    out = BytesIO()
    Image.new(mode, (40, 30)).save(out, "JPEG")
    assert (drawn(out.getvalue()).mode, drawn(out.getvalue()).size) == ("RGB", (40, 30))


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
@pytest.mark.parametrize("data", [SCRIPT, picture("GIF"), b"MZ" + bytes(500), b""])
def test_name_of_a_pdf_makes_no_pdf(bogor, data):
    with pytest.raises(ValidationError) as refusal:
        store_upload(
            bogor, data=data, name="npwp.pdf", limits=Limits(ALL, 4), by=person()
        )
    assert (refusal.value.messages, StoredFile.objects.count()) == ([BROKEN], 0)


@pytest.mark.django_db
def test_officer_gets_a_picture_of_the_two_faced_file_its_bytes_stay_inside(bogor):
    data = pdf() + SCRIPT
    file = store_upload(
        bogor, data=data, name="npwp.html", limits=Limits(ALL, 4), by=person()
    )
    shown = look(file, by=officer(bogor), as_what="officer", page=1)
    assert (shown[1:4], shown.count(b"script")) == (b"PNG", 0)
    assert contents(file) == data
