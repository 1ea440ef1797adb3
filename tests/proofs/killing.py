"""Whom a storm kills: always by SIGKILL, drawn anew each time."""

import os
import signal
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.proofs.machine import Machine

# Out of a hundred: what is killed, and how often
VICTIMS = {
    "web process": 34,
    "web master": 6,
    "loket serve": 4,
    "reader of files": 6,
    "worker": 20,
    "postmaster": 18,
    "backend": 12,
}


class Killer:
    """Draws a victim and kills it; counts whom it met."""

    def __init__(self, machine: Machine, random: Random, only: tuple[str, ...] = ()):
        self.machine, self.random = machine, random
        self.killed: Counter[str] = Counter()
        self._weights = {k: v for k, v in VICTIMS.items() if k in only or not only}

    def strike(self) -> str:
        """Kill one process; the name of what it was, empty when it was not there."""
        [name] = self.random.choices([*self._weights], [*self._weights.values()])
        pids = self._found(name)
        if not pids:
            return ""
        with suppress(ProcessLookupError):
            os.kill(self.random.choice(pids), signal.SIGKILL)
            self.killed[name] += 1
        return name

    def _found(self, name: str) -> list[int]:
        running, server = self.machine.running, self.machine.server
        if name == "worker":
            return [running["worker"].pid]
        if name in {"postmaster", "backend"}:
            pid = server.process.pid if server and server.process else 0
            return [pid] if name == "postmaster" else _children(pid)
        serve = running["web"].pid
        masters = [serve] if self.machine.app else _children(serve)
        workers = [
            each for one in masters for each in _children(one) if _is_worker(each)
        ]
        readers = [each for one in workers for each in _children(one)]
        return {"loket serve": [serve], "web master": masters, "web process": workers, "reader of files": readers}[name]  # fmt: skip


def _children(pid: int) -> list[int]:
    """The direct children of a process, whichever thread started them."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):
            found += [int(each) for each in (task / "children").read_text().split()]
    return found


def _is_worker(pid: int) -> bool:
    """Not the helper that Python starts beside spawned processes."""
    with suppress(OSError):
        return b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False
