"""Whoever sends forms in a storm: until it is answered, with the same key, and written down before the next."""

import re
import time
from itertools import count
from pathlib import Path
from random import Random

from tests.proofs.browser import BREATH, Answer, Browser, Form, Lost, packed
from tests.proofs.ledger import Ledger

GIVES_UP = 0.1  # of those whose connection broke; the others send the same form again
TRIES = 600
STOP = "stop"  # a file of this name ends everybody's work
OFFICE = "kota-bogor"
PASSWORD = "Kunci-Pandan-27"


class Client:
    """Whoever sends forms: with a ledger, dice, and tokens nobody else uses."""

    gives_up = GIVES_UP

    def __init__(self, folder: Path, port: int, network: int):
        self.folder, self.port, self.network = folder, port, network
        self.ledger = Ledger(folder / "ledgers" / f"{network}.jsonl")
        self.random = Random(network)
        self._serial = count(1)

    def browser(self) -> Browser:
        return Browser(self.port, self.network)

    def token(self) -> str:
        """Marks one item, so that its rows can be counted."""
        return f"butir-{self.network}-{next(self._serial)}"

    @property
    def is_over(self) -> bool:
        return (self.folder / STOP).exists()

    def send(
        self, browser: Browser, form: Form, item: tuple[str, str], *, leads: str,
        said: dict[str, str] | None = None, file: bytes | None = None,
    ) -> Answer | None:  # fmt: skip
        """Send until it is answered; some go home when the connection breaks. The answer when it was accepted."""
        number = self.ledger.begin(*item)
        body, kind = packed(form, said or {}, ("berkas.pdf", file) if file else None)
        for _ in range(TRIES):
            answer = browser.attempt("POST", form.action, body, kind)
            if answer and not answer.may_be_sent_again:
                return self._ended(number, answer, leads)
            self.ledger.trouble(number, str(answer.status) if answer else "broken")
            if self.random.random() < self.gives_up:
                return None
            time.sleep(BREATH)
        raise Lost(form.action)

    def _ended(self, number: int, answer: Answer, leads: str) -> Answer | None:
        if answer.is_done and answer.where.startswith(leads):
            self.ledger.end(number, "acknowledged")
            return answer
        said = re.findall(r"(?:errorlist|alert)[^>]*>\s*([^<]+)", answer.text)[:3]
        self.ledger.end(number, "refused", status=answer.status, where=answer.where, said=said)  # fmt: skip
        return None
