"""Keeps one reader per process: started when first needed, one file at a time, killed when it takes too long."""

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from loket.files import frames

COMMAND = [sys.executable, "-I", "-m", "loket.files.reader"]
PATIENCE = 25.0  # seconds; the reader's own bound on the processor comes first
QUEUE = 60.0  # seconds one file waits for those before it


class GaveUp(Exception):
    """The reader died of this file, or did not come to an end."""


class Busy(Exception):
    """Too many files wait before this one."""


class Reader:
    """A child process and the lock that lets one file in at a time; safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, question: dict[str, Any], data: bytes) -> frames.Frame:
        """What the reader says about these bytes; raises `GaveUp` or `Busy`."""
        if not self._lock.acquire(timeout=QUEUE):
            raise Busy
        try:
            return self._ask(question, data)
        finally:
            self._lock.release()

    def _ask(self, question: dict[str, Any], data: bytes) -> frames.Frame:
        for _ in range(2):
            child = self._child = self._child or _start()
            answer = _exchange(child, question, data)
            if answer is not None:
                return answer
            self._child = None
            if _end(child) != 0:
                break  # 0: it had retired before it read the question
        raise GaveUp

    def close(self) -> None:
        """Let the child end; it ends by itself when this process dies."""
        with self._lock:
            child, self._child = self._child, None
            if child is not None:
                _end(child)

    @property
    def pid(self) -> int | None:
        """The child's, for whoever measures it."""
        return self._child.pid if self._child else None


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - a fixed program
        COMMAND,
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


_reader = Reader()


def ask(question: dict[str, Any], data: bytes) -> frames.Frame:
    """Put a question to this process's reader."""
    return _reader.ask(question, data)


def pid() -> int | None:
    """The process id of this process's reader, if it runs."""
    return _reader.pid


def _forget() -> None:
    """After a fork the pipes belong to the parent."""
    global _reader
    _reader = Reader()


os.register_at_fork(after_in_child=_forget)
atexit.register(lambda: _reader.close())
