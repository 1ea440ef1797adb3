"""The embedded PostgreSQL: two roles, data that stay, and every way it may have ended."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from loket.kernel import postgres

HOLDER = """
import sys, time
from pathlib import Path
from loket.kernel import postgres
server = postgres.start(Path(sys.argv[1]), durable=True)
print(server.process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A data folder with one row in it, made once because making is slow."""
    folder = tmp_path_factory.mktemp("made") / "postgres"
    with postgres.start(folder, durable=True) as server:
        run(server.owner_url, "CREATE TABLE kept (word text)")
        run(server.owner_url, "INSERT INTO kept VALUES ('berkas')")
    return folder


@pytest.fixture
def folder(made):
    return made


def run(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


def hold(folder):
    """Another process that keeps the server of `folder` running."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE
    )
    return holder, int(holder.stdout.readline())


def is_running(pid):
    status = Path(f"/proc/{pid}/status")
    try:
        return "State:\tZ" not in status.read_text()
    except FileNotFoundError:
        return False


def wait_for_end(pid):
    deadline = time.monotonic() + 20
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(pid)


def test_application_role_has_no_power_beyond_its_rows(folder):
    with postgres.start(folder, durable=True) as server:
        powers = run(
            server.app_url,
            "SELECT current_user::text, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname = current_user",
        )
    assert powers == ("loket_app", False, False, False, False)


