"""NPWP and NIK: every form, every mistake, and which of them are the same place."""

import datetime as dt

import pytest

from loket.offices.numbers import InvalidNumber, Npwp, mask, parse_nik, parse_npwp

TODAY = dt.date(2026, 11, 23)


def code_of(parse, text):
    with pytest.raises(InvalidNumber) as raised:
        parse(text)
    return raised.value.code


@pytest.mark.parametrize(
    ("text", "gender", "birth"),
    [
        ("3171011708450001", "L", "1945-08-17"),
        ("3276015508950003", "P", "1995-08-15"),
        ("3276012902000001", "L", "2000-02-29"),
        ("9271011708450001", "L", "1945-08-17"),
        ("9601011708450001", "L", "1945-08-17"),
        ("6501011708450001", "L", "1945-08-17"),
        ("32.76.01.550895.0003", "P", "1995-08-15"),
        ("3276 0155 0895 0003", "P", "1995-08-15"),
        ("3276017108950003", "P", "1995-08-31"),
    ],
)
def test_nik_tells_gender_and_birth(text, gender, birth):
    nik = parse_nik(text)
    assert (nik.gender, nik.birth_date(TODAY).isoformat()) == (gender, birth)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3276016902050001", "date"),
        ("3276013102950003", "date"),
        ("3276010008950003", "date"),
        ("3276014008950003", "date"),
        ("3276017208950003", "date"),
        ("3276018108950003", "date"),
        ("3276019908950003", "date"),
        ("3276011513950003", "date"),
        ("9971011708450001", "region"),
        ("1000000000123456", "region"),
        ("3200015508950003", "region"),
        ("3276005508950003", "region"),
        ("3276015508950000", "serial"),
        ("327601550895000", "length"),
        ("32760155089500031", "length"),
        ("", "characters"),
        ("327601550895000E", "characters"),
        ("٣٢٧٦٠١٥٥٠٨٩٥٠٠٠٣", "characters"),
    ],
)
def test_impossible_nik_is_refused(text, code):
    assert code_of(parse_nik, text) == code


def test_nik_of_an_unknown_regency_needs_a_check():
    assert parse_nik("3299015508950003").needs_check is True
    assert parse_nik("3276015508950003").needs_check is False


def test_nik_names_its_region():
    nik = parse_nik("3276015508950003")
    assert (nik.province, nik.regency) == ("32", "32.76")


def test_birth_date_is_never_in_the_future():
    nik = parse_nik("3276012411260003")
    assert nik.birth_date(TODAY) == dt.date(1926, 11, 24)
    assert nik.birth_date(dt.date(2026, 11, 24)) == dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "01.312.166.0-091.000",
        "01.300.066.6-091.000",
        "01.000.013.1-093.000",
        "09.254.294.3-407.000",
        "02.183.241.5-000.000",
        "65.389.112.7-005.000",
    ],
)
def test_valid_npwp_of_a_head_office(text):
    digits = text.replace(".", "").replace("-", "")
    assert parse_npwp(text) == Npwp(
        digits, "npwp15", f"0{digits}", "000000", needs_check=False
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("01.312.166.0-091.000", "npwp15"),
        ("013121660091000", "npwp15"),
        (" 01 312 166 0 – 091 000 ", "npwp15"),
        ("0013121660091000", "npwp16"),
        ("0013121660091000000000", "nitku"),
        ("01.312.166.0-404.000", "npwp15"),
    ],
)
def test_every_spelling_of_a_head_office_is_one_place(text, kind):
    npwp = parse_npwp(text)
    assert (npwp.kind, npwp.key) == (kind, "0013121660/000000")
    assert npwp.is_head_office is True


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("01.312.166.1-091.000", "checksum"),
        ("0013121661091000", "checksum"),
        ("0013121661091000000001", "checksum"),
        ("65.389.112.8-005.000", "checksum"),
        ("99.999.999.9-999.999", "checksum"),
        ("123456789", "length"),
        ("00131216600910000", "length"),
        ("000000000000000", "zeros"),
        ("0000000000000000", "zeros"),
        ("0000000000091000", "zeros"),
        ("O1.312.166.0-091.000", "characters"),
        ("", "characters"),
    ],
)
def test_impossible_npwp_is_refused(text, code):
    assert code_of(parse_npwp, text) == code


def test_nik_is_the_npwp_of_a_person():
    assert parse_npwp("3276015508950003") == Npwp(
        "3276015508950003", "nik", "3276015508950003", "000000", needs_check=False
    )


@pytest.mark.parametrize("text", ["1000000000123456", "3276016902050001"])
def test_sixteen_digits_of_no_known_series_are_taken_to_be_checked(text):
    assert parse_npwp(text) == Npwp(text, "npwp16", text, "000000", needs_check=True)


def test_nitku_of_a_new_series_keeps_its_branch():
    assert parse_npwp("1000000000123456000002") == Npwp(
        "1000000000123456000002",
        "nitku",
        "1000000000123456",
        "000002",
        needs_check=True,
    )


def test_branches_with_different_nitku_are_not_duplicates():
    head = parse_npwp("013121660091000")
    first, second = (parse_npwp(f"001312166009100000000{n}") for n in (1, 2))
    assert len({head.key, first.key, second.key}) == 3
    assert {head.taxpayer, first.taxpayer, second.taxpayer} == {"0013121660"}
    assert first.is_head_office is False


def test_old_branch_number_is_a_branch_to_be_checked():
    branch = parse_npwp("01.312.166.0-404.001")
    assert (branch.branch, branch.is_head_office, branch.needs_check) == (
        "404001",
        False,
        True,
    )
    assert branch.taxpayer == parse_npwp("01.312.166.0-091.000").taxpayer


def test_taxpayer_of_a_person_is_the_nik():
    assert parse_npwp("3276015508950003").taxpayer == "3276015508950003"


def test_refusal_says_what_to_do_and_hides_the_number():
    with pytest.raises(InvalidNumber) as raised:
        parse_npwp("123456789")
    advice = "Salin lagi dari kartu NPWP Anda."
    assert raised.value.messages == [
        f"NPWP terdiri atas 15 atau 16 angka, NITKU 22 angka; yang ditulis 9 angka. {advice}"
    ]


@pytest.mark.parametrize(
    ("digits", "shown"),
    [("3276015508950003", "••••••••••••0003"), ("1234", "••••"), ("", "")],
)
def test_mask_leaves_the_last_four_digits(digits, shown):
    assert mask(digits) == shown
