"""Children never outlive their parent, however it ends."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loket.kernel import children

PARENT = """
import signal, sys, time
from loket.kernel import children
child = children.spawn(["sleep", "60"], stop=signal.SIGTERM)
print(child.pid, flush=True)
time.sleep(60)
"""
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
)


def is_running(pid):
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_child_ends_with_its_parent(end):
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    child = int(parent.stdout.readline())
    parent.send_signal(end)
    parent.communicate()
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(child)


def test_child_hears_no_ctrl_c_of_the_terminal():
    child = children.spawn(["sleep", "60"], stop=signal.SIGTERM)
    session = int(Path(f"/proc/{child.pid}/stat").read_text().split()[5])
    children.end(child, stop=signal.SIGTERM, within=10)
    assert session == child.pid


def test_child_that_ignores_the_signal_is_killed():
    child = children.spawn([sys.executable, "-c", STUBBORN], stop=signal.SIGTERM)
    time.sleep(0.5)
    children.end(child, stop=signal.SIGTERM, within=0.2)
    assert child.returncode == -signal.SIGKILL


def test_ending_a_child_that_has_ended_is_harmless():
    child = children.spawn(["true"], stop=signal.SIGTERM)
    child.wait()
    children.end(child, stop=signal.SIGTERM, within=1)
    assert child.returncode == 0


def test_output_of_a_child_goes_where_it_is_sent(tmp_path):
    with (tmp_path / "log").open("wb") as output:
        children.spawn(["echo", "antrean"], stop=signal.SIGTERM, output=output).wait()
    assert (tmp_path / "log").read_text() == "antrean\n"


def test_grandchildren_are_killed_with_their_family():
    child = children.spawn(["sh", "-c", "sleep 60 & exit 0"], stop=signal.SIGTERM)
    child.wait()
    members = family(child.pid)
    children.end(child, stop=signal.SIGTERM, within=1)
    time.sleep(0.2)
    assert (len(members), [pid for pid in members if is_running(pid)]) == (1, [])


def family(group):
    found = subprocess.run(["pgrep", "-g", str(group)], capture_output=True, text=True)
    return [int(pid) for pid in found.stdout.split()]
