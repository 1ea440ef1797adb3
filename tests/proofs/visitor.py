"""Somebody who registers from the first page on: proof of work, the link in a real mail, every page of the draft."""

import json
import re
import sys
import time
from html import unescape
from pathlib import Path

from altcha import Challenge, Payload, solve_challenge

from tests.proofs.browser import Answer, Browser
from tests.proofs.client import OFFICE, PASSWORD, Client

CHALLENGE = re.compile(r'data-challenge="([^"]+)"')
DAFTAR = f"/kantor/{OFFICE}/daftar/"
PAUSE = 5.0  # seconds between two people
DELIVERED = 300.0  # seconds in which a mail must have come, its worker killed or not
BUSINESS = {"applicant_kind": "badan-usaha", "form_of_business": "cv", "branch_kind": "head"}  # fmt: skip
IDENTITY = {
    "responsible_name": "Ratna Widuri", "identity_document": "ktp", "nik": "3276015508950003",
    "address": "Jalan Cendana 12", "regency": "32.71", "postal_code": "16123",
    "phone": "0812 0000 0177",
}  # fmt: skip


class Visitor(Client):
    """One person after the other, each with a mailbox of his own; all are patient."""

    gives_up = 0.0

    def work(self) -> None:
        """Until told to stop; who has begun also ends."""
        numbers = json.loads((self.folder / "numbers.json").read_text())
        for serial, npwp in enumerate(numbers, start=1):
            if self.is_over:
                return
            self.register(f"datang{self.network}x{serial}", npwp)
            time.sleep(PAUSE)

    def register(self, login: str, npwp: str) -> None:
        """From the address to the ticket."""
        browser = self.browser()
        if not self.ask(browser, login):
            return
        link = self.link_in_mail(login)
        if not link or not (form := browser.get(link).form("/tautan/")):
            return
        if not self.send(browser, form, ("confirm", login), leads=f"{DAFTAR}usaha/"):
            return
        name = f"CV Datang {npwp}"
        password = {"password": PASSWORD, "password_again": PASSWORD}
        pages = (
            ("usaha", BUSINESS, "npwp"),
            ("npwp", {"number": npwp} | password, "identitas"),
            ("identitas", IDENTITY | {"user_id": login, "name": name}, "tinjau"),
            ("tinjau", {"consent": "on", "route": "counter"}, "selesai"),
        )
        for page, said, following in pages:
            if not self.fill(browser, page, said, following, name):
                return

    def fill(self, browser: Browser, page: str, said: dict[str, str], following: str, name: str) -> Answer | None:  # fmt: skip
        """One page of the draft, until it led on; what was typed before must still be known."""
        item = ("submit", name) if page == "tinjau" else ("page", f"{name} {page}")
        form = browser.get(f"{DAFTAR}{page}/").form(f"/{page}/")
        return self.send(browser, form, item, leads=f"{DAFTAR}{following}/", said=said) if form else None  # fmt: skip

    def ask(self, browser: Browser, login: str) -> Answer | None:
        """Ask for the link as a browser with JavaScript does."""
        page = browser.get(DAFTAR)
        form, found = page.form(DAFTAR), CHALLENGE.search(page.text)
        if not form or not found:
            return None
        posed = Challenge.from_dict(json.loads(unescape(found[1])))
        solved = Payload(posed, solve_challenge(posed)).to_base64()
        said = {"email": f"{login}@pandan.example", "altcha": solved}
        return self.send(browser, form, ("ask", login), leads=f"{DAFTAR}terkirim/", said=said)  # fmt: skip

    def link_in_mail(self, login: str) -> str:
        """The link as the mail program shows it."""
        deadline = time.monotonic() + DELIVERED
        while time.monotonic() < deadline:
            for path in (self.folder / "mails").glob(f"{login}@*.eml"):
                text = path.read_text(errors="replace").replace("=\n", "").replace("=\r\n", "")  # fmt: skip
                if found := re.search(rf"{DAFTAR}tautan/[\w-]+/", text):
                    return found[0]
            time.sleep(0.2)
        return ""


if __name__ == "__main__":
    Visitor(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])).work()