def test_application_role_may_not_make_tables(folder):
    with (
        postgres.start(folder, durable=True) as server,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        run(server.app_url, "CREATE TABLE forbidden (word text)")


def test_owner_role_owns_the_database_and_nothing_else(folder):
    with postgres.start(folder, durable=True) as server:
        owner = run(
            server.owner_url,
            "SELECT rolname::text, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles"
            " JOIN pg_database ON datdba = pg_roles.oid WHERE datname = 'loket'",
        )
    assert owner == ("loket_owner", False, False, False)


def test_durable_server_waits_for_the_disk(folder):
    with postgres.start(folder, durable=True) as server:
        kept = [
            run(server.app_url, f"SHOW {name}")[0]
            for name in ("fsync", "synchronous_commit", "full_page_writes")
        ]
    assert kept == ["on", "on", "on"]


def test_forgetful_server_lets_its_owner_make_databases(tmp_path):
    with postgres.start(tmp_path / "postgres", durable=False) as server:
        run(server.owner_url, "CREATE DATABASE another")
        assert run(server.app_url, "SHOW fsync") == ("off",)


def test_text_is_utf8_and_sorted_the_same_everywhere(folder):
    with postgres.start(folder, durable=True) as server:
        locale = run(
            server.app_url,
            "SELECT pg_encoding_to_char(encoding)::text, datlocprovider::text, datlocale,"
            " current_setting('TimeZone') FROM pg_database WHERE datname = current_database()",
        )
    assert locale == ("UTF8", "b", "C.UTF-8", "UTC")


def test_port_of_another_server_in_the_environment_misleads_nobody(folder, monkeypatch):  # fmt: skip
    monkeypatch.setenv("PGPORT", "5999")
    with postgres.start(folder, durable=False) as server:
        assert run(server.app_url, "SELECT current_user::text") == ("loket_app",)


def test_server_listens_on_no_network_address(folder):
    with postgres.start(folder, durable=True) as server:
        assert run(server.app_url, "SHOW listen_addresses") == ("",)


def test_socket_folder_is_closed_to_others(folder):
    with postgres.start(folder, durable=True):
        assert (folder / "run").stat().st_mode & 0o777 == 0o700


def test_data_are_there_after_a_second_start(folder):
    with postgres.start(folder, durable=True) as server:
        assert run(server.owner_url, "SELECT word FROM kept") == ("berkas",)


def test_second_start_joins_a_running_server_and_does_not_stop_it(folder):
    with postgres.start(folder, durable=True) as server:
        with postgres.start(folder, durable=True) as joined:
            assert joined.process is None
        assert run(server.owner_url, "SELECT word FROM kept") == ("berkas",)


def test_nothing_runs_after_stop(folder):
    server = postgres.start(folder, durable=True)
    server.stop()
    assert not is_running(server.process.pid)
    assert not (folder / "data/postmaster.pid").exists()


def test_killed_parent_takes_the_server_with_it(folder):
    holder, server = hold(folder)
    holder.kill()
    holder.communicate()
    assert wait_for_end(server)


def test_start_right_after_a_killed_parent_waits_for_the_old_server(folder):
    holder, _ = hold(folder)
    holder.kill()
    holder.wait()
    with postgres.start(folder, durable=True) as server:
        assert server.process is not None
        assert run(server.owner_url, "SELECT word FROM kept") == ("berkas",)
    holder.communicate()


def test_killed_server_recovers_although_its_notes_are_left(folder):
    holder, pid = hold(folder)
    os.kill(pid, signal.SIGKILL)
    with postgres.start(folder, durable=True) as server:
        assert run(server.owner_url, "SELECT word FROM kept") == ("berkas",)
    holder.kill()
    holder.communicate()


def test_note_of_a_process_number_that_now_belongs_to_another_program_is_ignored(
    folder,
):
    (folder / "data/postmaster.pid").write_text(f"{os.getpid()}\n")
    with postgres.start(folder, durable=True) as server:
        assert run(server.owner_url, "SELECT word FROM kept") == ("berkas",)


def test_half_made_data_folder_is_made_again(tmp_path):
    left = tmp_path / "postgres/new/base"
    left.mkdir(parents=True)
    with postgres.start(tmp_path / "postgres", durable=False) as server:
        assert run(server.app_url, "SELECT 1") == (1,)
    assert not (tmp_path / "postgres/new").exists()


def test_data_of_another_version_are_refused_with_the_words_of_the_server(
    folder, tmp_path
):
    broken = tmp_path / "postgres"
    shutil.copytree(folder / "data", broken / "data")
    (broken / "data/PG_VERSION").write_text("9\n")
    with pytest.raises(postgres.StartFailed, match="incompatible with server"):
        postgres.start(broken, durable=True)


@pytest.mark.parametrize("name", ["folder " + "x" * 100, "with,comma"])
def test_folder_whose_name_fits_no_address_still_works(tmp_path, name):
    with postgres.start(tmp_path / name / "postgres", durable=False) as server:
        assert run(server.app_url, "SELECT 1") == (1,)


# Not skips: a run is complete with the tests that its user can run.
if os.geteuid() == 0:

    def test_server_of_root_runs_as_a_user_without_a_name(folder):
        with postgres.start(folder, durable=True) as server:
            status = Path(f"/proc/{server.process.pid}/status").read_text()
        assert "\nUid:\t54321\t54321\t54321\t54321\n" in status
        assert "\nGroups:\t \n" in status

    def test_folder_that_only_root_may_enter_works_and_keeps_its_permissions(tmp_path):
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        with postgres.start(closed / "var/postgres", durable=False) as server:
            assert run(server.app_url, "SELECT 1") == (1,)
        assert closed.stat().st_mode & 0o777 == 0o700

    def test_data_made_by_an_ordinary_user_are_served_as_that_user(folder, tmp_path):
        theirs = tmp_path / "postgres"
        shutil.copytree(folder / "data", theirs / "data")
        for path in (theirs, *theirs.rglob("*")):
            os.chown(path, 4321, 4321)
        with postgres.start(theirs, durable=True) as server:
            assert run(server.owner_url, "SELECT word FROM kept") == ("berkas",)
        assert (theirs / "data/PG_VERSION").stat().st_uid == 4321

    def test_data_that_root_copied_back_are_served(folder, tmp_path):
        shutil.copytree(folder / "data", tmp_path / "postgres/data")
        with postgres.start(tmp_path / "postgres", durable=True) as server:
            assert run(server.owner_url, "SELECT word FROM kept") == ("berkas",)

else:

    def test_folder_of_another_user_is_refused_with_a_sentence():
        with pytest.raises(postgres.StartFailed, match="made by another user"):
            postgres.start(Path("/proc/1"), durable=True)
