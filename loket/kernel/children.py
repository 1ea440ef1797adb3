"""Child processes that never outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def spawn(
    command: list[str],
    *,
    stop: signal.Signals,
    cwd: Path | None = None,
    output: IO[bytes] | None = None,
    **options: Any,
) -> subprocess.Popen[bytes]:
    """Start a command that the kernel sends `stop` when its parent dies, even by SIGKILL.

    It gets a session of its own, so that a Ctrl-C reaches the parent alone.
    Call it from the main thread: the kernel watches the thread that started the child.
    """
    return subprocess.Popen(  # noqa: S603 - callers pass fixed programs, never input
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_end_with_parent(stop),
        **options,
    )


def end(
    process: subprocess.Popen[bytes], *, stop: signal.Signals, within: float
) -> None:
    """Ask a child to end, kill it when it has not after `within` seconds, and all it left behind."""
    if process.poll() is None:
        process.send_signal(stop)
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # spawn made it the leader of its group


def _end_with_parent(stop: signal.Signals) -> Callable[[], None]:
    # Runs after the change of user, which would clear the setting.
    return lambda: _libc.prctl(PR_SET_PDEATHSIG, int(stop))
