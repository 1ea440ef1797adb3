"""Kills processes while people work, then shows that nothing acknowledged was lost and nothing done twice.

`python -m tests.proofs.storm --kills 200 --acknowledgements 20000`
"""

import argparse
import base64
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from loket.kernel import children
from tests.factories.papers import pdf
from tests.proofs import checking, mails
from tests.proofs.client import STOP
from tests.proofs.killing import Killer
from tests.proofs.ledger import Account, read_all
from tests.proofs.machine import Machine

SETTLES = 400.0  # seconds the worker has for what is left, retries and dead workers' jobs included
ENDS = 150.0  # seconds the clients have to finish the form in their hands
A_TICKET = 40  # acknowledgements that a supplier's way brings at least
JITTER = (0.3, 1.7)  # of the even distance between two kills
SETTINGS = ("fsync", "synchronous_commit", "full_page_writes")
LONGEST = 20.0  # seconds without a kill


@dataclass(frozen=True)
class Size:
    """How much of it."""

    kills: int
    acknowledgements: int
    crews: int = 8
    visitors: int = 1
    seed: int = 1

    @property
    def drafts(self) -> int:
        """Of each crew, with something to spare for those whose client went home."""
        return 3 + 2 * self.acknowledgements // (A_TICKET * self.crews)


@dataclass
class Result:
    """What a storm came to."""

    size: Size
    seconds: float
    killed: dict[str, int]
    restarts: dict[str, int]
    settings: dict[str, str]
    account: Account
    findings: checking.Findings
    files: str
    mails: int

    @property
    def acknowledged(self) -> int:
        return self.account.acknowledged.total()


class Storm:
    """One installation, its clients and its killer. `app` is a broken application, `only` narrows the victims: for controls."""

    def __init__(self, size: Size, *, app: str = "", only: tuple[str, ...] = ()):
        self.size, self.random = size, Random(size.seed)
        self.folder = Path(tempfile.mkdtemp(prefix="loket-storm-"))
        self.mails = mails.serving(self.folder / "mails")
        self.machine = Machine(self.folder, smtp_port=self.mails.port, app=app)
        self.killer = Killer(self.machine, self.random, only)
        self.clients: list[subprocess.Popen[bytes]] = []
        self._read: dict[Path, int] = {}
        self._counted = 0

    def run(self) -> Result:
        """Prepare, storm, settle, compare."""
        try:
            self._prepare()
            seconds = self._rage()
            self._settle()
            return self._compared(seconds)
        finally:
            for client in self.clients:
                children.end(client, stop=signal.SIGTERM, within=5)
            self.machine.stop()
            self.mails.stop()

    def _prepare(self) -> None:
        self.machine.begin()
        (self.folder / "ledgers").mkdir()
        (self.folder / "blank.b64").write_bytes(base64.b64encode(pdf()))
        given = f"{str(self.folder / 'crews.json')!r}, {self.size.crews}, {self.size.drafts}"
        self.machine.run("-c", f"import django; django.setup(); from tests.proofs.preparing import main; main({given})")  # fmt: skip
        self.machine.start()

    def _rage(self) -> float:
        for number in range(1, self.size.crews + 1):
            self._client("crew", number)
        for number in range(1, self.size.visitors + 1):
            self._client("visitor", self.size.crews + number)
        began = time.monotonic()
        each = self.size.acknowledgements / self.size.kills
        while sum(self.killer.killed.values()) < self.size.kills:
            self._until(self.count() + each * self.random.uniform(*JITTER))
            if self.killer.strike() and self.random.random() < 0.5:
                time.sleep(
                    self.random.random() / 4
                )  # a dead one is not always seen at once
            self._say(began)
        self._until(self.size.acknowledgements, longest=600)
        return time.monotonic() - began

    def _client(self, kind: str, number: int) -> None:
        command = [sys.executable, "-m", f"tests.proofs.{kind}", str(self.folder), str(self.machine.port), str(number)]  # fmt: skip
        log = (self.folder / f"{kind}-{number}.log").open("ab")
        with log:
            self.clients.append(children.spawn(command, stop=signal.SIGTERM, output=log, env=self.machine.env()))  # fmt: skip

    def _until(self, acknowledged: float, longest: float = LONGEST) -> None:
        """Keep everything running until so much was acknowledged."""
        deadline = time.monotonic() + longest
        while self.count() < acknowledged and time.monotonic() < deadline:
            self.machine.revive()
            ended = [each.poll() for each in self.clients]
            if None not in ended:
                raise AssertionError(f"no client is left, {ended}; see {self.folder}")
            time.sleep(0.05)

    def count(self) -> int:
        """Acknowledgements so far."""
        for path in (self.folder / "ledgers").glob("*.jsonl"):
            with path.open("rb") as file:
                file.seek(self._read.get(path, 0))
                new = file.read()
            whole = new[: new.rfind(b"\n") + 1]
            self._read[path] = self._read.get(path, 0) + len(whole)
            self._counted += whole.count(b'"acknowledged"')
        return self._counted

    def _say(self, began: float) -> None:
        killed, seconds = sum(self.killer.killed.values()), time.monotonic() - began
        if killed % 10 == 0:
            rate = self._counted / seconds
            print(f"  {seconds:5.0f} s {killed:4} kills {self._counted:6} acknowledged {rate:5.1f}/s", flush=True)  # fmt: skip

    def _settle(self) -> None:
        """Clients finish, whatever is dead comes back, the worker empties the outbox."""
        (self.folder / STOP).touch()
        self._while(lambda: any(each.poll() is None for each in self.clients), ENDS)
        self.machine.wait_ready()
        self._while(self._has_work, SETTLES)

    def _while(self, busy, longest: float) -> None:
        deadline = time.monotonic() + longest
        while busy() and time.monotonic() < deadline:
            self.machine.revive()
            time.sleep(0.2)

    def _has_work(self) -> bool:
        with self.machine.sql() as link:
            return bool(checking.count_of(link, checking.NEVER["jobs that failed or still wait"]))  # fmt: skip

    def _compared(self, seconds: float) -> Result:
        account = read_all(self.folder / "ledgers")
        taken = mails.taken(self.folder / "mails")
        with self.machine.sql() as link:
            found = checking.compare(account, link)
            checking.mails(link, taken, found)
            settings = {name: str(link.execute(f"SHOW {name}").fetchone()[0]) for name in SETTINGS}  # fmt: skip
        files = self.machine.loket("files", "check").strip()
        return Result(
            self.size, seconds, dict(self.killer.killed), self.machine.restarts, settings,
            account, found, files, taken.total(),
        )  # fmt: skip

    def forget(self) -> None:
        """Remove all it wrote."""
        shutil.rmtree(self.folder, ignore_errors=True)


