"""Pages drawn anew, marked with who looks and when, without metadata. Runs in the reader's process only."""

from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw, ImageOps

from loket.files.bounds import PAGE_HEIGHT, PAGE_WIDTH, PDF
from loket.files.papers import Refused, rendered

MARK = (47, 62, 140, 110)
EVIDENCE = (
    2400,
    2400,
)  # pixels a kept photograph has at most; letters on a card stay legible


def draw(data: bytes, number: int, *, content_type: str, mark: str) -> bytes:
    """Page `number` (from 1) as PNG with `mark` across it; raises `Refused`."""
    try:
        picture = _pdf_page(data, number) if content_type == PDF else _picture(data)
    except (pypdfium2.PdfiumError, OSError, SyntaxError, ValueError) as error:
        raise Refused("broken") from error
    out = BytesIO()
    _marked(picture, mark).save(out, "PNG")
    return out.getvalue()


def bare(data: bytes) -> bytes:
    """A photograph drawn anew as JPEG, upright and without metadata: no place, no telephone; raises `Refused`."""
    try:
        picture = _picture(data, EVIDENCE)
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("broken") from error
    out = BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def _pdf_page(data: bytes, number: int) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        return rendered(document[number - 1]).copy()


def _picture(
    data: bytes, most: tuple[int, int] = (PAGE_WIDTH, PAGE_HEIGHT)
) -> Image.Image:
    upright: Image.Image = Image.open(BytesIO(data), formats=("JPEG", "PNG"))
    upright.draft(None, (PAGE_HEIGHT, PAGE_HEIGHT))  # a JPEG unpacks smaller
    upright.thumbnail((PAGE_HEIGHT, PAGE_HEIGHT))
    try:
        upright = ImageOps.exif_transpose(upright)
    except Exception:  # broken metadata fail in a dozen ways; the picture is whole
        upright.load()
    upright.thumbnail(most)
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
