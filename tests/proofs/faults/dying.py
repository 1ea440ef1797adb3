"""A job in a process of its own that dies, without a word to anybody, at a chosen line of loket."""

import asyncio
import inspect
import json
import os
import signal
import sys
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from asgiref.sync import SyncToAsync
from django.db import connection, connections
from procrastinate.contrib.django import app

from loket.kernel import clock
from loket.kernel.working import worker_connector
from tests.factories.jobs import without_timetable

OURS = str(Path(__file__).resolve().parents[3] / "loket")
THROUGH, DEAD, BROKEN = 0, 77, 78
HANGS, CHILDREN = 60.0, 3  # seconds, tries
OFTEN = 2  # how many times the same line counts: the second time round a loop other things are true


class Line:
    """Counts lines of loket as they are about to run, and dies at one."""

    def __init__(self, last: int = 0):
        self.last, self.count = last, 0
        self._seen: dict[tuple[str, int], int] = {}

    def __call__(self, frame, event, arg):
        code = frame.f_code
        is_ours = code.co_filename.startswith(OURS) and code.co_name != "<module>"
        return self._line if is_ours else None

    def _line(self, frame, event, arg):
        place = (frame.f_code.co_filename, frame.f_lineno)
        if event == "line" and self._seen.get(place, 0) < OFTEN:
            self._seen[place] = self._seen.get(place, 0) + 1
            self.count += 1
            if self.count == self.last:
                os._exit(DEAD)
        return self._line


def lines_of(task, args, moment):
    """How many lines there are to die at, and which of them lie just before and just after something stands."""
    reading, writing = os.pipe()
    line, telling = Line(), set()

    def count():
        with _told_of_commits(lambda: telling.update((line.count, line.count + 1))):
            _traced(task, args, line)
        os.write(writing, json.dumps([line.count, sorted(telling)]).encode())

    status = apart(count, moment)
    os.close(writing)
    with os.fdopen(reading) as said:
        assert status == THROUGH, task.name
        return json.load(said)


@contextmanager
def _told_of_commits(tell):
    """Calls it whenever the job's connection has made something stand."""
    commit = connection.commit

    def committed():
        commit()
        tell()

    def executed(execute, statement, *said):
        found = execute(statement, *said)
        if not connection.in_atomic_block and not str(statement).startswith("SELECT"):
            tell()
        return found

    connection.commit = committed
    with connection.execute_wrapper(executed):
        yield


def die_at(number, task, args, moment):
    """Run the task until before that line; whether there was one. Beyond the last it dies before the queue hears of it."""
    status = apart(lambda: _traced(task, args, Line(number)), moment)
    assert status in {THROUGH, DEAD}, (task.name, number)
    return status == DEAD


def work_off(task, args, moment, **job):
    """A live worker does the job, and everything that waits."""

    def work():
        task.configure(**job).defer(**args)
        _drain()

    assert apart(work, moment) == THROUGH, task.name


def work_off_all(moment):
    """A live worker does everything that waits."""
    assert apart(_drain, moment) == THROUGH


def _drain():
    with app.replace_connector(worker_connector()) as live, without_timetable(live):
        live.run_worker(
            wait=False, listen_notify=False, install_signal_handlers=False, delete_jobs="successful"
        )  # fmt: skip


def apart(act, moment):
    """Do it in a child, at this moment; how it ended.

    A child of a process with threads may inherit a lock that nobody will release: it is killed and made anew.
    """
    connections.close_all()
    for _ in range(CHILDREN):
        if (status := _ended(_begun(act, moment))) is not None:
            return status
    raise AssertionError(f"{CHILDREN} children hung for {HANGS} s each")


def _begun(act, moment):
    child = os.fork()
    if child == 0:
        # A fork takes no thread along: the parent's executor would wait for one for ever
        SyncToAsync.single_thread_executor = ThreadPoolExecutor(1)
        try:
            with clock.at(moment):
                act()
        except BaseException:
            traceback.print_exc()
            os._exit(BROKEN)
        os._exit(THROUGH)
    return child


def _ended(child):
    """Its exit code; None for one that hung and was killed."""
    end = time.monotonic() + HANGS
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def _traced(task, args, line):
    call = _awaited if inspect.iscoroutinefunction(task.func) else _called
    sys.settrace(line)
    try:
        call(task, args)
    finally:
        sys.settrace(None)


def _called(task, args):
    context = [SimpleNamespace(job=SimpleNamespace(attempts=0))] * task.pass_context
    task.func(*context, **args)


def _awaited(task, args):
    async def run(working):
        async with working.open_async():
            await task.func(SimpleNamespace(app=working), **args)

    with app.replace_connector(worker_connector()) as working:
        asyncio.run(run(working))
