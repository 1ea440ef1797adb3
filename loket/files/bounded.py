"""Keeps two readers per process: started when first needed, one file each, killed when they take too long.

Uploads take whichever is free; pictures of pages only the second. So one file that keeps a reader
busy to its bounds holds up nobody's upload.
"""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from loket.files import frames

COMMAND = [sys.executable, "-I", "-m", "loket.files.reader"]
PATIENCE = 20.0  # seconds; the reader's own bound on the processor comes first
QUEUE = 10.0  # seconds one file waits for those before it


class GaveUp(Exception):
    """The reader died of this file, or did not come to an end."""


class Busy(Exception):
    """Too many files wait before this one."""


class Reader:
    """A child process that is given one file at a time."""

    def __init__(self, command: list[str] = COMMAND) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, question: dict[str, Any], data: bytes) -> frames.Frame:
        """What the reader says about these bytes; raises `GaveUp`."""
        for _ in range(2):
            child = self._child = self._child or _start(self._command)
            answer = _exchange(child, question, data)
            if answer is not None:
                return answer
            self._child = None
            if _end(child) != 0:
                break  # 0: it had retired before it read the question
        raise GaveUp

    def close(self) -> None:
        """Let the child end; it ends by itself when this process dies."""
        child, self._child = self._child, None
        if child is not None:
            _end(child)

    @property
    def pid(self) -> int | None:
        """The child's, for whoever measures it."""
        return self._child.pid if self._child else None


class Readers:
    """Two readers and who may have which; safe to use from threads."""

    def __init__(self) -> None:
        self.all = (Reader(), Reader())
        self._free = list(self.all)
        self._change = threading.Condition()

    def ask(self, question: dict[str, Any], data: bytes) -> frames.Frame:
        """What a reader says about these bytes; raises `GaveUp` or `Busy`."""
        may_have = self.all if question["do"] == "inspect" else self.all[1:]
        with self._one_of(may_have) as reader:
            return reader.ask(question, data)

    @contextmanager
    def _one_of(self, readers: tuple[Reader, ...]) -> Iterator[Reader]:
        with self._change:
            if not self._change.wait_for(lambda: {*readers} & {*self._free}, QUEUE):
                raise Busy
            reader = next(each for each in readers if each in self._free)
            self._free.remove(reader)
        try:
            yield reader
        finally:
            with self._change:
                self._free.append(reader)
                self._change.notify_all()

    def close(self) -> None:
        """Let the children end."""
        for each in self.all:
            each.close()


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - a fixed program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},  # no secret of ours
        start_new_session=True,
    )


def _exchange(
    child: subprocess.Popen[bytes], question: dict[str, Any], data: bytes
) -> frames.Frame | None:
    if child.stdin is None or child.stdout is None:
        return None
    alarm = threading.Timer(PATIENCE, child.kill)
    alarm.start()
    try:
        frames.write(child.stdin, question, data)  # type: ignore[arg-type]  # Popen says IO
        return frames.read(child.stdout)  # type: ignore[arg-type]  # Popen says IO
    except (OSError, frames.Torn):
        return None
    finally:
        alarm.cancel()


def _end(child: subprocess.Popen[bytes]) -> int:
    """Close the pipes and wait; whoever does not go is killed."""
    for pipe in (child.stdin, child.stdout):
        with suppress(OSError):  # what was not read by a dead child cannot be flushed
            if pipe is not None:
                pipe.close()
    try:
        return child.wait(2)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


_readers = Readers()


def ask(question: dict[str, Any], data: bytes) -> frames.Frame:
    """Put a question to this process's readers."""
    return _readers.ask(question, data)


def pids() -> list[int]:
    """The process ids of this process's readers that run."""
    return [each.pid for each in _readers.all if each.pid]


def _forget() -> None:
    """After a fork the pipes belong to the parent."""
    global _readers
    _readers = Readers()


os.register_at_fork(after_in_child=_forget)
atexit.register(lambda: _readers.close())
