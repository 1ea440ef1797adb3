"""The process that opens strangers' files: it dies alone, is bounded, and holds nothing worth stealing."""

import os
import resource
import signal
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from loket.files import bounded, frames
from loket.files.bounded import Busy, GaveUp, Reader, Readers
from loket.files.content import examine
from loket.files.reader import FILES, MEMORY
from tests.factories.hostile import heavy_drawing
from tests.factories.papers import pdf

DRAW = {"do": "draw", "number": 1, "content_type": "application/pdf", "mark": "x"}
INSPECT = {"do": "inspect", "types": ["pdf"]}
SAID = {"content_type": "application/pdf", "pages": 1}


@pytest.fixture
def reader():
    made = Reader()
    yield made
    made.close()


def started(reader):
    """The process of a reader that has answered once."""
    assert reader.ask(INSPECT, pdf()) == (SAID, b"")
    return reader.pid


def gone(pid):
    """Whether the process has ended; asked for a while."""
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.05)
    return False


def test_one_process_reads_file_after_file(reader):
    assert [started(reader) for _ in range(3)] == [reader.pid] * 3


def test_reader_that_is_killed_is_replaced_and_the_next_file_is_read(reader):
    first = started(reader)
    os.kill(first, signal.SIGKILL)
    with pytest.raises(GaveUp):
        reader.ask(INSPECT, pdf())
    assert started(reader) != first


def test_reader_that_retires_is_replaced_without_a_word(reader):
    first = started(reader)
    pids = {started(reader) for _ in range(FILES)}
    assert (len(pids), first in pids) == (2, True)


def test_reader_that_does_not_end_is_killed(reader, monkeypatch):
    stuck = started(reader)
    monkeypatch.setattr(bounded, "PATIENCE", 0.3)
    os.kill(stuck, signal.SIGSTOP)
    with pytest.raises(GaveUp):
        reader.ask(INSPECT, pdf())
    assert gone(stuck)
    monkeypatch.undo()
    assert started(reader) != stuck


def test_file_the_reader_dies_of_is_refused_and_the_next_one_read():
    with pytest.raises(ValidationError) as refusal:
        examine(heavy_drawing(), types=("pdf",))
    assert refusal.value.messages == [
        "Berkas ini tidak dapat dibaca. Cetak ulang ke PDF atau potret ulang, lalu unggah lagi."
    ]
    assert examine(pdf(), types=("pdf",)).pages == 1


def test_bounds_hold_in_the_process(reader):
    pid = started(reader)
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE)
    hard = [resource.prlimit(pid, kind)[1] for kind in kinds]
    assert hard == [MEMORY, 3, 0]
    used, _ = resource.prlimit(pid, resource.RLIMIT_CPU)
    assert 0 < used < 60


def test_process_knows_no_secret_of_ours(reader, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rahasia")
    told = Path(f"/proc/{started(reader)}/environ").read_bytes()
    assert told == b"LANG=C.UTF-8\0MALLOC_ARENA_MAX=1\0"


def test_process_holds_no_connection_and_no_file(reader):
    held = Path(f"/proc/{started(reader)}/fd").iterdir()
    assert sorted(each.name for each in held) == ["0", "1", "2"]


@pytest.fixture
def readers():
    made = Readers()
    yield made
    made.close()


def test_many_threads_ask_at_once(readers):
    answers = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append((n, readers.ask(INSPECT, pdf(n))[0]["pages"])))
        for n in range(1, 9)
    ]  # fmt: skip
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) == [(n, n) for n in range(1, 9)]


@contextmanager
def held_up(readers, question):
    """A file on which a reader stands still until the block ends."""
    standing = []
    readers.ask(question, pdf())
    (pid,) = [each.pid for each in readers.all if each.pid]
    os.kill(pid, signal.SIGSTOP)
    asking = threading.Thread(target=lambda: standing.append(readers.ask(question, pdf())))  # fmt: skip
    asking.start()
    time.sleep(0.2)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
        asking.join()
    assert len(standing) == 1


def test_seven_people_upload_while_a_reader_hangs_on_the_file_of_the_eighth(readers):
    with held_up(readers, INSPECT):
        began = time.monotonic()
        assert [readers.ask(INSPECT, pdf()) for _ in range(7)] == [(SAID, b"")] * 7
        assert time.monotonic() - began < 5


def test_pages_that_take_long_to_draw_hold_up_no_upload(readers, monkeypatch):
    monkeypatch.setattr(bounded, "QUEUE", 0.3)
    with held_up(readers, DRAW):
        with pytest.raises(Busy):
            readers.ask(DRAW, pdf())
        assert readers.ask(INSPECT, pdf()) == (SAID, b"")


def test_who_waits_too_long_is_told_to_come_again(readers, monkeypatch):
    monkeypatch.setattr(bounded, "QUEUE", 0.1)
    both = (readers._one_of(readers.all) for _ in range(2))
    with next(both), next(both), pytest.raises(Busy):
        readers.ask(INSPECT, pdf())
    assert readers.ask(INSPECT, pdf()) == (SAID, b"")


def test_reader_ends_with_the_process_that_asked(reader):
    """A fork asks through a reader of its own and takes it along when it ends."""
    mine = started(reader)
    out, into = os.pipe()
    if (fork := os.fork()) == 0:
        bounded.ask(INSPECT, pdf())
        os.write(into, str(bounded.pids()[0]).encode())
        os._exit(0)
    theirs = int(os.read(out, 20))
    os.waitpid(fork, 0)
    os.close(out)
    os.close(into)
    assert theirs != mine
    assert gone(theirs)
    assert started(reader) == mine


def test_answer_that_is_too_long_is_not_believed():
    out, into = os.pipe()
    with os.fdopen(into, "wb") as pipe:
        pipe.write(frames.LENGTHS.pack(2, frames.MOST_BODY + 1))
    with os.fdopen(out, "rb") as pipe, pytest.raises(frames.Torn):
        frames.read(pipe)
