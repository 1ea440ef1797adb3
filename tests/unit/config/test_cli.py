"""The `loket` command: what it prints, what it returns, and what it does not load."""

import json
import subprocess
import sys

import pytest

from config import cli

BOGOR = ["clock", "--office", "kota-bogor", "--service", "registrasi-verifikasi"]


def loket(*arguments, env=None):
    return subprocess.run(
        [sys.executable, "-P", "-m", "config.cli", *arguments],
        capture_output=True, text=True, env=env,
    )  # fmt: skip


def refusal(capsys, *arguments):
    """The sentence a command refuses with; it prints nothing else."""
    assert cli.main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err.strip()


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main([name, "--help"])
    assert end.value.code == 0
    assert cli.COMMANDS[name].split()[0] in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["number", "nik"], ["pack"]])
def test_a_wrongly_typed_command_returns_2(arguments):
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2


def test_naming_the_commands_loads_no_django():
    code = "import sys, config.cli; print([m for m in sys.modules if m.startswith('django')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("kind", "value", "printed"),
    [
        ("nik", "3271 0101 0180 0001", "3271010101800001 (benar)"),
        ("npwp", "1000 0000 0000 0001", "1000000000000001 (perlu dicek)"),
    ],
)
def test_number_says_whether_it_is_well_formed(kind, value, printed):
    done = loket("number", kind, value)
    assert (done.returncode, done.stdout.strip()) == (0, printed)


def test_number_refuses_with_a_reason_that_does_not_repeat_it():
    done = loket("number", "nik", "3271")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "NIK terdiri atas 16 angka; yang ditulis 4 angka. Salin lagi dari KTP Anda.\n"
    )


def test_clock_counts_office_hours_over_breaks_and_holidays(capsys):
    assert cli.main([*BOGOR, "--start", "2026-12-23T13:50", "--minutes", "15"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Senin, 28 Desember 2026, 10.05 WIB",
        "Waktu kantor: 15 menit",
        "2026-12-28T10:05:00+07:00",
    ]


def test_clock_takes_a_start_of_another_zone(capsys):
    cli.main([*BOGOR, "--start", "2026-11-24T03:00:00+00:00", "--minutes", "15"])
    assert capsys.readouterr().out.splitlines()[-1] == "2026-11-24T10:15:00+07:00"


def test_clock_gives_the_same_answer_without_settings_or_database():
    done = loket(
        *BOGOR, "--start", "2026-12-23T13:50", "--minutes", "15", env={"PATH": "/bin"}
    )
    assert done.stdout.splitlines()[0] == "Senin, 28 Desember 2026, 10.05 WIB"


def test_clock_marks_a_due_time_in_a_year_without_decreed_holidays(capsys):
    assert cli.main([*BOGOR, "--start", "2039-12-21T10:00", "--minutes", "15"]) == 0
    counted = capsys.readouterr().out.splitlines()[1]
    assert (
        counted
        == "Waktu kantor: 15 menit (perkiraan: hari libur tahun itu belum ditetapkan)"
    )


def test_clock_names_the_known_offices_when_it_knows_no_such_office(capsys, tmp_path):
    sentence = refusal(
        capsys, "clock", "--office", "kota-lain", "--service", "x", "--start", "2026-11-24",
        "--minutes", "1", "--packs", str(tmp_path),
    )  # fmt: skip
    assert sentence == f"Kantor 'kota-lain' tidak ada di {tmp_path}. Yang ada: -."


def test_clock_names_the_known_services_when_it_knows_no_such_service(capsys):
    sentence = refusal(
        capsys, "clock", "--office", "kota-bogor", "--service", "lain", "--start", "2026-11-24",
        "--minutes", "1",
    )  # fmt: skip
    assert sentence.startswith(
        "kota-bogor tidak punya layanan 'lain'. Yang ada: informasi-user-id"
    )


def test_clock_refuses_negative_minutes(capsys):
    sentence = refusal(capsys, *BOGOR, "--start", "2026-11-24", "--minutes", "-1")
    assert sentence == "--minutes tidak boleh kurang dari 0."


def test_clock_explains_how_to_write_a_moment(capsys):
    with pytest.raises(SystemExit):
        cli.main([*BOGOR, "--start", "24/11/2026", "--minutes", "1"])
    assert "bukan waktu ISO 8601, misalnya 2026-12-23T13:50" in capsys.readouterr().err


def test_pack_check_passes_what_ships(capsys):
    assert cli.main(["pack", "check", "packs"]) == 0


def test_pack_check_fails_with_file_and_line(capsys, tmp_path):
    office = tmp_path / "kota-contoh"
    office.mkdir()
    (office / "office.yaml").write_text(
        "schema: 1\noffice: kota-contoh\nshoe_size: 42\n"
    )
    assert cli.main(["pack", "check", str(office)]) == 1
    assert f"{office}/office.yaml:3: " in capsys.readouterr().out


def test_pack_schema_describes_both_files(capsys):
    assert cli.main(["pack", "schema"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"office", "standard"}


def test_routes_lists_every_address_with_its_policy(capsys):
    assert cli.main(["routes", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    home = next(row for row in rows if row["path"] == "/")
    assert home["methods"] == ["GET"]
    assert home["roles"] == ["public"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["pack", "check", "packs/kota-bogor", "packs/kabupaten-batang", "packs/kota-depok"], 0),
        ([*BOGOR, "--start", "2026-12-23T13:50", "--minutes", "15"], 0),
        (["number", "nik", "3276015508950003"], 0),
        (["number", "npwp", "01.312.166.1-091.000"], 1),
        (["routes", "--json"], 0),
        (["doctor"], 0),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else str(value),
)  # fmt: skip
def test_commands_that_need_no_database_run_in_an_empty_environment(arguments, code):
    done = loket(*arguments, env={"PATH": "/usr/bin:/bin"})

    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert done.stdout or code


def test_routes_say_what_a_program_needs():
    rows = json.loads(loket("routes", "--json", env={"PATH": "/usr/bin:/bin"}).stdout)

    assert {tuple(row) for row in rows} == {
        ("path", "name", "methods", "roles", "id_params")
    }
    home = next(row for row in rows if row["name"] == "portal:home")
    assert home == {
        "path": "/",
        "name": "portal:home",
        "methods": ["GET"],
        "roles": ["public"],
        "id_params": [],
    }
