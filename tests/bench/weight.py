"""What a public page weighs: the first view with everything it names, and the next one."""

import gzip
import re
import urllib.request
from urllib.parse import urljoin

NAMED = re.compile(r'<(?:link|script|img|use)\b[^>]*?(?:href|src)="([^"#]+)')
INSIDE = re.compile(r'url\("?([^")]+)"?\)')
PAGES = ("/", "/kantor/kota-bogor/", "/kantor/kota-bogor/layanan/registrasi-verifikasi/", "/lacak/")  # fmt: skip


def weigh(port: int) -> dict[str, tuple[int, int]]:
    """Bytes over the wire of each page: first view (also what its sheets name: an upper bound), next view."""
    base = f"http://127.0.0.1:{port}"
    return {page: _views(base, page) for page in PAGES}


def _views(base: str, page: str) -> tuple[int, int]:
    own, text, _kept = _ask(base + page)
    first, following = own, own
    for address in _static(text, base + page):
        size, sheet, is_kept = _ask(address)
        first += size
        following += 0 if is_kept else size
        if address.endswith(".css"):
            first += sum(_ask(each)[0] for each in {urljoin(address, part) for part in INSIDE.findall(sheet) if not part.startswith("data:")})  # fmt: skip
    return first, following


def _static(text: str, page: str) -> set[str]:
    return {urljoin(page, each) for each in NAMED.findall(text) if "/static/" in each}


def _ask(address: str) -> tuple[int, str, bool]:
    """Size as sent, text, whether a browser keeps it without asking again."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})  # noqa: S310 - our own server
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        body = answer.read()
        kept = "immutable" in (answer.headers["Cache-Control"] or "")
        if answer.headers["Content-Encoding"] == "gzip":
            return len(body), gzip.decompress(body).decode("utf-8", "replace"), kept
        return len(body), body.decode("utf-8", "replace"), kept
