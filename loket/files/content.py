"""What a file really is: the parser that opens it decides, not its name."""

from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy
from PIL import Image, ImageDraw

PDF = "application/pdf"
MOST_PAGES = 200
PAGE_WIDTH = 1000  # pixels of a page picture; enough to read an identity card
ENCRYPTED = 4  # PDFium's code for a file that asks for a password

BROKEN = gettext_lazy(
    "Berkas ini bukan PDF yang utuh. Simpan ulang sebagai PDF, lalu unggah lagi."
)
LOCKED = gettext_lazy(
    "PDF ini dikunci dengan kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
)


@dataclass(frozen=True)
class Content:
    """The verdict of the parser."""

    content_type: str
    pages: int


def examine(data: bytes) -> Content:
    """Parse the bytes as PDF; raises `ValidationError` that says what to do."""
    if not data[:1024].lstrip().startswith(b"%PDF-"):
        raise ValidationError(BROKEN)
    try:
        pages = len(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == ENCRYPTED
        raise ValidationError(LOCKED if locked else BROKEN) from error
    if not 1 <= pages <= MOST_PAGES:
        raise ValidationError(
            _("PDF ini berisi %(pages)s halaman; paling banyak %(most)s.")
            % {"pages": pages, "most": MOST_PAGES}
        )
    return Content(PDF, pages)


def page_picture(data: bytes, number: int, *, mark: str) -> bytes:
    """Page `number` (from 1) drawn anew as PNG, with `mark` across it and without metadata."""
    page = pypdfium2.PdfDocument(data)[number - 1]
    scale = min(PAGE_WIDTH / page.get_width(), 2.5)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    return _png(_marked(picture, mark))


def _marked(picture: Image.Image, mark: str) -> Image.Image:
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    step = max(220, picture.height // 4)
    for top in range(step // 2, picture.height, step):
        draw.text((24, top), mark, fill=(47, 62, 140, 110), font_size=26)
    turned = layer.rotate(12, expand=False)
    return Image.alpha_composite(picture.convert("RGBA"), turned).convert("RGB")


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()
