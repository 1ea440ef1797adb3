"""What happened after the backup is forgotten by the database, not by people: nothing happens to them twice."""

from datetime import timedelta

import pytest
from django.core import mail as transport
from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from config import operations
from config.backups import catching_up, dump
from config.backups.manifest import DUMP
from config.commands import Refused
from loket.files.actions import contents, destroy, path_of
from loket.files.models import StoredFile
from loket.kernel import clock, ledger, outbox
from loket.kernel.models import Mail
from loket.offices.actions import next_number
from loket.tickets.models import Ticket
from tests.factories.jobs import run_jobs
from tests.factories.tickets import registration
from tests.unit.config.backups.places import backed_up, restored
from tests.unit.files.test_keys import kept

PAPER = "lembar-bukti-verifikasi"


@pytest.fixture
def lost(tmp_path):
    """The ledger went with the machine."""

    def lose():
        ledger.path().rename(tmp_path / "elsewhere")
        return tmp_path / "elsewhere"

    return lose


def next_one(office, kind=PAPER, year=2026):
    return next_number(office, kind=kind, year=year)


def mailed(office):
    """A ticket whose applicant is to get a mail; the job that promises it waits."""
    ticket = registration(office)
    Ticket.objects.filter(pk=ticket.pk).update(email="ratna@pandan.example")


def sent():
    return [each.to for each in transport.outbox]


# Mails


def test_an_event_that_waited_sends_no_second_mail(depok, folder, empty):
    mailed(depok)
    backed_up(folder)
    run_jobs()
    once = sent()
    transport.outbox.clear()
    with empty():
        said = restored(folder)
        run_jobs()
        assert (len(once), sent()) == (1, [])
        assert "Surat ditahan: 1. Lihat: loket mails" in said


def test_without_holding_it_is_sent_twice(depok, folder, empty):
    """The control: the same backup, put back by hand."""
    mailed(depok)
    backup = backed_up(folder)
    run_jobs()
    with empty():
        dump.load(backup / DUMP)
        run_jobs()
        assert len(sent()) == 2
        assert len(set(map(tuple, sent()))) == 1


def test_a_mail_that_waited_is_held_until_somebody_releases_it(depok, folder, empty):
    mailed(depok)
    for job in ProcrastinateJob.objects.filter(queue_name="events"):
        jobs.tasks[job.task_name].func(**job.args)
        ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")
    assert Mail.objects.filter(sent_at=None).count() == 1
    backed_up(folder)
    with empty():
        restored(folder)
        run_jobs()
        assert (sent(), Mail.objects.get().state) == ([], Mail.State.HELD)
        assert list(operations.release_mails(ids=["all"])) == ["Dikirim: 1"]
        run_jobs()
        assert (len(sent()), Mail.objects.get().state) == (1, Mail.State.SENT)


def test_a_dropped_mail_is_never_sent(depok, folder, empty):
    mailed(depok)
    backed_up(folder)
    with empty():
        restored(folder)
        number = str(outbox.held().get().pk)
        assert number in next(iter(operations.list_mails()))
        assert list(operations.drop_mails(ids=[number])) == ["Dibuang: 1"]
        assert list(operations.release_mails(ids=[number])) == ["Dikirim: 0"]
        run_jobs()
        assert (sent(), Mail.objects.get().state) == ([], Mail.State.FAILED)


def test_what_is_promised_after_the_restore_goes_out(depok, folder, empty):
    backed_up(folder)
    with empty():
        restored(folder)
        mailed(depok)
        run_jobs()
        assert len(sent()) == 1


def test_mails_are_named_by_number_or_all(bogor):
    with pytest.raises(Refused, match="Sebutkan nomor surat"):
        list(operations.drop_mails(ids=["semua"]))


def test_every_job_of_the_timetable_writes_to_nobody_or_is_caught_up():
    silent = {
        "kernel.tasks.read_postbox", "kernel.tasks.sweep_once_keys", "kernel.tasks.take_up_left_jobs",
        "files.tasks.renew_keys_nightly", "files.tasks.check_files", "files.tasks.sweep_scans",
        "suppliers.tasks.sweep_drafts", "suppliers.tasks.end_papers_of_powers",
        "suppliers.tasks.begin_powers", "suppliers.tasks.draw_unfinished_letters", "suppliers.tasks.end_filled_letters", "tickets.tasks.release_left_behind",
        "tickets.tasks.destroy_old_documents", "tickets.tasks.forget_screens",
        "accounts.tasks.sweep_sessions", "portal.tasks.draw_prints", "tenders.tasks.destroy_old_exhibits",
    }  # fmt: skip
    names = {each.task.name for each in jobs.periodic_registry.periodic_tasks.values()}
    assert names == {f"loket.{name}" for name in silent} | set(catching_up.REMINDING)


