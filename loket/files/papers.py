"""What a file really is: the parser that would open it decides, not its name. Runs in the reader's process only."""

import time
from collections.abc import Collection
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from loket.files.bounds import (
    MOST_PAGES,
    MOST_PIXELS,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PDF,
    Content,
)
from loket.files.hidden import acts, has_second_face, is_tangled

JPEG = ("jpg", "image/jpeg")
# Telephones put a second picture into a JPEG file, which Pillow then calls MPO.
PICTURES = {"JPEG": JPEG, "MPO": JPEG, "PNG": ("png", "image/png")}
TRIED = 3.0  # seconds of processor for drawing pages before a PDF is taken
UNLOCKED = 3  # PDFium's flag: write the copy without its lock
ENCRYPTED = 4  # PDFium's code for a file that asks for a password
# Notes on a page that hold a file or play something instead of being printed
HOLDING = {
    pdfium.FPDF_ANNOT_FILEATTACHMENT,
    pdfium.FPDF_ANNOT_MOVIE,
    pdfium.FPDF_ANNOT_RICHMEDIA,
    pdfium.FPDF_ANNOT_SCREEN,
    pdfium.FPDF_ANNOT_SOUND,
    pdfium.FPDF_ANNOT_THREED,
}
XFA = {pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND}


class Refused(Exception):
    """Not taken, for a reason that `content` has the words for."""

    def __init__(self, reason: str, number: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.number = reason, number


def inspect(data: bytes, types: Collection[str]) -> Content:
    """Parse the whole file as one of the office's types; raises `Refused`."""
    if not data:
        raise Refused("empty")
    is_pdf = data[:1024].lstrip().startswith(b"%PDF-")
    if is_pdf and "pdf" in types:
        return _inspect_pdf(data)
    if not is_pdf:
        return _inspect_picture(data, types)
    raise Refused("broken")


def _inspect_pdf(data: bytes) -> Content:
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = len(document)
            if pages > MOST_PAGES:
                raise Refused("pages", pages)
            is_active = _is_active(document, pages) or acts(_written_anew(document))
            if not is_active:
                _draw_some(document, pages)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == ENCRYPTED
        raise Refused("locked" if locked else "broken") from error
    if not pages:
        raise Refused("broken")
    if has_second_face(data, is_pdf=True):
        raise Refused("two_faced")
    if is_active or acts(data):
        raise Refused("active")
    return Content(PDF, pages)


def rendered(page: pypdfium2.PdfPage) -> Image.Image:
    """The page as readers see it, within the measures of `bounds`."""
    scale = min(PAGE_WIDTH / page.get_width(), PAGE_HEIGHT / page.get_height(), 2.5)
    drawn: Image.Image = page.render(scale=scale).to_pil()
    return drawn


def _draw_some(document: pypdfium2.PdfDocument, pages: int) -> None:
    """Draw what a few seconds allow, the first page always: what nobody could look at is not taken."""
    began = time.process_time()
    for number in range(pages):
        if number and time.process_time() - began > TRIED:
            return
        page = document[number]
        rendered(page)
        page.close()


def _written_anew(document: pypdfium2.PdfDocument) -> bytes:
    """The objects as PDFium understood them: unpacked, unlocked, spelt plainly, without comments."""
    copy = BytesIO()
    document.save(copy, flags=UNLOCKED)
    return copy.getvalue()


def _is_active(document: pypdfium2.PdfDocument, pages: int) -> bool:
    """Whether PDFium finds scripts, attached files or a form of XML; loads every page on its way."""
    has_holding = False
    for number in range(pages):  # a page may be promised and missing
        page = document[number]
        has_holding |= _has_holding_note(page)
        page.close()
    return (
        has_holding
        or pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0
        or pdfium.FPDFDoc_GetAttachmentCount(document) > 0
        or pdfium.FPDF_GetFormType(document) in XFA
    )


def _has_holding_note(page: pypdfium2.PdfPage) -> bool:
    for place in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, place)
        kind = pdfium.FPDFAnnot_GetSubtype(note) if note else None
        if note:
            pdfium.FPDFPage_CloseAnnot(note)
        if kind in HOLDING:
            return True
    return False


def _inspect_picture(data: bytes, types: Collection[str]) -> Content:
    if data.startswith(b"\xff\xd8") and is_tangled(data[2:]):
        raise Refused("heavy")
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG")) as picture:
            name, content_type = PICTURES[str(picture.format)]
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("pixels")
            if content_type == "image/png" and getattr(picture, "n_frames", 1) > 1:
                raise Refused("moving")
            picture.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused("broken") from error
    if name not in types:
        raise Refused("broken")
    if has_second_face(data, is_pdf=False):
        raise Refused("two_faced")
    return Content(content_type, pages=1)
