"""Draws papers as accessible PDF. Only the worker imports this: WeasyPrint takes a second to load."""

from mimetypes import guess_type
from urllib.parse import urlsplit

import weasyprint
from django.contrib.staticfiles import finders
from PIL import ImageFile
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# The library lets the whole process accept cut pictures; uploads must go on refusing them
ImageFile.LOAD_TRUNCATED_IMAGES = False
BASE = "https://static.invalid/"  # no such host; its paths are names of static files


class StaticOnly(URLFetcher):  # type: ignore[misc]  # the library is untyped
    """Gives style sheets and fonts of loket itself; nothing of the network or the disk beside."""

    def fetch(
        self, url: str, headers: dict[str, str] | None = None
    ) -> URLFetcherResponse:
        name = urlsplit(url).path.lstrip("/")
        found = finders.find(name) if url.startswith(BASE) else None
        if found is None:
            raise FatalURLFetchingError(f"{url} is not a static file of loket")
        with open(found, "rb") as file:
            body = file.read()
        kind = guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body, {"Content-Type": kind})


def pdf_of(html: str) -> bytes:
    """The page as PDF/UA-1; raises when it asks for anything that is not a static file."""
    data: bytes = _page(html).write_pdf(pdf_variant="pdf/ua-1")
    return data


def pages_of(html: str) -> dict[str, int]:
    """On which page, counted from 0, each element with an `id` begins."""
    pages = _page(html).render(pdf_variant="pdf/ua-1").pages
    return {
        anchor: number for number, page in enumerate(pages) for anchor in page.anchors
    }


def _page(html: str) -> weasyprint.HTML:
    return weasyprint.HTML(string=html, base_url=BASE, url_fetcher=StaticOnly())
