"""A browser without a screen: cookies, one connection kept open, forms read from pages and sent again when they broke."""

import re
import time
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from itertools import count

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
HIDDEN = re.compile(r"<input\b[^>]*type=\"hidden\"[^>]*>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
BOUNDARY = "batas-badai-7c1f"
PATIENCE = 20.0  # seconds for one answer
BREATH = 0.15  # seconds before the same is tried again
BROKEN = (OSError, HTTPException)
_people = count(1)


class Lost(Exception):
    """Nothing answered for so long that a person would have gone home."""


@dataclass(frozen=True)
class Form:
    """One form of a page: where it goes, and what it carries unseen, such as its one-time key."""

    action: str
    hidden: dict[str, str]
    text: str


@dataclass(frozen=True)
class Answer:
    """What came back; `where` is a redirect's address."""

    status: int
    where: str
    text: str
    path: str

    @property
    def is_done(self) -> bool:
        """Accepted: the page led on."""
        return self.status == 302

    @property
    def may_be_sent_again(self) -> bool:
        """The server says that it could not."""
        return self.status >= 500

    def forms(self) -> list[Form]:
        """All forms of the page, in order."""
        return [_form(self.path, *found.groups()) for found in FORM.finditer(self.text)]

    def form(self, part: str) -> Form | None:
        """The first form whose address contains this."""
        return next((each for each in self.forms() if part in each.action), None)


def _form(path: str, head: str, body: str) -> Form:
    action = dict(ATTRIBUTE.findall(head)).get("action", "") or path
    inputs = (dict(ATTRIBUTE.findall(each)) for each in HIDDEN.findall(body))
    hidden = {each["name"]: unescape(each.get("value", "")) for each in inputs if "name" in each}  # fmt: skip
    return Form(unescape(action), hidden, body)


@dataclass
class Browser:
    """Whoever sits before it has an address of his own, as behind a proxy."""

    port: int
    network: int = 0  # of the program it runs in
    cookies: dict[str, str] = field(default_factory=dict)
    broken: int = 0

    def __post_init__(self) -> None:
        self._link: HTTPConnection | None = None
        serial = next(_people)
        self._address = f"10.{self.network}.{serial // 250 % 250}.{serial % 250 + 1}"

    def get(self, path: str, within: float = 120.0) -> Answer:
        """Open a page and what it leads to, as often as it takes."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            answer = self.attempt("GET", path)
            if answer and answer.is_done:
                path = answer.where
            elif answer and not answer.may_be_sent_again:
                return answer
            else:
                time.sleep(BREATH)
        raise Lost(path)

    def attempt(
        self, method: str, path: str, body: bytes = b"", kind: str = ""
    ) -> Answer | None:
        """One request; None when the connection broke before the answer was whole."""
        try:
            return self._answered(method, path, body, kind)
        except BROKEN:
            self.broken += 1
            self.close()
            return None

    def _answered(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        if self._link is None:
            self._link = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self._link.request(method, path, body or None, self._headers(kind))
        got = self._link.getresponse()
        text = got.read().decode(errors="replace")
        for line in got.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return Answer(got.status, got.headers.get("Location", ""), text, path)

    def _headers(self, kind: str) -> dict[str, str]:
        origin = f"https://127.0.0.1:{self.port}"
        said = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self._address,
            "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/142.0",
            "Origin": origin,
            "Referer": f"{origin}/",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items() if v),
        }
        return said | ({"Content-Type": kind} if kind else {})

    def close(self) -> None:
        """Hang up; the next request calls again."""
        if self._link:
            self._link.close()
        self._link = None


def packed(form: Form, said: dict[str, str], file: tuple[str, bytes] | None = None) -> tuple[bytes, str]:  # fmt: skip
    """The body of a form with what was typed, and its type; `file` is a name and bytes for the field `file`."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (form.hidden | said).items()
    ]
    body = "".join(parts).encode()
    if file:
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="{file[0]}"\r\nContent-Type: application/pdf\r\n\r\n'
        )
        body += head.encode() + file[1] + b"\r\n"
    tail = f"--{BOUNDARY}--\r\n".encode()
    return body + tail, f"multipart/form-data; boundary={BOUNDARY}"
