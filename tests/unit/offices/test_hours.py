"""Office hours: the published vectors, the edges, and a walk minute by minute as the judge."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from loket.offices import registers
from loket.offices.hours import Hours, NoOpenHours, State, UnknownYear
from loket.offices.week import BadWeek, Season

JAKARTA = ZoneInfo("Asia/Jakarta")
COUNTER = {
    "mon-thu": ["09:00-12:00", "13:00-14:00"],
    "fri": ["09:00-11:30", "13:00-14:00"],
}
RAMADAN = Season(
    dt.date(2026, 2, 18),
    dt.date(2026, 3, 17),
    {"mon-thu": ["08:00-12:00", "12:30-15:00"], "fri": ["08:00-11:30", "12:30-15:30"]},
)
HOLIDAYS = registers.closed_days(("national", "cuti_bersama"))
YEARS = registers.decreed_years()


def counter(zone="Asia/Jakarta", **options):
    return Hours.from_week(zone, COUNTER, closed=HOLIDAYS, years=YEARS, **options)


def at(text, zone=JAKARTA):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def minutes(count):
    return dt.timedelta(minutes=count)


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2026-11-23 09:00", 15, "2026-11-23 09:15"),
        ("2026-11-23 11:50", 15, "2026-11-23 13:05"),
        ("2026-11-27 11:25", 15, "2026-11-27 13:10"),
        ("2026-11-27 13:50", 15, "2026-11-30 09:05"),
        ("2026-11-22 10:00", 15, "2026-11-23 09:15"),
        ("2026-11-26 13:55", 15, "2026-11-27 09:10"),
        ("2026-12-23 13:55", 15, "2026-12-28 09:10"),
        ("2026-12-23 13:00", 240, "2026-12-28 12:00"),
        ("2026-03-17 13:00", 240, "2026-03-25 12:00"),
    ],
)
def test_due_time_skips_breaks_weekends_and_holidays(start, amount, due):
    assert counter().add(at(start), minutes(amount)) == at(due)


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        ("2026-11-27 13:45", 15, "2026-11-27 14:00"),
        ("2026-11-23 11:45", 15, "2026-11-23 12:00"),
        ("2026-11-23 12:30", 15, "2026-11-23 13:15"),
        ("2026-11-23 14:00", 15, "2026-11-24 09:15"),
        ("2026-11-23 06:00", 15, "2026-11-23 09:15"),
        ("2026-11-23 10:00", 0, "2026-11-23 10:00"),
        ("2026-11-23 12:00", 0, "2026-11-23 13:00"),
        ("2026-11-22 10:00", 0, "2026-11-23 09:00"),
    ],
)
def test_edges_of_an_interval(start, amount, due):
    assert counter().add(at(start), minutes(amount)) == at(due)


def test_hours_without_a_break_run_through_noon():
    bogor = Hours.from_week("Asia/Jakarta", {"mon-fri": ["10:00-14:00"]})
    assert bogor.add(at("2026-11-27 11:50"), minutes(15)) == at("2026-11-27 12:05")


def test_open_end_counts_until_its_stated_default():
    office = Hours.from_week("Asia/Jakarta", {"mon-thu": ["09:00-"]}, open_end="15:30")
    assert office.add(at("2026-11-23 15:25"), minutes(15)) == at("2026-11-24 09:10")


def test_answers_are_in_utc():
    due = counter().add(at("2026-11-23 09:00"), minutes(15))
    assert due.isoformat() == "2026-11-23T02:15:00+00:00"


@pytest.mark.parametrize(
    ("zone", "utc"),
    [("Asia/Jakarta", "02:15"), ("Asia/Makassar", "01:15"), ("Asia/Jayapura", "00:15")],
)
def test_each_zone_opens_at_its_own_nine_o_clock(zone, utc):
    due = counter(zone).add(at("2026-11-23 00:00", ZoneInfo(zone)), minutes(15))
    assert due == at(f"2026-11-23 {utc}", dt.UTC)


def test_service_minutes_between_two_times():
    assert counter().between(at("2026-12-23 09:00"), at("2026-12-28 14:00")) == minutes(
        480
    )


def test_nothing_passes_within_a_break():
    assert counter().between(at("2026-11-23 12:00"), at("2026-11-23 13:00")) == minutes(
        0
    )


def test_between_refuses_an_end_before_its_start():
    with pytest.raises(ValueError, match="the end lies before the start"):
        counter().between(at("2026-11-23 10:00"), at("2026-11-23 09:00"))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-01-01", "2026-12-31", 240),
        ("2027-01-01", "2027-12-31", 242),
        ("2026-12-01", "2026-12-31", 21),
    ],
)
def test_working_days(first, last, days):
    dates = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert counter().working_days(*dates) == days


def test_a_service_may_stay_open_on_cuti_bersama():
    hours = Hours.from_week(
        "Asia/Jakarta",
        COUNTER,
        closed=registers.closed_days(("national",)),
        years=YEARS,
    )
    assert hours.add(at("2026-12-23 13:55"), minutes(15)) == at("2026-12-24 09:10")


def test_ramadan_schedule_takes_the_place_of_the_week():
    hours = counter(seasons=[RAMADAN])
    assert hours.add(at("2026-02-18 08:00"), minutes(15)) == at("2026-02-18 08:15")
    assert hours.add(at("2026-02-20 11:25"), minutes(15)) == at("2026-02-20 12:40")


def test_week_returns_after_ramadan():
    hours = counter(seasons=[RAMADAN])
    assert hours.add(at("2026-03-17 14:55"), minutes(15)) == at("2026-03-25 09:10")


def test_holiday_within_ramadan_stays_closed():
    season = Season(dt.date(2026, 3, 1), dt.date(2026, 3, 31), RAMADAN.week)
    assert counter(seasons=[season]).opens_next(at("2026-03-17 15:00")) == at(
        "2026-03-25 08:00"
    )


def test_single_dated_saturday_can_be_opened():
    saturday = dt.date(2026, 11, 28)
    hours = counter(seasons=[Season(saturday, saturday, {"sat": ["09:00-12:00"]})])
    assert hours.add(at("2026-11-27 13:55"), minutes(15)) == at("2026-11-28 09:10")


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-11-23 09:00", State("open", at("2026-11-23 12:00"), "", True)),
        ("2026-11-23 12:00", State("break", at("2026-11-23 13:00"), "", True)),
        ("2026-11-23 08:59", State("closed", at("2026-11-23 09:00"), "", True)),
        ("2026-11-27 14:00", State("closed", at("2026-11-30 09:00"), "", True)),
        (
            "2026-12-25 10:00",
            State("closed", at("2026-12-28 09:00"), "Kelahiran Yesus Kristus", True),
        ),
        ("2027-12-31 15:00", State("closed", at("2028-01-03 09:00"), "", False)),
        ("2028-02-07 10:00", State("open", at("2028-02-07 12:00"), "", False)),
        ("2028-02-07 12:30", State("break", at("2028-02-07 13:00"), "", False)),
    ],
)
def test_state_tells_until_when_and_why(moment, state):
    assert counter().state(at(moment)) == state


def test_state_of_a_calendar_that_never_opens():
    assert Hours.from_week("Asia/Jakarta", {}).state(at("2026-11-23 10:00")) == State(
        "closed", None, "", True
    )


def test_closing_minute_is_closed():
    assert counter().is_open(at("2026-11-23 13:59")) is True
    assert counter().is_open(at("2026-11-23 14:00")) is False


def test_closes_at_ends_with_the_interval():
    assert counter().closes_at(at("2026-11-27 10:00")) == at("2026-11-27 11:30")
    assert counter().closes_at(at("2026-11-27 12:00")) is None


def test_next_opening_while_open_comes_after_the_break():
    assert counter().opens_next(at("2026-11-23 09:00")) == at("2026-11-23 13:00")


def test_due_time_in_a_year_without_decree_is_refused():
    with pytest.raises(UnknownYear, match="the holidays of 2028 are not known"):
        counter().add(at("2027-12-31 13:55"), minutes(15))


def test_elapsed_time_in_a_year_without_decree_is_refused():
    with pytest.raises(UnknownYear):
        counter().between(at("2027-12-31 09:00"), at("2028-01-03 09:00"))


def test_provisional_hours_answer_for_a_year_without_decree():
    due = counter().provisional().add(at("2027-12-31 13:55"), minutes(15))
    assert due == at("2028-01-03 09:10")


def test_calendar_that_ignores_holidays_knows_every_year():
    hours = Hours.from_week("Asia/Jakarta", COUNTER)
    assert hours.add(at("2035-01-01 09:00"), minutes(15)) == at("2035-01-01 09:15")


def test_calendar_without_openings_is_an_error():
    with pytest.raises(NoOpenHours, match="no open hours in the 366 days before"):
        Hours.from_week("Asia/Jakarta", {}).add(at("2026-11-23 09:00"), minutes(15))


def test_year_closed_throughout_is_an_error():
    first = dt.date(2026, 1, 1)
    shut = {first + dt.timedelta(day): "Renovasi" for day in range(800)}
    with pytest.raises(NoOpenHours):
        Hours.from_week("Asia/Jakarta", COUNTER, closed=shut).opens_next(
            at("2026-01-05 09:00")
        )


def test_long_amounts_pass_several_years():
    start, end = at("2023-01-02 09:00"), at("2026-11-27 14:00")
    hours = counter()
    assert hours.add(start, hours.between(start, end)) == end


def test_unknown_zone_is_refused():
    with pytest.raises(
        BadWeek, match='"WIB" is not a time zone such as "Asia/Jakarta"'
    ):
        Hours.from_week("WIB", COUNTER)


def test_negative_amount_is_refused():
    with pytest.raises(ValueError, match="office time cannot be subtracted"):
        counter().add(at("2026-11-23 09:00"), minutes(-1))


def test_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="a time without a zone"):
        counter().add(at("2026-11-23 09:00", None), minutes(1))


# The judge: the same promise written as slowly and plainly as possible.
FRIDAY_BREAK = ("11:30", "13:00")
USUAL_BREAK = ("12:00", "13:00")
BASE = at("2026-02-01 00:00", dt.UTC)


def walks_open(moment):
    local = moment.astimezone(JAKARTA)
    date, clock, friday = local.date(), local.strftime("%H:%M"), local.weekday() == 4
    if local.weekday() > 4 or date in HOLIDAYS:
        return False
    opens, closes, pause = "09:00", "14:00", FRIDAY_BREAK if friday else USUAL_BREAK
    if RAMADAN.first <= date <= RAMADAN.last:
        opens, closes = "08:00", "15:30" if friday else "15:00"
        pause = ("11:30", "12:30") if friday else ("12:00", "12:30")
    return opens <= clock < closes and not pause[0] <= clock < pause[1]


def walk(start, amount):
    while amount > 0:
        amount -= walks_open(start)
        start += minutes(1)
    return start


@settings(max_examples=120, deadline=None)
@given(offset=st.integers(0, 60 * 24 * 90), amount=st.integers(1, 60 * 12))
def test_adding_agrees_with_a_walk_minute_by_minute(offset, amount):
    hours, start = counter(seasons=[RAMADAN]), BASE + minutes(offset)
    due = hours.add(start, minutes(amount))
    assert due == walk(start, amount)
    assert hours.between(start, due) == minutes(amount)
    assert hours.is_open(start) == walks_open(start)
