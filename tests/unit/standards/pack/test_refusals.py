"""Every way to break a pack is refused with its file, its line and what to do."""

from pathlib import Path

import pytest

from loket.standards.pack import Severity, check, format_problem, has_errors, read_pack
from tests.unit.standards.pack.broken import CASES, OFFICE, STANDARD, change, line_of


def errors(folder: Path) -> list[tuple[Path, int, str]]:
    return [
        (one.path.relative_to(folder), one.line, one.message)
        for one in check([folder])
        if one.severity is Severity.ERROR
    ]


def test_the_small_pack_is_accepted(small):
    assert errors(small) == []


@pytest.mark.parametrize("name", CASES)
def test_a_broken_pack_is_refused_with_file_and_line(small, name):
    file, old, new, beginning, message = CASES[name]
    text = change(small / file, old, new)
    assert errors(small) == [(Path(file), line_of(text, beginning), message)]


def test_a_refusal_prints_as_file_line_and_sentence(small):
    text = change(small / STANDARD, "tolak: tolak}", "tolak: buang}")
    (problem,) = [one for one in check([small]) if one.severity is Severity.ERROR]
    line = line_of(text, "  - {step: putuskan")
    assert format_problem(problem) == (
        f"{small / STANDARD}:{line}: langkah 'putuskan' menunjuk ke 'buang' yang tidak ada"
    )


def test_each_mistake_of_a_file_is_told(small):
    text = change(small / OFFICE, "name: LPSE Kota Uji", "name: 12\nwarna: biru")
    assert errors(small) == [
        (
            Path(OFFICE),
            line_of(text, "name"),
            "'name' harus berupa teks; beri tanda kutip",
        ),
        (
            Path(OFFICE),
            line_of(text, "warna"),
            "kunci 'warna' tidak dikenal; periksa ejaannya",
        ),
    ]


def test_two_versions_of_one_date_are_refused(small):
    first = small / STANDARD
    second = small / "standards" / "daftar-uji.2024-02-01.yaml"
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    message = "daftar-uji sudah punya versi yang berlaku 2024-02-01"
    assert errors(small) == [(Path(STANDARD), 3, message)]


def test_an_open_route_without_steps_is_refused(small):
    text = (small / STANDARD).read_text(encoding="utf-8")
    only_remote = text.replace("text: ", "when: {routes: [remote]}, text: ")
    (small / STANDARD).write_text(only_remote, encoding="utf-8")
    line = line_of(only_remote, "  counter")
    message = "rute 'counter' tidak punya satu langkah pun untuk 'usaha'"
    assert errors(small) == [(Path(STANDARD), line, message)]


def test_a_deliberate_jump_into_a_branch_is_accepted(small):
    change(
        small / STANDARD, "document: bukti, ends: true", "document: bukti, next: tolak"
    )
    assert errors(small) == []


def test_a_route_outside_loket_needs_no_steps(small):
    text = (small / STANDARD).read_text(encoding="utf-8")
    only_counter = text.replace("text: ", "when: {routes: [counter]}, text: ")
    (small / STANDARD).write_text(only_counter, encoding="utf-8")
    assert errors(small) == []


def test_a_party_outside_may_be_the_actor(small):
    change(
        small / STANDARD,
        "actor: verifikator, text: Menolak",
        "actor: lkpp, text: Menolak",
    )
    assert errors(small) == []


def test_a_rule_of_the_office_itself_may_be_cited(small):
    rule = (
        "own_rules:\n  sop-1: {kind: SOP, number: SOP-1, title: Pendaftaran}\nuploads:"
    )
    change(small / OFFICE, "uploads:", rule)
    change(small / STANDARD, "legal_basis: [uu-25-2009]", "legal_basis: [sop-1]")
    assert errors(small) == []


def test_a_missing_office_file_is_refused(small):
    (small / OFFICE).unlink()
    message = "berkas tidak ada atau tidak dapat dibuka"
    assert errors(small) == [(Path(OFFICE), 1, message)]


def test_a_file_in_another_encoding_is_refused(small):
    (small / OFFICE).write_bytes("name: Kantor é".encode("latin-1"))
    message = "berkas bukan UTF-8; simpan ulang sebagai UTF-8"
    assert errors(small) == [(Path(OFFICE), 1, message)]


def test_an_empty_file_is_refused(small):
    (small / STANDARD).write_text("", encoding="utf-8")
    message = "berkas harus berisi pasangan kunci dan nilai"
    assert errors(small) == [(Path(STANDARD), 1, message)]


def test_two_offices_may_not_share_a_code(small):
    other = small.parent / "kota-lain"
    other.mkdir()
    office = (small / OFFICE).read_text(encoding="utf-8")
    (other / OFFICE).write_text(
        office.replace("kota-uji", "kota-lain"), encoding="utf-8"
    )
    found = [one for one in check([small.parent]) if one.severity is Severity.ERROR]
    assert [format_problem(one) for one in found] == [
        f"{small / OFFICE}:1: 'UJI' sudah dipakai oleh {other}"
    ]


def test_a_broken_standard_is_left_out_of_the_pack(small):
    change(small / STANDARD, "title: Daftar uji\n", "")
    pack = read_pack(small)
    assert pack.office is not None
    assert (pack.office.code, pack.standards) == ("UJI", ())
    assert has_errors(pack.problems)
