"""From upload to the scanner's verdict, with a real clamd: held, clean, infected; away, slow, too large."""

import threading

import pytest
from django.db import connection

from loket.files import actions, scanner, scanning
from loket.files.actions import Limits, contents, destroy, look, store, store_upload
from loket.files.models import FileView, Scan, StoredFile
from loket.files.permissions import Withheld
from loket.kernel import clock
from tests.factories.clamav import NAME, STREAM_LIMIT, VIRUS, Clamd, listener
from tests.factories.jobs import run_jobs_here
from tests.factories.papers import pdf, picture
from tests.factories.people import officer, person

pytestmark = pytest.mark.django_db
LIMITS = Limits(("pdf", "jpg"), 4)
SICK = pdf() + b"\n% " + VIRUS
HELD = "Berkas ini sedang dipindai. Coba lagi sebentar."
INFECTED = "Berkas ini mengandung virus dan tidak dibuka."
UNSCANNED = "Berkas ini belum dipindai. Yang dapat dilihat hanya gambarnya."


@pytest.fixture(scope="session")
def daemon(tmp_path_factory):
    made = Clamd(tmp_path_factory.mktemp("clamd"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def clamd(daemon, settings):
    settings.CLAMD = daemon.unix
    return daemon


@pytest.fixture
def told(monkeypatch):
    """Whom the scanner's verdict reached."""
    files = []
    monkeypatch.setattr(scanning, "_told", [files.append])
    return files


def upload(office, data=None):
    return store_upload(office, data=data or pdf(), name="npwp.pdf", limits=LIMITS, by=person())  # fmt: skip


def state(file):
    return StoredFile.objects.get(pk=file.pk).scan


def reason(file, **how):
    """Why nothing is given, and that nothing was written down as seen."""
    before = FileView.objects.count()
    with pytest.raises(Withheld) as refusal:
        look(file, by=officer(file.office), as_what="officer", **how)
    assert FileView.objects.count() == before
    return str(refusal.value)


@pytest.mark.parametrize("way", ["unix", "tcp"])
def test_scanner_is_asked_over_socket_and_network(daemon, settings, way):
    settings.CLAMD = getattr(daemon, way)
    assert scanner.virus_in([b"harmless"]) == ""
    assert scanner.virus_in([b"x" * 70_000, b"", VIRUS]) == NAME
    assert scanner.version()[:6] == "ClamAV"


def test_stream_over_the_limit_of_the_daemon_is_not_called_clean(clamd):
    with pytest.raises(scanner.NotScanned) as refusal:
        scanner.virus_in([b"x" * 60_000] * (STREAM_LIMIT // 60_000 + 20))
    assert str(refusal.value) == "INSTREAM size limit exceeded. ERROR"


def test_daemon_that_never_answers_is_waited_for_only_so_long(settings, monkeypatch):
    monkeypatch.setattr(scanner, "PATIENCE", 0.2)
    with listener() as settings.CLAMD, pytest.raises(scanner.NoAnswer):
        scanner.virus_in([b"harmless"])


def test_upload_is_held_until_it_is_clean(bogor, clamd):
    file = upload(bogor)
    assert (file.scan, state(file)) == (Scan.HELD, Scan.HELD)
    assert (reason(file), reason(file, page=1)) == (HELD, HELD)
    run_jobs_here()
    assert state(file) == Scan.CLEAN
    assert look(file, by=officer(bogor), as_what="officer") == contents(file)
    assert look(file, by=officer(bogor), as_what="officer", page=1)[1:4] == b"PNG"


def test_virus_is_never_shown_and_somebody_is_told(bogor, clamd, told):
    file = upload(bogor, SICK)
    run_jobs_here()
    assert (state(file), told) == (Scan.INFECTED, [file])
    assert (reason(file), reason(file, page=1)) == (INFECTED, INFECTED)


def test_without_a_scanner_there_are_pictures_only(bogor, settings):
    settings.CLAMD = ""
    file = upload(bogor)
    assert state(file) == Scan.NOT_SCANNED
    assert look(file, by=officer(bogor), as_what="officer", page=1)[1:4] == b"PNG"
    assert reason(file) == UNSCANNED


def test_what_loket_drew_itself_needs_no_scanner(bogor, clamd):
    file = store(bogor, data=pdf(), name="r.pdf", content_type="application/pdf", pages=1, by=None)  # fmt: skip
    assert state(file) == Scan.OWN
    assert scanning.sweep() == 0
    assert look(file, by=person(), as_what="party") == contents(file)


def test_held_gate_is_what_holds(bogor, clamd, monkeypatch):
    """The control: without the gate the bytes of a held file would be given."""
    file = upload(bogor, SICK)
    monkeypatch.setattr(actions, "check_scan", lambda file, whole: None)
    assert look(file, by=officer(bogor), as_what="officer") == SICK


def test_file_stays_held_while_the_scanner_is_away_and_is_swept_when_it_is_back(
    bogor, clamd, told
):
    with clamd.away():
        files = [upload(bogor), upload(bogor, SICK)]
        run_jobs_here()
        assert scanning.sweep() == 1  # the first that is not answered ends it
        assert [state(file) for file in files] == [Scan.HELD, Scan.HELD]
    assert scanning.sweep() == 2
    assert [state(file) for file in files] == [Scan.CLEAN, Scan.INFECTED]


def test_slow_scanner_leaves_the_file_held(bogor, settings, monkeypatch):
    monkeypatch.setattr(scanner, "PATIENCE", 0.2)
    with listener() as settings.CLAMD:
        file = upload(bogor)
        run_jobs_here()
    assert state(file) == Scan.HELD


def test_file_over_the_limit_of_the_daemon_stays_held_and_does_not_stop_the_sweep(
    bogor, clamd, caplog
):
    large, small = upload(bogor, picture() + bytes(STREAM_LIMIT * 5)), upload(bogor)
    assert scanning.sweep() == 2
    assert (state(large), state(small)) == (Scan.HELD, Scan.CLEAN)
    assert caplog.messages == [
        f"Scanner refuses file {large.pk}: INSTREAM size limit exceeded. ERROR"
    ]


def test_files_from_before_there_was_a_scanner_are_taken_up(bogor, daemon, settings, told):  # fmt: skip
    settings.CLAMD = ""
    old, sick = upload(bogor), upload(bogor, SICK)
    assert scanning.sweep() == 0
    settings.CLAMD = daemon.tcp
    assert scanning.sweep() == 2
    assert (state(old), state(sick), told) == (Scan.CLEAN, Scan.INFECTED, [sick])


def test_verdict_is_written_once_and_never_taken_back(bogor, clamd, told):
    file = upload(bogor, SICK)
    assert scanning.settle(file, virus=NAME)
    assert not scanning.settle(file, virus="")
    assert not scanning.settle(file, virus=NAME)
    assert (state(file), len(told)) == (Scan.INFECTED, 1)


def test_what_was_destroyed_meanwhile_gets_no_verdict(bogor, clamd):
    file = upload(bogor)
    destroy(file)
    run_jobs_here()
    assert not scanning.settle(file, virus="")
    assert state(file) == Scan.HELD


def test_file_that_is_damaged_does_not_stop_the_sweep(bogor, clamd, caplog):
    broken, whole = upload(bogor), upload(bogor)
    actions.path_of(broken.place).unlink()
    assert scanning.sweep() == 2
    assert (state(broken), state(whole)) == (Scan.HELD, Scan.CLEAN)


def test_verdict_rolls_back_with_what_was_to_be_told(bogor, clamd, monkeypatch):
    def fail(file):
        raise RuntimeError

    monkeypatch.setattr(scanning, "_told", [fail])
    file = upload(bogor, SICK)
    with pytest.raises(RuntimeError):
        scanning.scan(file.pk)
    assert state(file) == Scan.HELD


@pytest.mark.django_db(transaction=True)
def test_of_two_verdicts_at_once_one_counts(bogor, clamd, told):
    file, results = upload(bogor, SICK), []
    ready = threading.Barrier(2)

    def judge():
        ready.wait()
        results.append(scanning.settle(file, virus=NAME))
        connection.close()

    threads = [threading.Thread(target=judge) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (sorted(results), len(told)) == ([False, True], 1)


def test_upload_of_a_minute_ago_waits_its_turn(bogor, clamd, monkeypatch):
    monkeypatch.setattr(scanning, "MOST", 1)
    young = upload(bogor)
    with clock.at(clock.now().replace(year=2025)):
        old = upload(bogor)
    assert scanning.sweep() == 1
    assert (state(old), state(young)) == (Scan.CLEAN, Scan.HELD)
