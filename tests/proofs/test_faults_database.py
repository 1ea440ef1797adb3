"""The database is in trouble: everybody is told so in seconds, nothing is stored half, and it goes on by itself."""

import json
import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories.smtp import free_port
from tests.proofs.faults.asking import Person, ask_everything, everything
from tests.proofs.faults.database import (  # fmt: skip
    crowded_out,
    hung,
    small_disk,
    stopped,
    without_disk,
)
from tests.proofs.machine import Machine

SOON = 15.0  # seconds for an answer, on a machine with two processors that does other things too
BACK = 8.0  # seconds until all goes on after the fault
LONG = 17.0  # seconds away, after which a pool left to itself tries once in a quarter of a minute
TRIES = 4
PREPARE = (
    "import django; django.setup(); from pathlib import Path; from tests import conftest;"
    "from tests.proofs.faults.asking import prepare; prepare(Path({!r}))"
)
DISK = 400  # MB, with 60 for the tables and 160 for the log of changes
TRIES = 400
EACH = int(os.environ.get("LOKET_PROOF_EACH", "9"))  # of so many addresses one
SAME = ("DATABASE_URL", "DATABASE_OWNER_URL", "LOKET_VAR", "SECRET_KEY")


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """An installation whose database has a small disk of its own, if we may mount one."""
    folder = tmp_path_factory.mktemp("faults")
    with small_disk(folder / "postgres", DISK):
        made = Machine(folder, smtp_port=free_port())
        made.begin()
        made.run("-c", PREPARE.format(str(folder / "given.json")))
        made.start_web()
        made.wait_ready()
        yield made
        made.stop()


@pytest.fixture(scope="module")
def given(machine):
    return json.loads((machine.folder / "given.json").read_text())


@pytest.fixture
def person(machine, given):
    return Person(machine.port, given["session"])


@pytest.fixture
def say(person, given):
    """Send a message on the ticket."""
    return lambda body, key=None: person.post(f"/tiket/{given['number']}/pesan/", key, body=body)  # fmt: skip


def bodies(machine):
    with machine.sql() as link:
        return Counter(row[0] for row in link.execute("SELECT body FROM tickets_message"))  # fmt: skip


def back_after(say, body, key):
    """Seconds until the same form is accepted."""
    began = time.monotonic()
    while time.monotonic() - began < 60:
        said = say(body, key)
        if said.status == 302:
            return time.monotonic() - began
        time.sleep(0.2)
    raise AssertionError(said)


def at_once(asked):
    """What each was told."""
    with ThreadPoolExecutor(len(asked)) as crew:
        return list(crew.map(lambda ask: ask(), asked))


@pytest.mark.parametrize("fault", [stopped, hung, crowded_out])
def test_message_is_refused_clearly_and_taken_once_afterwards(fault, machine, person, say):  # fmt: skip
    watch = Person(machine.port)
    body, key = f"kabar {fault.__name__}", "f" * 30 + f"{len(fault.__name__):02d}"
    asked = (
        lambda: say(body, key),
        lambda: person.get("/kantor/kota-bogor/"),
        lambda: person.get("/tiket/"),
        lambda: watch.get("/sehat/hidup"),
        lambda: watch.get("/sehat/siap"),
    )
    with fault(machine):
        *said, alive, ready = at_once(asked)
    seconds = back_after(say, body, key)
    again = back_after(say, body, key)  # of two processes one may be back later
    print(f"{fault.__name__}: {[round(each.seconds, 1) for each in said]} s, back after {seconds:.1f} s")  # fmt: skip
    assert [each.is_clear for each in said] == [True] * 3
    assert (alive.status, ready.status) == (200, 503)
    assert max(each.seconds for each in [*said, alive, ready]) < SOON
    assert max(seconds, again) < BACK
    assert bodies(machine)[body] == 1


def test_every_address_answers_while_the_database_is_away(machine, person, say):
    addresses = everything()[::EACH]
    with stopped(machine):
        told = ask_everything(person, addresses)
    seconds = back_after(say, "kabar sesudah semua", "d" * 32)
    needs = {path for path, _methods, policy in addresses if policy.asks_database}
    unclear = {
        each: said.status
        for each, said in told.items()
        if each[1] in needs and not said.is_clear
    }
    slowest = max(said.seconds for said in told.values())
    print(f"{len(told)} requests: {dict(Counter(said.status for said in told.values()))}, the slowest {slowest:.1f} s, back after {seconds:.1f} s")  # fmt: skip
    assert unclear == {}
    assert slowest < SOON
    assert seconds < BACK


def test_full_disk_refuses_what_it_cannot_keep_and_keeps_what_it_took(machine, say):
    if not os.path.ismount(machine.folder / "postgres"):
        pytest.skip("only root may mount a disk that is full for nobody else")
    took, refused = [], []
    with without_disk(machine):
        for number in range(TRIES):
            body = f"penuh {number} " + "x" * 1500
            said = say(body)
            assert said.status == 302 or said.is_clear, said
            (took if said.status == 302 else refused).append(body)
            if len(refused) == 3:
                break
    machine.revive()
    assert len(refused) == 3
    seconds = back_after(say, "kosong lagi", "e" * 32)
    kept = bodies(machine)
    print(f"full disk: {len(took)} taken, 3 refused, back after {seconds:.1f} s")
    assert seconds < BACK
    assert [kept[each] for each in took] == [1] * len(took)
    assert [kept[each] for each in refused] == [0] * 3


@pytest.fixture
def careless(machine):
    """The same installation served without the bounds."""
    app = "tests.proofs.faults.impatient_not.application"
    env = {name: text for name, text in machine.env().items() if name in SAME}
    made = Machine(machine.folder / "careless", smtp_port=free_port(), app=app, **env)
    made.folder.mkdir(exist_ok=True)
    made.start_web()
    made.wait_ready()
    yield made
    made.end("web")


def test_without_the_bounds_a_page_hangs_with_the_database(machine, careless, given):
    visitor = Person(careless.port, given["session"], patience=SOON)
    many = [lambda: visitor.get("/tiket/")] * 12
    at_once(many)  # each process has connections
    with hung(machine):
        said = at_once(many)
    print(f"control: {dict(Counter(each.status for each in said))}; 0 is no answer in {SOON:.0f} s")  # fmt: skip
    assert 0 in {each.status for each in said}, "all answered, so the proof above proves nothing"  # fmt: skip


def away_for_long(machine, port, session):
    """Seconds until a page comes again, after many asked for it in vain."""
    visitor = Person(port, session)
    end = time.monotonic() + LONG
    with stopped(machine):
        while time.monotonic() < end:
            at_once([lambda: visitor.get("/tiket/")] * 8)
    began = time.monotonic()
    while visitor.get("/tiket/").status != 200:
        time.sleep(0.2)
    return time.monotonic() - began


def test_long_absence_is_not_followed_by_a_long_wait(machine, careless, given):
    session = given["session"]
    ours = away_for_long(machine, machine.port, session)
    theirs = 0.0
    for _ in range(TRIES):  # its next try may fall by chance just after the return
        theirs = max(theirs, away_for_long(machine, careless.port, session))
        if theirs > BACK:
            break
    print(f"away for {LONG:.0f} s: back after {ours:.1f} s; control: {theirs:.1f} s")
    assert ours < BACK < theirs
