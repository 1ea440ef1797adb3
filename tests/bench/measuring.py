"""Load and what it costs: flows a second, how long one takes, CPU from /proc, memory."""

import os
import resource
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.bench.browser import Browser
from tests.bench.flows import Flow, Known, Site

TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Slice:
    """One stretch of load: seconds of each flow, and CPU of the server, of PostgreSQL and of the driver."""

    seconds: float
    times: list[float]
    wire: int
    app: float
    database: float
    driver: float

    @property
    def rate(self) -> float:
        """Flows a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the flows was done."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    def each(self, cpu: float) -> float:
        """Milliseconds of CPU a flow."""
        return 1000 * cpu / len(self.times)


@dataclass
class Target:
    """A server under load: the processes to watch, the sessions of its officers."""

    port: int
    app: int
    database: int
    cookies: list[str]
    site: Site
    known: Known

    def load(self, flow: Flow, connections: int, seconds: float) -> Slice:
        """Keep so many connections busy for so long; any wrong answer ends everything."""
        # New connections, since the server closes those that were left alone
        chosen = (self.cookies[each % len(self.cookies)] for each in range(connections))
        browsers = [Browser(self.port, cookie) for cookie in chosen]
        before = self._spent()
        began = time.monotonic()
        done: list[tuple[float, int]] = []
        failed: list[BaseException] = []

        def keep_busy(browser: Browser) -> None:
            try:
                while (start := time.monotonic()) < began + seconds:
                    wire = flow(browser, self.site, self.known)
                    done.append((time.monotonic() - start, wire))
            except BaseException as error:  # told in the main thread
                failed.append(error)

        threads = [threading.Thread(target=keep_busy, args=[each]) for each in browsers]  # fmt: skip
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failed:
            raise failed[0]
        took = time.monotonic() - began
        app, database, driver = (now - then for now, then in zip(self._spent(), before, strict=True))  # fmt: skip
        times = [each for each, _wire in done]
        return Slice(took, times, done[-1][1], app, database, driver)

    def _spent(self) -> tuple[float, float, float]:
        own = resource.getrusage(resource.RUSAGE_SELF)
        family = children_of()
        return cpu_of(self.app, family), cpu_of(self.database, family), own.ru_utime + own.ru_stime  # fmt: skip


def children_of() -> dict[int, list[int]]:
    """Every process's children."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for each in Path("/proc").iterdir():
        if each.name.isdigit() and (stat := _stat(int(each.name))):
            found[int(stat[1])].append(int(each.name))
    return found


def below(pid: int, family: dict[int, list[int]]) -> list[int]:
    """A process and all that come from it."""
    return [pid, *(one for child in family.get(pid, []) for one in below(child, family))]  # fmt: skip


def cpu_of(pid: int, family: dict[int, list[int]]) -> float:
    """Seconds of CPU of a process and its children, those that ended included."""
    ticks = 0
    for each in below(pid, family):
        if stat := _stat(each):
            ticks += sum(int(value) for value in stat[11:15])
    return ticks / TICK


def memory_of(pid: int) -> tuple[list[float], float]:
    """PSS in MB of each page server, and of everything below this process: readers of uploads and supervisors too.

    The page servers are the children of the supervisor, the first process with more than one child. They
    may have children of their own, so a process without children can be a reader.
    """
    family, supervisor = children_of(), pid
    while len(family.get(supervisor, [])) == 1:
        supervisor = family[supervisor][0]
    workers = [_pss(each) for each in family.get(supervisor, [])]
    return workers, sum(_pss(each) for each in below(pid, family))


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024  # fmt: skip


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the state on; none when it has just ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
