"""The samples of docs/operations fit the program: its settings, its commands, its address; publiccode.yml is whole."""

import re

import pytest
from ruamel.yaml import YAML

from config.cli import COMMANDS
from tests.docs.pages import ROOT

SAMPLES = ROOT / "docs/operations/samples"
UNITS = sorted(SAMPLES.glob("*.service"))
NEEDED = {
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal",
    "maintenance", "localisation", "categories", "releaseDate", "softwareVersion",
}  # fmt: skip


def test_every_setting_of_the_sample_is_read_by_the_program():
    said = re.findall(r"^([A-Z_]+)=", (SAMPLES / "loket.env").read_text(), re.MULTILINE)
    code = "".join(each.read_text() for each in (ROOT / "config").glob("*.py"))
    assert [each for each in said if f'"{each}"' not in code] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_unit_runs_a_command_that_exists(unit):
    [command] = re.findall(r"^ExecStart=/srv/loket/.venv/bin/loket (\w+)", unit.read_text(), re.MULTILINE)  # fmt: skip
    assert command in COMMANDS


def test_proxies_lead_to_where_the_pages_are_served():
    [port] = re.findall(r"--port (\d+)", (SAMPLES / "loket-web.service").read_text())
    for name in ("nginx.conf", "Caddyfile"):
        assert set(re.findall(r"127\.0\.0\.1:(\d+)", (SAMPLES / name).read_text())) == {port}  # fmt: skip


def test_description_for_catalogues_of_public_code_is_whole():
    found = YAML(typ="safe").load((ROOT / "publiccode.yml").read_text())
    assert set(found) >= NEEDED
    for said in found["description"].values():
        assert len(said["shortDescription"]) <= 150
        assert 150 <= len(said["longDescription"]) <= 10_000
        assert said["features"]
    assert found["legal"]["license"] == "Apache-2.0"
