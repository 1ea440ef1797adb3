"""What a file really is: the parser that opens it decides, not its name."""

from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy
from PIL import Image, ImageDraw, ImageOps

PDF = "application/pdf"
JPEG = ("jpg", "image/jpeg")
# Telephones put a second picture into a JPEG file, which Pillow then calls MPO.
PICTURES = {"JPEG": JPEG, "MPO": JPEG, "PNG": ("png", "image/png")}
MOST_PAGES = 200
MOST_PIXELS = 50_000_000
PAGE_WIDTH = 1000  # pixels of a page picture; enough to read an identity card
PAGE_HEIGHT = 3 * PAGE_WIDTH  # a PDF page may claim to be kilometres long
ENCRYPTED = 4  # PDFium's code for a file that asks for a password

BROKEN = gettext_lazy(
    "Berkas ini rusak atau bukan %(types)s. Simpan ulang, lalu unggah lagi."
)
LOCKED = gettext_lazy(
    "PDF ini dikunci dengan kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
)
MARK = (47, 62, 140, 110)


@dataclass(frozen=True)
class Content:
    """The verdict of the parser."""

    content_type: str
    pages: int


def examine(data: bytes, *, types: Collection[str]) -> Content:
    """Parse the bytes as one of the office's types; raises `ValidationError` that says what to do."""
    is_pdf = data[:1024].lstrip().startswith(b"%PDF-")
    if is_pdf and "pdf" in types:
        return _examine_pdf(data, types)
    if not is_pdf:
        return _examine_picture(data, types)
    raise _broken(types)


def page_picture(data: bytes, number: int, *, content_type: str, mark: str) -> bytes:
    """Page `number` (from 1) drawn anew as PNG, with `mark` across it and without metadata."""
    picture = _pdf_page(data, number) if content_type == PDF else _picture(data)
    out = BytesIO()
    _marked(picture, mark).save(out, "PNG")
    return out.getvalue()


def _broken(types: Collection[str]) -> ValidationError:
    return ValidationError(BROKEN % {"types": ", ".join(types).upper()})


def _examine_pdf(data: bytes, types: Collection[str]) -> Content:
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
        for number in range(pages if pages <= MOST_PAGES else 0):
            document.get_page_size(number)  # a page may be promised and missing
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == ENCRYPTED:
            raise ValidationError(LOCKED) from error
        raise _broken(types) from error
    if not 1 <= pages <= MOST_PAGES:
        raise ValidationError(
            _("PDF ini berisi %(pages)s halaman; paling banyak %(most)s.")
            % {"pages": pages, "most": MOST_PAGES}
        )
    return Content(PDF, pages)


def _examine_picture(data: bytes, types: Collection[str]) -> Content:
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as picture:
            name, content_type = PICTURES[str(picture.format)]
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(
                    _("Gambar ini terlalu besar. Perkecil, lalu unggah lagi.")
                )
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _broken(types) from error
    if name not in types:
        raise _broken(types)
    return Content(content_type, pages=1)


def _pdf_page(data: bytes, number: int) -> Image.Image:
    page = pypdfium2.PdfDocument(data)[number - 1]
    scale = min(PAGE_WIDTH / page.get_width(), PAGE_HEIGHT / page.get_height(), 2.5)
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn


def _picture(data: bytes) -> Image.Image:
    upright: Image.Image = Image.open(BytesIO(data))
    try:
        upright = ImageOps.exif_transpose(upright)
    except Exception:  # broken metadata fail in a dozen ways; the picture is whole
        upright.load()
    upright.thumbnail((PAGE_WIDTH, PAGE_HEIGHT))
    return upright


def _marked(picture: Image.Image, mark: str) -> Image.Image:
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    step = max(220, picture.height // 4)
    for top in range(step // 2, picture.height, step):
        draw.text((24, top), mark, fill=MARK, font_size=26)
    return Image.alpha_composite(picture.convert("RGBA"), layer.rotate(12)).convert(
        "RGB"
    )
