"""The pages say what is so: commands and files exist, links lead somewhere, names are those of the code."""

import re
import tomllib

import pytest
from django.apps import apps

from config.cli import main
from tests.docs.pages import ROOT, blocks, links, pages, tracked

ADRS = sorted((ROOT / "docs/adr").glob("*.md"))
SECTIONS = ["Context", "Decision", "Consequences"]
# Each pattern does not match itself, so that this file is searched too.
FORBIDDEN = (
    "/wor[k]/",
    "share[d]/",
    "pypi[.]org",
    "pythonhoste[d]",
    "npmjs[.]",
    "assistan[t]",
)
SHELF = {
    "__init__", "__pycache__", "actions", "apps", "data", "forms", "migrations", "models",
    "notifications", "permissions", "queries", "seeds", "static", "steps", "tasks",
    "templates", "templatetags", "urls", "views", "workflow",
}  # fmt: skip
NAME = re.compile(r"`([a-z]+(?:_[a-z]+)+)`")


def relative(file):
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("page", pages(), ids=relative)
def test_each_link_leads_to_a_file(page):
    missing = [one for one in links(page) if not (page.parent / one).exists()]
    assert missing == []


@pytest.mark.parametrize(
    ("page", "most"),
    [("README.md", 80), ("ARCHITECTURE.md", 200), ("STYLE.md", 200)],
)
def test_a_page_stays_short(page, most):
    assert len((ROOT / page).read_text().splitlines()) <= most


@pytest.mark.parametrize("page", pages(), ids=relative)
def test_each_command_a_page_names_exists(page):
    text = page.read_text()
    scripts = set(re.findall(r"(?<!\.venv/)\bbin/([a-z-]+)", text))
    assert [name for name in scripts if not (ROOT / "bin" / name).is_file()] == []


def test_each_subcommand_a_page_names_exists(capsys):
    text = "".join(page.read_text() for page in pages())
    typed = set(re.findall(r"[`/]loket ((?:pack )?[a-z]+)", text))
    assert typed >= {"pack check", "pack load", "pack schema", "pack export", "clock"}
    for words in typed:
        with pytest.raises(SystemExit) as ended:
            main([*words.split(), "--help"])
        assert ended.value.code == 0


def test_decisions_are_numbered_without_gaps():
    numbers = [file.name[:4] for file in ADRS]
    assert numbers == [f"{number:04d}" for number in range(1, len(ADRS) + 1)]


@pytest.mark.parametrize("adr", ADRS, ids=relative)
def test_a_decision_has_its_parts_and_is_short(adr):
    text = adr.read_text()
    assert text.startswith(f"# {adr.name[:4]}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert re.search(
        r"^Status: (accepted|superseded by \[\d{4}\].*) *$", text, re.MULTILINE
    )
    assert re.search(r"^Date: \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert len(text.splitlines()) <= 60


def layers():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return settings["tool"]["importlinter"]["contracts"][0]["layers"]


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md"])
def test_the_rooms_stand_in_the_order_of_their_imports(page):
    first_cells = re.findall(r"^\| `(\w+)` \|", (ROOT / page).read_text(), re.MULTILINE)
    assert [name for name in first_cells if name in layers()] == layers()


def test_each_top_folder_is_on_the_map():
    folders = {
        relative(file).split("/")[0] for file in tracked() if file.parent != ROOT
    }
    named = set(re.findall(r"^\| `(\w+)/` \|", (ROOT / "README.md").read_text(), re.M))
    assert {name for name in folders if name[0] != "."} - named == set()


def test_the_architecture_names_tables_and_constraints_that_exist():
    text = (ROOT / "ARCHITECTURE.md").read_text()
    models = [one for one in apps.get_models() if one.__module__.startswith("loket.")]
    constraints = {rule.name for one in models for rule in one._meta.constraints}
    tables = {one._meta.model_name for one in models}
    named = {name for name in NAME.findall(text) if name.split("_")[0] in tables}
    assert named - constraints == set()
    rooms = re.findall(r"^\| `\w+` \| ([A-Z][A-Za-z, ]+) \|", text, re.MULTILINE)
    listed = {name for cell in rooms for name in cell.split(", ")}
    assert listed - {one.__name__ for one in models} == set()


def test_a_file_beside_the_shelf_is_explained():
    found = {
        f"{file.parent.name}/{file.name}"
        for room in layers()
        if room not in {"kernel", "ui"}  # toolboxes without a shelf
        for file in (ROOT / "loket" / room).iterdir()
        if file.stem not in SHELF
    }
    text = (ROOT / "docs/adr/0009-files-beside-the-shelf.md").read_text()
    named = set(re.findall(r"`(\w+/\w+(?:\.py)?)`", text)) - {"kernel/middleware.py"}
    assert named == found


@pytest.mark.parametrize("page", pages(), ids=relative)
def test_each_block_says_its_language(page):
    fences = re.findall(r"^```(\w*)", page.read_text(), re.MULTILINE)
    assert [language for language in fences[::2] if not language] == []
    assert len(fences) == 2 * len(list(blocks(page)))


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_nothing_refers_to_where_it_was_made(pattern):
    sought = re.compile(pattern.encode(), re.IGNORECASE)
    found = [relative(file) for file in tracked() if sought.search(file.read_bytes())]
    assert found == []
