"""Packs of offices that publish in English too say which of their words have none."""

from pathlib import Path

import pytest

from loket.standards.pack import read_pack

PACKS = sorted((Path(__file__).parents[4] / "packs").iterdir())
UNSAID = "belum ada padanan Inggris (en)"


def unsaid(folder):
    return [(each.path.name, each.line) for each in read_pack(folder).problems if each.message == UNSAID]  # fmt: skip


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_everything_our_packs_publish_is_there_in_english(folder):
    assert unsaid(folder) == []


def test_a_text_without_english_is_named_with_its_line(tmp_path):
    source = next(each for each in PACKS if each.name == "kota-depok")
    folder = tmp_path / source.name
    (folder / "standards").mkdir(parents=True)
    for file in source.rglob("*.yaml"):
        copy = folder / file.relative_to(source)
        copy.write_text(file.read_text().replace("title: {id: Surat kuasa, en: Power of attorney}", "title: Surat kuasa"))  # fmt: skip
    office = (folder / "office.yaml").read_text().splitlines()
    assert unsaid(folder) == [
        ("office.yaml", office.index("    title: Surat kuasa") + 1)
    ]
