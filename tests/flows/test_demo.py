"""The demo as its first visitor meets it: it starts, keeps its data, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

READY_WITHIN = 120  # seconds; a busy machine builds slowly


def free_port():
    """A port nobody listens on, below those that outgoing connections are given meanwhile."""
    for port in range(20_000 + os.getpid() % 5_000, 32_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("no free port")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder and a port of our own, and no database: the demo starts one."""
    port = free_port()
    var = tmp_path_factory.mktemp("demo")
    given = {"LOKET_VAR": str(var), "PORT": str(port)}
    without = {"DATABASE_URL", "DATABASE_OWNER_URL", "LOKET_TEST"}
    return {
        key: value for key, value in os.environ.items() if key not in without
    } | given


def begin(place, *arguments):
    command = [
        sys.executable,
        "-P",
        "-m",
        "config.cli",
        "demo",
        "--stage",
        "empty",
        *arguments,
    ]
    return subprocess.Popen(
        command, env=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def wait_until_ready(demo):
    """What it printed until it was ready."""
    lines = []
    deadline = time.monotonic() + READY_WITHIN
    for line in demo.stdout:
        lines.append(line)
        if line.startswith("Ctrl-C ends") or time.monotonic() > deadline:
            break
    assert lines[-1].startswith("Ctrl-C ends"), "".join(lines)
    return lines


def processes_of(place):
    """Everything alive that was started with this folder, the database included."""
    mark = place["LOKET_VAR"]
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            cwd, state = os.readlink(process / "cwd"), (process / "status").read_text()
            environment = (process / "environ").read_text(errors="replace")
        except OSError:
            continue
        if "State:\tZ" not in state and (
            cwd.startswith(mark) or f"LOKET_VAR={mark}" in environment
        ):
            found.append(int(process.name))
    return found


def wait_for_silence(place):
    deadline = time.monotonic() + 20
    while processes_of(place) and time.monotonic() < deadline:
        time.sleep(0.1)
    return processes_of(place)


def answer(place, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{place['PORT']}{path}") as response:
        return response.status


@pytest.fixture(scope="module")
def first(place):
    """The first start, ended by a Ctrl-C: what it served, returned, said and left running."""
    demo = begin(place)
    try:
        wait_until_ready(demo)
        served = answer(place, "/")
    finally:
        demo.send_signal(signal.SIGINT)
        told, _ = demo.communicate(timeout=30)
    return served, demo.returncode, told, processes_of(place)


def test_first_start_serves_and_one_ctrl_c_ends_everything(first):
    assert first == (200, 0, "Stopped; the data are kept.\n", [])


def test_second_start_keeps_the_data_and_a_killed_demo_leaves_no_process(place, first):
    accounts = Path(place["LOKET_VAR"], "demo-accounts.json")
    written = accounts.stat().st_mtime_ns
    demo = begin(place)
    lines = wait_until_ready(demo)
    demo.kill()
    demo.communicate()
    assert [line for line in lines if line.startswith("Making")] == []
    assert accounts.stat().st_mtime_ns == written
    assert wait_for_silence(place) == []


def test_examples_that_were_interrupted_are_made_again(place, first):
    Path(place["LOKET_VAR"], "demo-begun").touch()
    demo = begin(place)
    lines = wait_until_ready(demo)
    demo.send_signal(signal.SIGTERM)
    demo.communicate(timeout=30)
    assert len([line for line in lines if line.startswith("Making")]) == 1
    assert wait_for_silence(place) == []


def test_a_port_in_use_is_refused_with_the_way_out(place):
    port = int(place["PORT"])
    with socket.socket() as other:
        # The demo before this one has just left the port
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        demo = begin(place)
        told, _ = demo.communicate(timeout=30)
    assert demo.returncode == 1
    assert told == (
        f"Port {port} is not free (Address already in use). Is loket running already? "
        f"Stop that program, or choose another port: PORT={port + 1} bin/demo\n"
    )


def test_a_database_of_ones_own_is_never_reset(place):
    own = place | {"DATABASE_URL": "postgresql://loket_app@/loket?host=/nowhere"}
    demo = begin(own, "--reset")
    told, _ = demo.communicate(timeout=30)
    assert (demo.returncode, told) == (
        1,
        "DATABASE_URL names your own database: empty it yourself, then start again.\n",
    )
