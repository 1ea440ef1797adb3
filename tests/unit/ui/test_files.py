"""What the files of the room promise: vendored bytes, named parameters, no inline style or script."""

import gzip
import re
from hashlib import sha256
from pathlib import Path

import pytest

from loket import ui

ROOM = Path(ui.__file__).parent
STATIC = ROOM / "static" / "ui"
# A mail program fetches no stylesheet, so that a letter carries its own.
TEMPLATES = sorted(
    t for t in (ROOM / "templates").rglob("*.html") if t.parent.name != "mail"
)
PARTIALS = [
    t for t in TEMPLATES if t.name.startswith("_") and t.parent.name != "gallery"
]
# Parts of a face, which every page of the gallery shows anyway.
FACE = {"_brand", "_account", "_foot", "_contacts", "_rail", "_messages", "_reminders"}


def name(path):
    return str(path.relative_to(ROOM / "templates"))


def test_vendored_files_are_those_that_were_read():
    listed = re.findall(
        r"\| `(\S+)` \| `([0-9a-f]{64})` \|",
        (STATIC / "vendor" / "VENDOR.md").read_text(),
    )
    found = [
        (f, sha256((STATIC / "vendor" / f).read_bytes()).hexdigest()) for f, _ in listed
    ]
    assert len(listed) == 2
    assert found == listed


def test_every_vendored_file_has_its_licence():
    kept = sorted(p.name for p in (STATIC / "vendor").iterdir())
    assert kept == [
        "VENDOR.md",
        "bootstrap.LICENSE",
        "bootstrap.css",
        "plus-jakarta-sans-latin.woff2",
        "plus-jakarta-sans.LICENSE",
    ]


@pytest.mark.parametrize("template", PARTIALS, ids=name)
def test_partial_begins_with_a_word_on_its_parameters(template):
    assert template.read_text().startswith("{# ")


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_template_has_no_inline_style_script_or_handler(template):
    assert (
        re.findall(
            r"<style|<script|<\w+[^>{]*\s(?:style|on[a-z]+)=", template.read_text()
        )
        == []
    )


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_template_fits_on_a_screen_or_two(template):
    assert len(template.read_text().splitlines()) <= 120


def test_every_icon_that_is_named_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text()))
    text = "\n".join(t.read_text() for t in TEMPLATES)
    used = set(re.findall(r"{% icon [\"'](\w+)", text))
    used |= set(re.findall(r"{% chip \S+ [\"'](\w+)", text))
    assert used - sprite == set()


def test_every_partial_is_shown_in_the_gallery():
    gallery = "\n".join(t.read_text() for t in TEMPLATES if t.parent.name == "gallery")
    shown = {f"_{found}" for found in re.findall(r'"ui/_(\w+)\.html"', gallery)}
    whole = {p.stem for p in PARTIALS if p.parent.name == "ui"}
    assert whole - shown == FACE


def test_first_view_stays_small():
    """Bytes on the wire that a first page needs beside its own HTML, uncompressed fonts included."""
    sheets = ["vendor/bootstrap.css", "tokens.css", "loket.css"]
    text = sum(
        len(gzip.compress((STATIC / s).read_bytes())) for s in [*sheets, "icons.svg"]
    )
    font = (STATIC / "vendor" / "plus-jakarta-sans-latin.woff2").stat().st_size
    assert text + font < 80_000
