"""What people do: pages with all their content checked, forms opened and sent. The same for loket and for the floor."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from tests.bench.shape import COMMON, LONG, RARE

ROW = re.compile(r'class="lk-code[^>]*><a[^>]*>([A-Z]{3}-\d\d-\d{5})<')
OPTION = re.compile(r'<option value="(\d+:[\w-]+)"')
FILE = re.compile(r'<input[^>]*type="file"[^>]*name="([\w-]+)"|<input[^>]*name="([\w-]+)"[^>]*type="file"')  # fmt: skip
HEADING = re.compile(r"<(?:title|h1)>\s*([^<]+?)\s*<")
OFFICE = "kota-bogor"
BY_MAIL = "/meja/kabupaten-batang/terima/"  # the office that takes requests by e-mail
PDF_BYTES = 1024 * 1024


class Wrong(AssertionError):
    """An answer that is not what was asked for."""


@dataclass(frozen=True)
class Known:
    """What must stand on the pages of this set, asked from the database by other ways."""

    rows: int
    long_ticket: str
    rare: list[str]
    common: list[str]
    common_all: int
    replied_to: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Site:
    """Where the pages of one of the two are."""

    worklist: str
    ticket: str
    message: str
    search: str
    create: str
    is_loket: bool = True


LOKET = Site(f"/meja/{OFFICE}/semua/", "/meja/tiket/{}/", "/meja/tiket/{}/pesan/", "/meja/cari/?q={}", f"/meja/{OFFICE}/terima/")  # fmt: skip
FLOOR = Site(f"/antrean/{OFFICE}/", "/tiket/{}/", "/tiket/{}/balas/", "/cari/?q={}", f"/baru/{OFFICE}/", is_loket=False)  # fmt: skip
_turns = count()


def expect(answer, status: int, *said: bool):
    """The answer, or an exception that shows its beginning."""
    if answer.status != status or not all(said):
        raise Wrong(f"{answer.status} instead of {status}: {said} {answer.location} {HEADING.findall(answer.text)[:3]}")  # fmt: skip
    return answer


def worklist(browser, site: Site, known: Known) -> int:
    """The first page of an office's open tickets."""
    answer = browser.get(site.worklist)
    return expect(answer, 200, len(ROW.findall(answer.text)) == known.rows).wire


def ticket(browser, site: Site, known: Known) -> int:
    """A ticket with eleven messages."""
    answer = browser.get(site.ticket.format(known.long_ticket))
    said = answer.text.count("Salam, petugas")
    return expect(answer, 200, known.long_ticket in answer.text, said == LONG - 1).wire


def rare(browser, site: Site, known: Known) -> int:
    """A word in twelve tickets."""
    answer = browser.get(site.search.format(RARE))
    return expect(answer, 200, ROW.findall(answer.text) == known.rare).wire


def common(browser, site: Site, known: Known) -> int:
    """A word in every third ticket: the newest fifty, and a count that stops."""
    answer = browser.get(site.search.format(COMMON))
    counted = "lebih dari 1000" if known.common_all > 1000 else str(known.common_all)
    words = " ".join(answer.text.split()).replace("1.000", "1000")
    is_counted = counted in words or not site.is_loket
    rows = ROW.findall(answer.text)
    are_newest = rows == known.common or not site.is_loket
    return expect(answer, 200, are_newest, len(rows) == len(known.common), is_counted).wire  # fmt: skip


def create(browser, site: Site, known: Known) -> int:
    """Somebody stands at the counter: open the form, send it."""
    form = expect(browser.get(site.create), 200)
    said = _arrival(form) | {"channel": "counter"}
    made = expect(browser.post(site.create, said), 302)
    return expect(made, 302, "-26-" in made.location).wire + form.wire


def create_pdf(browser, site: Site, known: Known) -> int:
    """A request by e-mail with a scan of 1 MB: form, form sent, papers' page, papers sent."""
    form = expect(browser.get(BY_MAIL), 200)
    made = expect(browser.post(BY_MAIL, _arrival(form) | {"channel": "email"}), 302)
    page = expect(browser.get(made.location), 200)
    name = next(filter(None, FILE.search(page.text).groups()))
    said = page.keys() | {"channel": "email", "sender": "kirana@usaha.example"}
    sent = browser.post(made.location, said, (name, scan()))
    return expect(sent, 302, "kiriman" not in sent.location).wire + form.wire + page.wire  # fmt: skip


def reply(browser, site: Site, known: Known) -> int:
    """Open a ticket and answer its applicant."""
    number = known.replied_to[next(_turns) % len(known.replied_to)]
    page = expect(browser.get(site.ticket.format(number)), 200)
    said = page.keys() | {"is_internal": "no", "body": "Berkas lengkap, silakan datang besok."}  # fmt: skip
    sent = expect(browser.post(site.message.format(number), said), 302)
    return sent.wire + page.wire


def _arrival(form) -> dict[str, str]:
    asked = OPTION.findall(form.text)[0]
    return form.keys() | {"name": "CV Pandan Lontar", "phone": "0812 0000 0177", "asked": asked, "note": "Registrasi baru"}  # fmt: skip


def scan() -> bytes:
    """A PDF of 1 MB with one picture, each another one."""
    picture = secrets.token_bytes(64) + bytes(PDF_BYTES - 64)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /XObject /Subtype /Image /Width 1024 /Height 1024 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length %d >>\nstream\n%s\nendstream"
        % (len(picture), picture),
        b"<< /Length 28 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return body + head + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)  # fmt: skip


Flow = Callable[..., int]
FLOWS: dict[str, Flow] = {
    "worklist": worklist, "ticket": ticket, "search rare": rare, "search common": common,
    "create": create, "create + PDF": create_pdf, "reply": reply,
}  # fmt: skip
ONLY_LOKET = {"create + PDF"}