# Files


def test_destroyed_since_stays_destroyed(bogor, folder, empty):
    file, other = kept(bogor, b"rahasia"), kept(bogor, b"lain")
    backed_up(folder)
    destroy(file)
    with empty():
        assert "Dimusnahkan lagi: 1 berkas" in restored(folder)
        row = StoredFile.objects.get(pk=file.pk)
        assert (bytes(row.wrapped_key), row.name) == (b"", "")
        assert row.destroyed_at is not None
        assert not path_of(file.place).exists()
        assert contents(StoredFile.objects.get(pk=other.pk)) == b"lain"


def test_destroyed_since_stays_destroyed_although_it_was_held_then(bogor, folder, empty):  # fmt: skip
    file = kept(bogor)
    StoredFile.objects.update(hold="Sengketa")
    backed_up(folder)
    StoredFile.objects.update(hold="")
    destroy(StoredFile.objects.get())
    with empty():
        restored(folder)
        assert StoredFile.objects.get(pk=file.pk).destroyed_at is not None


def test_without_the_ledger_it_is_back_and_the_restore_warns(
    bogor, folder, empty, lost
):
    file = kept(bogor)
    backed_up(folder)
    destroy(file)
    lost()
    with empty():
        said = restored(folder)
        assert StoredFile.objects.get().destroyed_at is None
        assert [line for line in said if line.startswith("PERINGATAN: tidak ada buku")]


def test_a_destruction_that_is_rolled_back_is_not_in_the_ledger(bogor):
    file = kept(bogor)
    with transaction.atomic():
        destroy(file)
        transaction.set_rollback(True)
    facts = list(ledger.facts(ledger.path()))
    assert [fact for fact in facts if fact[0] == ledger.DESTROYED] == []


# Numbers


def test_no_number_is_given_twice_and_what_was_given_is_named(bogor, folder, empty):
    before = [next_one(bogor) for _ in range(2)]
    backed_up(folder)
    since = [next_one(bogor) for _ in range(3)]
    with empty():
        said = restored(folder)
        assert f"Nomor dilewati: BGR {PAPER} 2026: 3-5 sudah diberikan" in said
        assert next_one(bogor) not in [*before, *since]
        assert next_one(bogor) == 7  # no more is left out than was given


def test_a_series_that_began_after_the_backup_goes_on(bogor, folder, empty):
    backed_up(folder)
    next_one(bogor, year=2027)
    with empty():
        restored(folder)
        assert next_one(bogor, year=2027) == 2


def test_without_the_ledger_a_step_is_left_out_in_every_series(bogor, folder, empty, lost):  # fmt: skip
    with clock.at(clock.now() - timedelta(days=2)):
        next_one(bogor)
        backed_up(folder)
    lost()
    with empty():
        said = restored(folder)
        assert f"Nomor dilewati: BGR {PAPER} 2026: 2-301 mungkin sudah diberikan" in said  # fmt: skip
        assert next_one(bogor) == 302
        assert next_one(bogor, kind="ticket") == 301  # never used before


def test_with_nothing_left_out_a_number_would_be_given_twice(bogor, folder, empty, lost):  # fmt: skip
    """The control, and the way of a planned move."""
    backed_up(folder)
    given = next_one(bogor)
    lost()
    with empty():
        restored(folder, skip=0)
        assert next_one(bogor) == given


def test_a_ledger_that_was_saved_elsewhere_is_brought(bogor, folder, empty, lost):
    backed_up(folder)
    given = [next_one(bogor) for _ in range(2)]
    elsewhere = lost()
    with empty():
        restored(folder, ledger=elsewhere)
        assert next_one(bogor) == given[-1] + 1
    with empty(), pytest.raises(Refused, match="tidak ada"):
        restored(folder, ledger=elsewhere / "lain")


def test_a_torn_line_hides_no_other(bogor):
    next_one(bogor)
    with ledger.path().open("a") as file:
        file.write('\n["number", "kota-bogor", "tick')
    next_one(bogor)
    given = [fact for fact in ledger.facts(ledger.path()) if fact[0] == ledger.NUMBER]
    assert [fact[-1] for fact in given] == [1, 2]


def test_nothing_personal_stands_in_the_ledger(bogor):
    destroy(kept(bogor))
    registration(bogor, name="CV Tunas Pandan")
    words = {fact[0] for fact in ledger.facts(ledger.path())}
    assert words == {ledger.NUMBER, ledger.DESTROYED}
    assert "Pandan" not in ledger.path().read_text()
