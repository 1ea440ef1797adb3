"""A worker dies between any two lines of every job; the next finds and leaves everything as if nobody had died."""

import asyncio
import os
from contextlib import ExitStack
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from loket.files.tasks import check_files
from loket.kernel import clock, outbox
from tests.factories import postbox as dovecot
from tests.factories.clamav import Clamd
from tests.factories.tickets import registration
from tests.proofs.faults import dying, keeping
from tests.proofs.faults.scenes import (  # fmt: skip
    MONDAY,
    SCENES,
    Scene,
    low,
    supplier,
    ticket,
    without_scene,
)

pytestmark = pytest.mark.django_db(transaction=True)
ROOMS = (low, supplier, ticket)
DEATHS = int(os.environ.get("LOKET_PROOF_DEATHS", "3"))  # of each job; 0 is every line
DRAWN = {
    (table, column)
    for table in ("standards_print", "files_storedfile")
    for column in ("size", "sha256")
}  # a PDF says when it was drawn, and is a few bytes longer at times
MAY_COME_TWICE = {"loket.kernel.tasks.send_mail"}  # under one Message-ID, ADR 0023


@pytest.fixture(scope="module")
def daemons(tmp_path_factory):
    """The scanner and the mailbox, begun when a job first wants them."""
    with ExitStack() as running:
        begun = {}

        def mailbox():
            if "mailbox" not in begun:
                begun["mailbox"] = running.enter_context(dovecot.running())
            return begun["mailbox"]

        def scanner():
            if "scanner" not in begun:
                begun["scanner"] = Clamd(tmp_path_factory.mktemp("clamd"))
                begun["scanner"].start()
                running.callback(begun["scanner"].stop)
            return begun["scanner"].unix

        yield {"mailbox": mailbox, "scanner": scanner}


@pytest.fixture
def stage(packs, settings, tmp_path, daemons):
    """Everything a scene is set up on: offices, folders, and mails as files."""
    folder = tmp_path / "house"
    settings.FILES_DIR, settings.EMAIL_FILE_PATH = folder / "files", str(folder / "mail")  # fmt: skip
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    for each in ("files", "mail"):
        (folder / each).mkdir(parents=True)
    return SimpleNamespace(
        folder=folder, settings=settings, bogor=packs["kota-bogor"],
        batang=packs["kabupaten-batang"], depok=packs["kota-depok"], **daemons,
    )  # fmt: skip


@pytest.fixture
def kept(stage):
    """The scene as it was set up."""
    found = keeping.Kept(stage.folder)
    yield found
    if found.is_kept:
        found.put_back()
        found.forget()


def set_up(scene, stage, kept):
    """Arguments of the task; what else the scene caused is done before."""
    with clock.at(MONDAY):
        args = scene.set_up(stage)
    waiting = ProcrastinateJob.objects.filter(task_name__in=[scene.task, *scene.instead_of])  # fmt: skip
    waiting.filter(status="todo")._raw_delete("default")
    dying.work_off_all(MONDAY)
    kept.keep()
    return args


class Play:
    """One scene, played to its end with and without deaths."""

    def __init__(self, scene, task, args, kept):
        self.scene, self.task, self.args, self.kept = scene, task, args, kept
        self.before = keeping.rows()
        one = self._clean()
        kept.bump()
        other = self._clean()
        self.dice = keeping.differing(one, other) | DRAWN
        self.clean = keeping.reduced(one, self.dice)
        assert self.clean != keeping.reduced(self.before, self.dice), (
            "nothing was to do"
        )
        self.lines = self.deaths = self.committed = 0
        self.copies = self.orphans = self.remains = 0

    def __str__(self):
        return (
            f"{self.lines} lines, {self.deaths} deaths, {self.committed} after something stood, "
            f"{self.copies} second copies, {self.orphans} orphans, {self.remains} remains"
        )

    def through(self):
        """Every death, and what is then different by its line."""
        self.lines, telling = dying.lines_of(self.task, self.args, self.scene.moment)
        self.kept.put_back()
        self.untouched = self.kept.looks()
        found = {number: self._dies(number) for number in places(self.lines, telling)}
        return {number: wrong for number, wrong in found.items() if wrong}

    def _clean(self):
        dying.work_off(self.task, self.args, self.scene.moment, **self.scene.job)
        found = keeping.rows()
        self.kept.put_back()
        return found

    def _dies(self, number):
        """Killed there, then done by another; the rows too many and too few at the end, by table."""
        self.deaths += 1
        was_killed = dying.die_at(number, self.task, self.args, self.scene.moment)
        assert was_killed == (number <= self.lines)
        if self.kept.looks() == self.untouched:
            return {}  # nothing happened: the next run is a clean one
        self.committed += 1
        dying.work_off(self.task, self.args, self.scene.moment, **self.scene.job)
        end = keeping.reduced(keeping.rows(), self.dice)
        self.copies += keeping.copies()
        self.orphans += keeping.orphans()
        if end["files"] != self.clean["files"]:
            end["files"] = self._files_after_the_night()
        self.kept.put_back()
        return {
            table: (end[table] - self.clean[table], self.clean[table] - end[table])
            for table in end
            if end[table] != self.clean[table]
        }

    def _files_after_the_night(self):
        """Bytes whose row says that they are destroyed are removed by the nightly check."""
        self.remains += 1
        night = max(clock.now(), self.scene.moment) + timedelta(days=2)
        dying.work_off(check_files, {"timestamp": 1}, night)
        return keeping.reduced(keeping.rows(), self.dice)["files"]


def places(lines, telling):
    """Lines to die at: all, or a few around what stands. The last number is beyond them all."""
    if not DEATHS:
        return range(1, lines + 2)
    wanted = sorted({*telling, lines + 1})
    step = -(-len(wanted) // DEATHS) | 1  # odd: once before, once after
    return wanted[step // 2 :: step]


def test_every_task_has_a_scene():
    assert without_scene() == set()


@pytest.mark.parametrize("name", sorted(SCENES))
def test_job_killed_between_two_lines_ends_as_if_it_had_not_been(name, stage, kept):
    scene, task = SCENES[name], app.tasks[name]
    args = set_up(scene, stage, kept)
    play = Play(scene, task, args, kept)
    wrong = play.through()
    print(f"{name}: {play}")
    assert wrong == {}
    assert play.copies == 0 or name in MAY_COME_TWICE


def test_child_needs_no_thread_of_its_parent():
    def act():
        asyncio.run(sync_to_async(int)())

    act()  # leaves one behind
    assert dying.apart(act, MONDAY) == dying.THROUGH


def careless(number):
    """Two promises, neither of which knows whether it was given before."""
    for _ in range(2):
        outbox.promise(
            key=f"dadu-{uuid4()}", to="ratna@pandan.example", template="tickets/mail/received",
            context={"ticket": number}, office_id=None,
        )  # fmt: skip


def test_job_that_does_everything_again_is_noticed(stage, kept):
    task = app.task(name="careless")(careless)
    scene = Scene("careless", lambda stage: {"number": registration(stage.bogor).pk}, timedelta(), {}, ())  # fmt: skip
    try:
        args = set_up(scene, stage, kept)
        wrong = Play(scene, task, args, kept).through()
    finally:
        app.tasks.pop("careless")
    assert {table for tables in wrong.values() for table in tables} >= {"kernel_mail", "mails"}  # fmt: skip
