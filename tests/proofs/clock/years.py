"""New Year with real processes under libfaketime: web server, worker and PostgreSQL live through midnight.

Then their clock is set back by an hour and forward by a year. The machine's own clock is never touched.
"""

import base64
import json
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from loket.kernel import postgres
from tests.factories.papers import pdf
from tests.proofs import checking, mails
from tests.proofs.browser import Browser
from tests.proofs.client import OFFICE
from tests.proofs.clock.__main__ import faked
from tests.proofs.clock.moving import write
from tests.proofs.crew import Crew
from tests.proofs.machine import Machine

ZONE = ZoneInfo("Asia/Jakarta")  # of the office of these proofs
MIDNIGHT = datetime(2027, 1, 1, tzinfo=ZONE)
MINUTE, HOUR, YEAR = timedelta(minutes=1), timedelta(hours=1), timedelta(days=365)
TIMETABLE = 130.0  # seconds in which the worker's timetable has come round twice
SETTLES = 120.0
PER_YEAR = """SELECT substr(number, 5, 2), array_agg(number ORDER BY id) FROM tickets_ticket GROUP BY 1"""
RECEIPTS = "SELECT year, array_agg(serial ORDER BY id) FROM tickets_issueddocument GROUP BY 1 ORDER BY 1"
NEVER = {
    "segments that end before they begin": "SELECT count(*) FROM tickets_segment WHERE ended_at < started_at",
    "events recorded before they happened": "SELECT count(*) FROM tickets_event WHERE recorded_at < at",
    "jobs that failed": "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'",
}
# Numbers begin anew each year, and a clock set back goes on in the old year
OTHERWISE = {"gaps or repetitions in ticket numbers", "jobs that failed or still wait"}


@dataclass
class Seen:
    """One line of the table: what was looked at, what it was, and whether it is right."""

    what: str
    found: object
    is_right: bool


