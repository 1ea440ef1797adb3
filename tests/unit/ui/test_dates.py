"""Template filters for dates, times and durations."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation

from loket.ui.templatetags.dates import durasi, hari, jam, tanggal, terakhir, wib

MOMENT = dt.datetime(2026, 11, 24, 7, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Jakarta", "24 November 2026, 14.05 WIB"),
        ("Asia/Pontianak", "24 November 2026, 14.05 WIB"),
        ("Asia/Makassar", "24 November 2026, 15.05 WITA"),
        (ZoneInfo("Asia/Jayapura"), "24 November 2026, 16.05 WIT"),
        (None, "24 November 2026, 14.05 WIB"),
    ],
)
def test_moment_names_the_zone_of_the_office(zone, text):
    assert wib(MOMENT, zone) == text


def test_months_are_written_out():
    assert tanggal(dt.date(2026, 8, 9)) == "9 Agustus 2026"


def test_date_of_a_moment_is_the_date_at_the_office():
    late = dt.datetime(2026, 11, 24, 15, 30, tzinfo=dt.UTC)
    assert tanggal(late, "Asia/Jakarta") == "24 November 2026"
    assert tanggal(late, "Asia/Jayapura") == "25 November 2026"


@pytest.mark.parametrize(
    ("end", "day"),
    [
        (dt.datetime(2026, 12, 31, 17, tzinfo=dt.UTC), "31 Desember 2026"),  # midnight in Jakarta
        (dt.datetime(2026, 12, 31, 16, 59, tzinfo=dt.UTC), "31 Desember 2026"),
        (dt.datetime(2026, 12, 31, 18, tzinfo=dt.UTC), "1 Januari 2027"),
    ],
)  # fmt: skip
def test_term_that_ends_at_midnight_is_told_by_its_last_day(end, day):
    assert terakhir(end, "Asia/Jakarta") == day


def test_day_of_the_week():
    assert hari(dt.date(2026, 11, 27)) == "Jumat, 27 November 2026"
    assert (
        hari(dt.datetime(2026, 11, 21, 18, tzinfo=dt.UTC)) == "Minggu, 22 November 2026"
    )


def test_time_of_a_moment_names_its_zone_and_a_bare_hour_does_not():
    assert jam(MOMENT, "Asia/Jakarta") == "14.05 WIB"
    assert jam(dt.time(9, 0)) == "09.00"
    assert jam(dt.time(0, 0)) == "00.00"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0 menit"),
        (15, "15 menit"),
        (60, "1 jam"),
        (70, "1 j 10 mnt"),
        (1439, "23 j 59 mnt"),
        (1440, "1 hari"),
        (2880, "2 hari"),
        (2880 + 185, "2 hari 3 j"),
        (-70, "−1 j 10 mnt"),
        (dt.timedelta(minutes=15, seconds=59), "15 menit"),
        (-dt.timedelta(minutes=15, seconds=59), "−15 menit"),
        (dt.timedelta(days=2), "2 hari"),
    ],
)
def test_duration(amount, text):
    assert durasi(amount) == text


def test_sum_of_office_time_does_not_turn_into_days():
    assert durasi(2885, "jam") == "48 j 5 mnt"


@pytest.mark.parametrize("show", [wib, tanggal, hari, jam, durasi])
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_shown_as_nothing(show, nothing):
    assert show(nothing) == ""


def test_english_page_keeps_the_zone():
    with translation.override("en"):
        assert wib(MOMENT, "Asia/Jakarta") == "24 November 2026, 14:05 WIB"


def test_filters_in_a_template():
    page = Template(
        "{% load dates %}{{ due|wib:zone }} | {{ due|tanggal:zone }} | {{ 70|durasi }}"
    )
    shown = page.render(Context({"due": MOMENT, "zone": ZoneInfo("Asia/Makassar")}))
    assert shown == "24 November 2026, 15.05 WITA | 24 November 2026 | 1 j 10 mnt"
