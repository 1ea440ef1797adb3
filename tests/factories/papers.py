"""PDF files as people upload them: whole, locked, empty, enormous, or something else."""

from io import BytesIO

import pypdfium2
from PIL import Image


def pdf(pages=1, *, width=595, height=842):
    """A PDF of blank pages of this size in points."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(width, height)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def locked_pdf():
    """A PDF that asks for a password before it shows anything (40-bit RC4, the oldest lock)."""
    lock = b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"a0" * 32 + b">/U<" + b"0b" * 32
    return (
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj\n"
        b"4 0 obj " + lock + b">>> endobj\n"
        b"trailer <</Root 1 0 R/Encrypt 4 0 R/Size 5/ID[<c1c2><c1c2>]>>\n%%EOF\n"
    )


def picture(kind="JPEG", *, size=(40, 30), **more):
    """A photograph."""
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **more)
    return out.getvalue()
