"""The shared registers: counts and samples of holidays and regions."""

import datetime as dt
from collections import Counter

from loket.offices.registers import (
    Holiday,
    Province,
    closed_days,
    countries,
    decreed_years,
    holiday_name,
    national_holidays,
    provinces,
    regencies,
)


def test_counts_of_holidays_per_year():
    counts = Counter((day.date.year, day.kind) for day in national_holidays())
    assert counts == {
        (2023, "national"): 16, (2023, "cuti_bersama"): 11,
        (2024, "national"): 19, (2024, "cuti_bersama"): 10,
        (2025, "national"): 17, (2025, "cuti_bersama"): 11,
        (2026, "national"): 17, (2026, "cuti_bersama"): 8,
        (2027, "national"): 18, (2027, "cuti_bersama"): 8,
        (2028, "national"): 17,
    }  # fmt: skip


def test_holiday_carries_its_decree():
    assert [
        day for day in national_holidays() if day.date == dt.date(2026, 12, 24)
    ] == [
        Holiday(
            dt.date(2026, 12, 24),
            "Cuti bersama Kelahiran Yesus Kristus",
            "cuti_bersama",
            "SKB 1497/2025",
            estimated=False,
        )
    ]


def test_holiday_has_an_english_name_and_a_closure_keeps_its_own():
    names = [day.name for day in national_holidays()]
    assert [each for each in names if holiday_name(each, "en") in {each, ""}] == []
    assert holiday_name("Cuti bersama Idulfitri 1447 H", "en") == "Collective leave: Eid al-Fitr"  # fmt: skip
    assert [holiday_name("Idulfitri 1447 H", "id"), holiday_name("Hari jadi", "en")] == ["Idulfitri 1447 H", "Hari jadi"]  # fmt: skip


def test_year_without_decree_is_not_known():
    assert decreed_years() == {2023, 2024, 2025, 2026, 2027}


def test_closed_days_follow_the_kinds_asked_for():
    assert dt.date(2026, 12, 24) not in closed_days(("national",))
    assert (
        closed_days(("cuti_bersama",))[dt.date(2026, 3, 20)]
        == "Cuti bersama Idulfitri 1447 H"
    )


def test_provinces_after_the_division_of_papua():
    assert len(provinces()) == 38
    assert provinces()["96"] == Province("96", "Papua Barat Daya")


def test_regencies_lie_in_their_provinces():
    counts = Counter(regency.province for regency in regencies().values())
    assert set(counts) == set(provinces())
    assert (counts["32"], counts["33"], counts.total()) == (27, 35, 514)
    assert regencies()["32.71"].name == "Kota Bogor"


def test_countries_are_named_in_both_languages():
    assert (len(countries()), countries()["DE"], countries("en")["DE"]) == (249, "Jerman", "Germany")  # fmt: skip
    assert "XK" not in countries()


def test_countries_stand_in_the_order_of_their_names():
    assert list(countries("en").values())[:3] == ["Afghanistan", "Åland Islands", "Albania"]  # fmt: skip
    assert list(countries())[-1] == "ZW"
