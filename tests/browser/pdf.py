"""A small real PDF for uploads."""

from io import BytesIO

from PIL import Image, ImageDraw


def pdf_of(text):
    """What Playwright puts into a file field."""
    page = Image.new("RGB", (620, 877), "white")
    ImageDraw.Draw(page).text((60, 60), text, fill="black", font_size=28)
    out = BytesIO()
    page.save(out, "PDF", resolution=75)
    return {
        "name": "contoh.pdf",
        "mimeType": "application/pdf",
        "buffer": out.getvalue(),
    }
