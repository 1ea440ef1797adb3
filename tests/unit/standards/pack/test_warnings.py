"""What does not refuse a pack but should be looked at: missing components, revoked laws, open ends, readings."""

from dataclasses import replace

import pytest

from loket.standards.pack import (
    Severity,
    check,
    extra_components,
    format_problem,
    missing_components,
    read_pack,
)
from tests.unit.standards.pack.broken import OFFICE, STANDARD, change, line_of
from tests.unit.standards.pack.conftest import PACKS


def warnings(folder):
    found = [one for one in check([folder]) if one.severity is Severity.WARNING]
    return [(one.path.name, one.line, one.message) for one in found]


def messages(pack, severity):
    return [one.message for one in pack.problems if one.severity is severity]


def test_no_shipped_pack_has_an_error(bogor, depok, batang):
    assert [messages(pack, Severity.ERROR) for pack in (bogor, depok, batang)] == [
        [], [], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("office", "missing", "extra"),
    [
        ("bogor", ["SD6", "MF2", "MF3", "MF4", "MF5", "MF6", "MF7", "MF8"], ["X1"]),
        ("depok", [], ["X1", "X2"]),
        ("batang", ["SD4", "SD6", "MF4", "MF5", "MF6", "MF7", "MF8"], []),
    ],
)
def test_components_of_the_law_are_counted_honestly(request, office, missing, extra):
    for standard in request.getfixturevalue(office).standards:
        assert [one.code for one in missing_components(standard)] == missing
        assert [one.code for one in extra_components(standard)] == extra


def test_missing_components_are_named(batang):
    assert messages(batang, Severity.WARNING)[0] == (
        "7/14 komponen UU 25/2009; belum ada: Biaya/tarif; Penanganan pengaduan, saran,"
        " dan masukan; Pengawasan internal; Jumlah pelaksana; Jaminan pelayanan;"
        " Jaminan keamanan dan keselamatan pelayanan; Evaluasi kinerja pelaksana"
    )


def test_a_complete_standard_is_told_so(depok):
    notes = messages(depok, Severity.NOTE)
    told = {one for one in notes if "komponen" in one}
    assert told == {"lengkap 14/14 komponen UU 25/2009"}


def test_a_revoked_law_names_its_successor(depok):
    assert set(messages(depok, Severity.WARNING)) == {
        "kalender 'kantor' tercetak 's/d selesai'; jam dihitung sampai 15:30",
        "PP 82/2012 sudah dicabut; gantinya PP 71/2019",
    }


def test_batang_cites_two_revoked_rules(batang):
    assert messages(batang, Severity.WARNING)[1:] == [
        "Perlem LKPP 9/2018 sudah dicabut; gantinya Perlem LKPP 12/2021",
        "Perlem LKPP 14/2018 sudah dicabut; gantinya Perlem LKPP 10/2021",
    ]


def test_every_reading_is_shown():
    for pack in map(read_pack, sorted(PACKS.iterdir())):
        readings = [*pack.office.readings]
        readings += [one for standard in pack.standards for one in standard.readings]
        notes = [one for one in messages(pack, Severity.NOTE) if "komponen" not in one]
        assert sorted(notes) == sorted(
            f"{one.about}: tercetak {one.printed}; dipakai {one.chosen}"
            for one in readings
        )


def test_the_two_whatsapp_numbers_are_a_reading(bogor):
    (reading,) = [one for one in bogor.office.readings if "C27" in one.about]
    assert reading.chosen == "08151667956"


def test_a_law_cited_twice_is_a_warning(small):
    text = change(small / STANDARD, "[uu-25-2009]", "[uu-25-2009, uu-25-2009]")
    line = line_of(text, "legal_basis")
    expected = ("daftar-uji.yaml", line, "dasar hukum 'uu-25-2009' ditulis dua kali")
    assert warnings(small)[-1] == expected


def test_a_requirement_nobody_is_asked_for_is_a_warning(small):
    text = change(small / STANDARD, "  ktp: {", "  siup: {title: SIUP}\n  ktp: {")
    line = line_of(text, "  siup")
    expected = ("daftar-uji.yaml", line, "berkas 'siup' tidak diminta kepada siapa pun")
    assert warnings(small)[1:] == [expected]


def test_a_step_without_staff_is_a_warning(small):
    staff = "printed:\n  staff: {verifikator: 0, helpdesk: 1}\nlegal_basis:"
    text = change(small / STANDARD, "legal_basis:", staff)
    alone = ("cocokkan", "putuskan", "bukti", "tolak")
    assert warnings(small)[1:] == [
        (
            "daftar-uji.yaml",
            line_of(text, f"  - {{step: {code}"),
            (
                f"langkah '{code}' dikerjakan 'verifikator', tetapi jumlah pelaksana tidak"
                " menyebut seorang pun"
            ),
        )
        for code in alone
    ]


def test_a_deputy_with_staff_is_enough(small):
    staff = "printed:\n  staff: {helpdesk: 1}\nlegal_basis:"
    text = (small / STANDARD).read_text(encoding="utf-8")
    helped = text.replace("actor: verifikator,", "actor: verifikator, with: helpdesk,")
    (small / STANDARD).write_text(
        helped.replace("legal_basis:", staff), encoding="utf-8"
    )
    assert len(warnings(small)) == 1


def test_an_open_end_tells_its_default(small):
    week = '"13:00-"]}\n    open_end_counts_until: "16:00"'
    text = change(small / OFFICE, '"13:00-15:00"]}', week)
    message = "kalender 'loket' tercetak 's/d selesai'; jam dihitung sampai 16:00"
    assert warnings(small)[0] == ("office.yaml", line_of(text, "  loket"), message)


def test_warnings_and_notes_say_what_they_are(small):
    problem = read_pack(small).problems[0]
    told = [
        format_problem(replace(problem, line=7, severity=severity, message="lihat"))
        for severity in (Severity.WARNING, Severity.NOTE)
    ]
    assert told == [
        f"{problem.path}:7: peringatan: lihat",
        f"{problem.path}:7: catatan: lihat",
    ]