def print_result(result: Result) -> None:
    """A plain table; the last line says whether it is good."""
    account, found, size = result.account, result.findings, result.size
    kills = sum(result.killed.values())
    kinds: dict[str, int] = {}
    for (kind, _token), times in account.acknowledged.items():
        kinds[kind] = kinds.get(kind, 0) + times
    rows = [
        ("PostgreSQL", ", ".join(f"{k} {v}" for k, v in result.settings.items())),
        ("kills", f"{kills}: " + ", ".join(f"{k} {v}" for k, v in sorted(result.killed.items()))),
        ("started again", ", ".join(f"{k} {v}" for k, v in result.restarts.items())),
        ("acknowledged", f"{result.acknowledged} in {result.seconds:.0f} s, {result.acknowledged / result.seconds:.1f}/s"),
        ("  of these", ", ".join(f"{k} {v}" for k, v in sorted(kinds.items()))),
        ("attempts without a good answer", ", ".join(f"{k} {v}" for k, v in sorted(account.troubles.items()))),
        ("  forms in flight per kill", f"{account.troubled / max(1, kills):.2f} (of {size.crews + size.visitors} clients)"),
        ("left without an answer", f"{account.left.total()}, of these done {found.left_and_there}"),
        ("  last told 503, not saved, yet done", str(found.said_503_yet_there)),
        ("refused", str(account.refused.total())),
        ("mails arrived", f"{result.mails}, second copies with one Message-ID {found.sent_twice}"),
        ("files", result.files),
        ("lost", str(len(found.lost))),
        ("doubled", str(len(found.doubled))),
        *((name, str(number)) for name, number in found.broken.items()),
    ]  # fmt: skip
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:{width}}  {value}")
    for line in [
        *account.refusals[:10],
        *map(str, found.lost[:10]),
        *map(str, found.doubled[:10]),
    ]:
        print("   ", line)


def main(arguments: list[str]) -> int:
    """The whole storm; 0 when it is good."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--acknowledgements", type=int, default=0)
    parser.add_argument("--crews", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args(arguments)
    size = Size(said.kills, said.acknowledgements or said.kills * 100, crews=said.crews, seed=said.seed)  # fmt: skip
    storm = Storm(size)
    result = storm.run()
    print_result(result)
    is_good = result.findings.is_good and set(result.settings.values()) == {"on"}
    print("good" if is_good else f"NOT good; see {storm.folder}")
    if is_good:
        storm.forget()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
