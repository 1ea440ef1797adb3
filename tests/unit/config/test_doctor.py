"""`loket doctor`: it fails for what is required alone, and says where to get the rest."""

import socket

import pytest

from config import cli
from config.commands import doctor


def finding(what):
    return next(each for each in doctor.look() if each.what == what)


def test_machine_that_runs_the_tests_lacks_nothing_required(capsys):
    assert cli.main(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("MISSING")] == []


def test_missing_library_fails(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "LIBRARIES", ("no-such-library",))
    assert cli.main(["doctor"]) == 1
    assert "MISSING  no-such-library          run bin/setup" in capsys.readouterr().out


def test_missing_shared_library_is_told_and_passes(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "SHARED_LIBRARIES", {"libnone.so.0": "PDF documents"})
    assert cli.main(["doctor"]) == 0
    assert "absent   libnone.so.0" in capsys.readouterr().out


def test_folder_that_cannot_be_written_fails(monkeypatch, capsys):
    monkeypatch.setattr(doctor.env, "VAR_DIR", doctor.Path("/proc/loket"))
    assert cli.main(["doctor"]) == 1
    assert "MISSING  folder for data" in capsys.readouterr().out


def test_reachable_database_is_named_with_its_version():
    assert finding("database").detail.startswith("PostgreSQL 1")


def test_unreachable_database_is_told_and_passes(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://loket_app@/loket?host=/nowhere")
    assert cli.main(["doctor"]) == 0
    assert not finding("database").is_there


def test_embedded_database_is_not_started_for_a_look(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(doctor.running, "POSTGRES_FOLDER", tmp_path / "postgres")
    assert finding("database").detail == "embedded; made at the first start"
    assert not (tmp_path / "postgres").exists()


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


def test_mail_server_that_answers_is_found(monkeypatch, listener):
    monkeypatch.setenv("EMAIL_HOST", "127.0.0.1")
    monkeypatch.setenv("EMAIL_PORT", listener)
    assert finding("mail server")[1:] == (True, f"127.0.0.1:{listener}", False)


def test_mail_server_that_is_away_is_told_with_its_settings(monkeypatch):
    monkeypatch.setenv("EMAIL_HOST", "127.0.0.1")
    monkeypatch.setenv("EMAIL_PORT", "1")
    found = finding("mail server")
    assert (found.is_there, found.detail.endswith("see EMAIL_HOST, EMAIL_PORT")) == (False, True)  # fmt: skip


def test_missing_mailbox_for_returns_says_how_to_set_it(monkeypatch):
    monkeypatch.setenv("LOKET_IMAP", "")
    assert finding("mailbox for returns")[1:3] == (False, "set LOKET_IMAP to see mail that comes back")  # fmt: skip


def test_mailbox_is_named_without_its_password(monkeypatch, listener):
    monkeypatch.setenv("LOKET_IMAP", f"imap://loket:rahasia@127.0.0.1:{listener}/INBOX")
    assert finding("mailbox for returns").detail == f"127.0.0.1:{listener}"