class Years:
    """One installation whose clock is moved while it works."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="loket-years-"))
        self.wrong = self.folder / "wrong"
        self.said: list[Seen] = []
        self.move(MIDNIGHT - 20 * MINUTE)
        told = faked(self.wrong)
        postgres.ENVIRONMENT.update(told)
        self.mails = mails.serving(self.folder / "mails")
        self.machine = Machine(self.folder, smtp_port=self.mails.port, **told)

    def move(self, moment: datetime) -> None:
        """From now on it is this moment in every process of the installation."""
        self.offset = int((moment - datetime.now(UTC)).total_seconds())
        write(self.wrong, f"{self.offset:+d}")

    def see(self, what: str, found: object, *wanted: object) -> None:
        """Note it, beside what it has to be."""
        self.said.append(Seen(what, found, found in wanted))
        print(f"  {'ok ' if found in wanted else 'NOT'} {what}: {found}", flush=True)

    def run(self) -> list[Seen]:
        """Through midnight, back and forward."""
        try:
            crew, drafts = self._prepare()
            self._over_midnight(crew, drafts)
            self._back(crew, drafts)
            self._forward(crew, drafts)
            return self.said
        finally:
            self.machine.stop()
            self.mails.stop()
            for name in faked(self.wrong):
                postgres.ENVIRONMENT.pop(name, None)

    def _prepare(self) -> tuple["Officer", list[dict[str, str]]]:
        self.machine.begin()
        (self.folder / "ledgers").mkdir()
        (self.folder / "blank.b64").write_bytes(base64.b64encode(pdf()))
        given = f"{str(self.folder / 'crews.json')!r}, 1, 4"
        self.machine.run("-c", f"import django; django.setup(); from tests.proofs.preparing import main; main({given})")  # fmt: skip
        self.machine.start()
        drafts = json.loads((self.folder / "crews.json").read_text())[0]["drafts"]
        return Officer(self), drafts

    def _over_midnight(self, crew: "Officer", drafts: list[dict[str, str]]) -> None:
        self.move(MIDNIGHT - 4 * MINUTE)
        crew.enter()
        crew.take_in()
        crew.serve(*crew.register(drafts[0]))
        waiting = crew.register(drafts[1])
        self.move(MIDNIGHT - timedelta(seconds=2))
        time.sleep(5)
        self.see("officer is still signed in after midnight", crew.is_in(), True)
        crew.take_in()
        crew.serve(*crew.register(drafts[2]))
        crew.serve(*waiting)
        numbers = dict(self._rows(PER_YEAR))
        self.see("numbers of 2026", numbers.get("26"), [f"BGR-26-0000{n}" for n in (1, 2, 3)])  # fmt: skip
        self.see("numbers of 2027", numbers.get("27"), [f"BGR-27-0000{n}" for n in (1, 2)])  # fmt: skip
        self.see("receipts", self._rows(RECEIPTS), [(2026, [1]), (2027, [1, 2])])
        early = "SELECT count(*) FROM tickets_ticket WHERE due_at::date <= '2027-01-01'"
        self.see("promises that end on the holiday", self._rows(early)[0][0], 0)

    def _back(self, crew: "Officer", drafts: list[dict[str, str]]) -> None:
        self.move(MIDNIGHT - HOUR)
        used = Browser(self.machine.port, 7).get(drafts[0]["link"]).status
        self.see("used link after the clock was set back", used, 410)
        crew.enter()
        crew.take_in()
        numbers = dict(self._rows(PER_YEAR))
        self.see("next number, an hour back", numbers["26"][-1], "BGR-26-00004")

    def _forward(self, crew: "Officer", drafts: list[dict[str, str]]) -> None:
        self.move(MIDNIGHT + YEAR + 10 * HOUR)
        self.see("officer is signed in a year later", crew.is_in(), False)
        old = Browser(self.machine.port, 8).get(drafts[3]["link"]).status
        self.see("unused link a year later", old, 410)
        crew.enter()
        crew.take_in()
        numbers = dict(self._rows(PER_YEAR))
        self.see("numbers of 2028", numbers.get("28"), ["BGR-28-00001"])
        self._start_worker_anew()
        struck = "SELECT max(defer_timestamp) FROM procrastinate_periodic_defers"
        now = (MIDNIGHT + YEAR + 10 * HOUR).timestamp()
        self._until(lambda: self._rows(struck)[0][0] > now + 60, TIMETABLE)
        self.see("timetable goes on", self._rows(struck)[0][0] > now + 60, True)
        self._until(lambda: not self._rows(checking.NEVER["mails that were not sent"])[0][0], SETTLES)  # fmt: skip
        for name, question in (checking.NEVER | NEVER).items():
            if name not in OTHERWISE:
                self.see(name, self._rows(question)[0][0], 0)

    def _start_worker_anew(self) -> None:
        """libfaketime moves the monotonic clock too, which no real machine does: sleepers would oversleep."""
        self.machine.end("worker")
        self.machine.start_worker()

    def _rows(self, question: str) -> list[tuple]:
        with self.machine.sql() as link:
            return link.execute(question).fetchall()

    def _until(self, done, longest: float) -> None:
        deadline = time.monotonic() + longest
        while not done() and time.monotonic() < deadline:
            self.machine.revive()
            time.sleep(0.5)

    def forget(self) -> None:
        """Remove all it wrote."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Officer(Crew):
    """A patient officer whose phone has the installation's time."""

    gives_up = 0.0

    def __init__(self, years: Years) -> None:
        super().__init__(years.folder, years.machine.port, 1)
        self.years = years

    def now(self) -> float:
        return time.time() + self.years.offset

    def enter(self) -> None:
        """Sign in, unless he is."""
        self.sign_in(self.desk, self._officer["login"], self._officer["secret"])

    def is_in(self) -> bool:
        """Whether the desk opens."""
        return self.desk.get(f"/meja/{OFFICE}/semua/").path.startswith("/meja/")


def main(_arguments: list[str]) -> int:
    """0 when all is right."""
    years = Years()
    said = years.run()
    is_good = all(each.is_right for each in said)
    print("good" if is_good else f"NOT good; see {years.folder}")
    if is_good:
        years.forget()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
