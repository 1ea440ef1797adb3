"""An exported pack reads equal to its source, and writing it again changes no byte."""

import json

import pytest

from loket.standards.pack import Pack, read_pack, write_pack
from tests.unit.standards.pack.broken import STANDARD, change, line_of


def content(folder):
    files = sorted(folder.rglob("*.yaml"))
    return {str(one.relative_to(folder)): one.read_bytes() for one in files}


def ordered(spec):
    """The record with the order of its keys, which equality alone would not see."""
    return json.dumps(spec.model_dump(mode="json", by_alias=True))


@pytest.mark.parametrize("office", ["bogor", "depok", "batang"])
def test_an_export_parses_equal_to_its_source(request, tmp_path, office):
    pack = request.getfixturevalue(office)
    folder = tmp_path / pack.office.office
    write_pack(pack, folder)
    again = read_pack(folder)
    assert again.office == pack.office
    assert again.standards == pack.standards
    assert [ordered(one) for one in again.standards] == [
        ordered(one) for one in pack.standards
    ]


@pytest.mark.parametrize("office", ["bogor", "depok", "batang"])
def test_an_export_of_an_export_is_the_same_text(request, tmp_path, office):
    pack = request.getfixturevalue(office)
    first, second = tmp_path / "1" / pack.office.office, tmp_path / "2"
    write_pack(pack, first)
    write_pack(read_pack(first), second)
    assert content(second) == content(first)


def test_the_first_version_has_no_date_in_its_name(bogor, tmp_path):
    write_pack(bogor, tmp_path)
    assert list(content(tmp_path)) == [
        "office.yaml",
        "standards/registrasi-verifikasi.2021-03-01.yaml",
        "standards/registrasi-verifikasi.yaml",
    ]


def test_records_survive_json_as_a_database_keeps_them(bogor, depok, batang):
    for pack in (bogor, depok, batang):
        for spec in (pack.office, *pack.standards):
            kept = spec.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            assert type(spec).model_validate(json.loads(json.dumps(kept))) == spec


def test_a_pack_without_its_office_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="without its office"):
        write_pack(Pack(None, (), []), tmp_path)


PAPERS = """
    place: Uji
    signed_by: Kepala Bagian
    considering: [Perlu]
    dictums:
      - {id: Menetapkan standar, en: Sets the standard}
      - Berlaku hari ini
maklumat:
  text: {id: Kami berjanji, en: We promise}
  signed_by: Kepala Bagian
  place: Uji
  date: 2024-01-02
refusal_reasons:
  kabur: {title: {id: Kabur, en: Blurred}, advice: Pindai ulang}
letters:
  surat-kuasa:
    title: Surat kuasa
    blocks:
      - {opening: "Atas nama {company}", facts: [name, nik]}
    points: [Menyerahkan berkas]
    signed_by: owner_and_proxy
    meterai: true
"""


def test_an_export_keeps_what_the_printed_papers_say(small, tmp_path):
    change(small / "office.yaml", "    recalling: [uu-25-2009]\n", f"    recalling: [uu-25-2009]{PAPERS}")  # fmt: skip
    change(small / STANDARD, "legal_basis:", "letters: [surat-kuasa]\nlegal_basis:")
    pack = read_pack(small)
    folder = tmp_path / "out" / "kota-uji"
    write_pack(pack, folder)
    again = read_pack(folder)
    assert [ordered(each) for each in (again.office, *again.standards)] == [
        ordered(each) for each in (pack.office, *pack.standards)
    ]
    assert (again.office.maklumat.place, len(again.office.decrees["sk-1"].dictums)) == ("Uji", 2)  # fmt: skip


def test_a_letter_nobody_offers_is_noted(small):
    text = change(small / "office.yaml", "uploads:", "letters:\n  lama: {title: Lama, blocks: [{opening: Halo}]}\nuploads:")  # fmt: skip
    assert [(one.line, one.message) for one in read_pack(small).problems if "surat" in one.message] == [
        (line_of(text, "  lama"), "surat 'lama' tidak ditawarkan standar mana pun; sebut di letters standar")
    ]  # fmt: skip
