"""One officer and the suppliers he serves: every form a real one, every answer written down before the next."""

import base64
import hmac
import json
import re
import struct
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.proofs.browser import BREATH, Answer, Browser, packed
from tests.proofs.client import OFFICE, PASSWORD, Client

SECOND_THOUGHTS = 0.5  # of suppliers, who upload better scans before they hand in
ROUNDS = 4  # how often a document is sent back before all are accepted
MOST_TURNS = 4 * ROUNDS + 8
NUMBER = re.compile(r"BGR-\d\d-\d{5}")
OPTION = re.compile(r'<option value="(\d+:badan-usaha)"')


class Crew(Client):
    """An officer and one supplier after the other, from the link to the active account."""

    def __init__(self, folder: Path, port: int, network: int):
        super().__init__(folder, port, network)
        known = json.loads((folder / "crews.json").read_text())[network - 1]
        self.drafts, self._officer = known["drafts"], known["officer"]
        self._pdf = base64.b64decode((folder / "blank.b64").read_text())
        self.desk = self.browser()
        self.is_desks = self.is_last = (
            False  # whose turn it seems to be, and the last time
        )

    def work(self) -> None:
        """Until told to stop, or no draft is left."""
        self.sign_in(self.desk, self._officer["login"], self._officer["secret"])
        for draft in self.drafts:
            if self.is_over:
                return
            self.take_in()
            number, browser = self.register(draft)
            if number:
                self.serve(number, browser)

    def now(self) -> float:
        """The clock of the officer's phone."""
        return time.time()

    def sign_in(self, browser: Browser, login: str, secret: str = "") -> None:
        """With password and, for officers, the code of the app; again when that was cut short."""
        while browser.get("/mulai/").path.startswith("/masuk"):
            self._door(browser, "/masuk/", login=login, password=PASSWORD)
            if secret:
                self._door(browser, "/masuk/kode/", code=code_of(secret, self.now()))
            time.sleep(BREATH)

    def _door(self, browser: Browser, path: str, **said: str) -> None:
        form = browser.get(path).form("/masuk")
        if form:
            browser.attempt("POST", form.action, *packed(form, said))

    def take_in(self) -> None:
        """Somebody without an account comes to the desk."""
        page = self.desk.get(f"/meja/{OFFICE}/terima/")
        form, asked = page.form("/terima/"), OPTION.search(page.text)
        if form and asked:
            name = self.token()
            said = {"name": name, "phone": "0812 0000 0177", "asked": asked[1], "channel": "counter", "email": f"{name}@pandan.example"}  # fmt: skip
            self.send(
                self.desk, form, ("intake", name), leads="/meja/tiket/", said=said
            )

    def register(self, draft: dict[str, str]) -> tuple[str, Browser]:
        """Use the link and send the draft in; the ticket's number, if all went well."""
        browser = self.browser()
        if form := browser.get(draft["link"]).form("/tautan/"):
            item = ("confirm", draft["login"])
            self.send(browser, form, item, leads=f"/kantor/{OFFICE}/daftar/usaha/")
        page = browser.get(f"/kantor/{OFFICE}/daftar/tinjau/")
        if form := page.form("/tinjau/"):
            said = {"consent": "on", "route": "counter"}
            done = f"/kantor/{OFFICE}/daftar/selesai/"
            sent = self.send(browser, form, ("submit", draft["name"]), leads=done, said=said)  # fmt: skip
            found = NUMBER.search(browser.get(sent.where).text) if sent else None
            if found:
                self.sign_in(browser, draft["login"])
                return found[0], browser
        return "", browser

    def serve(self, number: str, browser: Browser) -> None:
        """Turn by turn, as the pages offer it, until the account is active."""
        idle, self.is_desks = 0, False
        for turn in range(MOST_TURNS):
            self.is_last = turn > 3 * ROUNDS
            part = self.desk_turn if self.is_desks else self.supplier_turn
            if part(number, browser):
                idle = 0
            else:
                idle, self.is_desks = idle + 1, not self.is_desks
            if self.is_over or idle == 2:
                break
        browser.close()

    def supplier_turn(self, number: str, browser: Browser) -> bool:
        """The supplier does his part, if it is his turn."""
        page = browser.get(f"/tiket/{number}/berkas/")
        if not page.form("/langkah/siapkan/"):
            return False
        self.hand_in(number, browser, page)
        self.is_desks = True
        return True

    def desk_turn(self, number: str, browser: Browser) -> bool:
        """The officer does his part, if there is one."""
        page = self.desk.get(f"/meja/tiket/{number}/")
        step = next((each for each in STEPS if page.form(f"/langkah/{each}/")), "")
        if step:
            self.write(number, self.desk, page)
            getattr(self, STEPS[step])(number, page)
        return bool(step)

    def hand_in(self, number: str, browser: Browser, page: Answer) -> None:
        """The supplier uploads what is asked, writes, and says that all is there."""
        self.upload(number, browser, page)
        if self.random.random() < SECOND_THOUGHTS:
            page = browser.get(f"/tiket/{number}/berkas/")
            self.upload(number, browser, page)
        self.write(number, browser, browser.get(f"/tiket/{number}/"))
        self.step(number, browser, page, "siapkan")

    def upload(self, number: str, browser: Browser, page: Answer) -> None:
        """One file for each document that is asked for."""
        for form in page.forms():
            if "/berkas/" in form.action:
                data = self.paper()
                item = ("upload", sha256(data).hexdigest())
                self.send(browser, form, item, leads=f"/tiket/{number}/berkas/", file=data)  # fmt: skip

    def paper(self) -> bytes:
        """A PDF nobody else has; some are longer than one chunk."""
        more = self.random.randbytes(self.random.choice((0, 0, 0, 50_000))).hex()
        return self._pdf + f"\n%{self.token()}{more}".encode()

    def write(self, number: str, browser: Browser, page: Answer) -> None:
        """A message to the other side."""
        if form := page.form("/pesan/"):
            body, where = self.token(), form.action.removesuffix("pesan/")
            said = {"body": body, "is_internal": "no"}
            self.send(browser, form, ("message", body), leads=where, said=said)

    def step(self, number: str, browser: Browser, page: Answer, name: str, **said: str) -> None:  # fmt: skip
        """Complete a step; how often that happened is told by ticket and step."""
        if form := page.form(f"/langkah/{name}/"):
            where = form.action.partition("langkah/")[0]
            self.send(
                browser, form, ("step", f"{number} {name}"), leads=where, said=said
            )

    def receive(self, number: str, page: Answer) -> None:
        """The registers are looked into, and all is complete."""
        for form in page.forms():
            if form.action.endswith("/pemeriksaan/"):
                note = self.token()
                said = {"result": "good", "source": "Laman register", "note": note}
                where = form.action.removesuffix("pemeriksaan/")
                self.send(self.desk, form, ("check", note), leads=where, said=said)
        self.step(number, self.desk, page, "periksa", complete="yes")

    def verify(self, number: str, page: Answer) -> None:
        """A verdict on each document, one by one or all at once; then on, or back."""
        judged = self.desk.get(f"/meja/tiket/{number}/berkas/")
        codes = [name for form in judged.forms() for name in form.hidden if name.endswith("-after")]  # fmt: skip
        if codes:
            self.judge_all(
                number, judged, [each.removesuffix("-after") for each in codes]
            )
        said = {"came": "0", "came_name": "Ratna Widuri"}
        self.step(number, self.desk, page, "verifikasi", **said)

    def judge_all(self, number: str, page: Answer, codes: list[str]) -> None:
        """One form with the verdicts on all; each bears the same token."""
        note, said = self.token(), {}
        bad = set() if self.is_last else {*self.random.choices(codes, k=2)}
        self.is_desks = not bad
        for code in codes:
            finding = {code: "bad", f"{code}-reason": "cut_off"} if code in bad else {code: "seen"}  # fmt: skip
            said |= finding | {f"{code}-note": f"{note} {code}"}
        form = next(each for each in page.forms() if f"{codes[0]}-after" in each.hidden)
        where = f"/meja/tiket/{number}/"
        self.send(self.desk, form, ("verdict", note), leads=where, said=said)

    def issue(self, number: str, page: Answer) -> None:
        self.step(number, self.desk, page, "tanda-terima")

    def activate(self, number: str, page: Answer) -> None:
        self.step(number, self.desk, page, "aktifkan", system="SPSE")


STEPS = {"periksa": "receive", "verifikasi": "verify", "tanda-terima": "issue", "aktifkan": "activate"}  # fmt: skip


def code_of(secret: str, now: float) -> str:
    """What the app of this secret shows then (RFC 6238)."""
    step = struct.pack(">Q", int(now // 30))
    digest = hmac.digest(base64.b32decode(secret), step, "sha1")
    part = digest[digest[-1] & 15 :][:4]
    return f"{(int.from_bytes(part, 'big') & 0x7FFFFFFF) % 10**6:06d}"


def main(arguments: list[str]) -> Iterator[str]:
    """One process of a storm."""
    folder, port, network = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    Crew(folder, port, network).work()
    yield f"crew {network} is done"


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        print(line)
