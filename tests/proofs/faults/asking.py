"""Asks a server that may be in trouble: how it answers, and how long that takes."""

import json
import re
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.test import Client

from loket.kernel.once import new_key
from loket.kernel.routes import all_routes
from loket.offices.models import Office
from tests.factories.tickets import registration

OFFICE = "kota-bogor"
PATIENCE = 40.0  # seconds; longer than anything that ought to happen
CSRF = "a" * 32
HOLE = re.compile(r"<(?:(\w+):)?(\w+)>")
FILLED = {"int": "1", "slug": "kota-bogor", "uuid": "0" * 32}
WORDS = (
    "Loket sedang tidak dapat melayani",
    "Your request was not saved",
)


@dataclass(frozen=True)
class Said:
    """One answer; status 0 is none at all."""

    status: int
    text: str
    seconds: float
    retry_after: str
    where: str

    @property
    def is_clear(self) -> bool:
        """The page that says in two languages that nothing was saved, and when to come again."""
        return self.status == 503 and self.retry_after.isdigit() and all(each in self.text for each in WORDS)  # fmt: skip


class Person:
    """Somebody signed in, who sends forms as a browser would."""

    def __init__(self, port, session="", patience=PATIENCE):
        self.port, self.patience = port, patience
        self._cookies = f"__Host-csrf={CSRF}" + (f"; __Host-sesi={session}" if session else "")  # fmt: skip

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, key=None, **said):
        given = {"csrfmiddlewaretoken": CSRF, "kunci": key or new_key()} | said
        return self._ask("POST", path, urlencode(given))

    def _ask(self, method, path, body=None):
        origin = f"https://127.0.0.1:{self.port}"
        headers = {
            "X-Forwarded-Proto": "https", "Cookie": self._cookies, "Origin": origin, "Referer": f"{origin}/",
            "X-Forwarded-For": f"10.9.{secrets.randbelow(250)}.{secrets.randbelow(250)}",
            **({"Content-Type": "application/x-www-form-urlencoded"} if body else {}),
        }  # fmt: skip
        began = time.monotonic()
        link = HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            link.request(method, path, body, headers)
            got = link.getresponse()
            text = got.read().decode(errors="replace")
        except OSError as error:
            return Said(0, str(error), time.monotonic() - began, "", "")
        finally:
            link.close()
        return Said(
            got.status, text, time.monotonic() - began,
            got.headers.get("Retry-After", ""), got.headers.get("Location", ""),
        )  # fmt: skip


def everything():
    """Every address with something in its holes, and its methods."""
    return [
        (f"/{HOLE.sub(_filled, route.path)}", sorted(route.policy.methods), route.policy)
        for route in all_routes()
    ]  # fmt: skip


def _filled(hole):
    kind, name = hole[1] or "str", hole[2]
    return OFFICE if name == "office" else FILLED.get(kind, "abc")


def ask_everything(person, addresses):
    """One request of each method to each address, as many at a time as the server has threads."""
    wanted = [(method, path) for path, methods, _policy in addresses for method in methods if method in {"GET", "POST"}]  # fmt: skip
    with ThreadPoolExecutor(16) as crew:
        told = crew.map(lambda each: getattr(person, each[0].lower())(each[1]), wanted)
        return dict(zip(wanted, told, strict=True))


def prepare(path):
    """A ticket and the session of its applicant, written to `path`."""
    ticket = registration(Office.objects.get(slug=OFFICE))
    client = Client()
    client.force_login(ticket.applicant)
    said = {"number": ticket.number, "session": client.session.session_key}
    path.write_text(json.dumps(said))
