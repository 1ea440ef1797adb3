"""The opening week as a pack writes it, and what is said when it cannot be read."""

import datetime as dt

import pytest

from loket.offices.week import BadWeek, Interval, Season, parse_week


def interval(opens, closes):
    return Interval(dt.time.fromisoformat(opens), dt.time.fromisoformat(closes))


def test_range_of_days_shares_its_intervals():
    day = (interval("09:00", "12:00"), interval("13:00", "14:00"))
    assert parse_week({"mon-tue": ["09:00-12:00", "13:00-14:00"]}) == {0: day, 1: day}


def test_touching_intervals_become_one():
    assert parse_week({"sat": ["09:00-12:00", "12:00-14:00"]}) == {
        5: (interval("09:00", "14:00"),)
    }


def test_open_end_is_closed_by_its_default():
    assert parse_week({"mon": ["09:00-"]}, open_end="15:30") == {
        0: (interval("09:00", "15:30"),)
    }


def test_day_without_intervals_is_closed():
    assert parse_week({"mon": []}) == {0: ()}


@pytest.mark.parametrize(
    ("week", "message"),
    [
        (
            {"senin": []},
            'senin: write a day or a range of mon tue wed thu fri sat sun, as in "mon-thu"',
        ),
        (
            {"mon-": []},
            'mon-: write a day or a range of mon tue wed thu fri sat sun, as in "mon-thu"',
        ),
        ({"fri-mon": []}, "fri-mon: the range must run from Monday towards Sunday"),
        ({"mon-fri": [], "fri": []}, "fri: fri is written twice"),
        (
            {"mon": "09:00-12:00"},
            'mon: write a list of intervals, as in ["09:00-12:00"]',
        ),
        ({"mon": ["9-12"]}, 'mon: "9-12" is not an interval such as "09:00-12:00"'),
        (
            {"mon": ["09:00-25:00"]},
            'mon: "25:00" is not a time between 00:00 and 23:59',
        ),
        (
            {"mon": ["14:00-09:00"]},
            'mon: "14:00-09:00" closes at 09:00, before it opens',
        ),
        (
            {"mon": ["09:00-"]},
            'mon: "09:00-" has no end, and no open_end says when counting stops',
        ),
        (
            {"mon": ["09:00-12:00", "11:00-14:00"]},
            'mon: "11:00-14:00" begins before the interval in front of it ends',
        ),
    ],
)
def test_unreadable_week_names_the_place(week, message):
    with pytest.raises(BadWeek) as raised:
        parse_week(week)
    assert str(raised.value) == message


def test_season_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadWeek, match="ends on 2026-02-01, before it begins"):
        list(Season(dt.date(2026, 3, 1), dt.date(2026, 2, 1), {}).days())
