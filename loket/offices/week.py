"""The opening week as a pack writes it, `{"mon-thu": ["09:00-12:00"]}`, read into times."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
INTERVAL = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})?")


class BadWeek(ValueError):
    """The hours are not written as a week can be read; the message names the place."""


class Interval(NamedTuple):
    """One stretch of opening within a day, local time, the end not included."""

    opens: dt.time
    closes: dt.time


Day = tuple[Interval, ...]


@dataclass(frozen=True)
class Season:
    """A dated schedule, both ends included, that takes the place of the week (Ramadan, C7)."""

    first: dt.date
    last: dt.date
    week: Mapping[str, Sequence[str]]

    def days(self) -> Iterator[dt.date]:
        """Each date of the season; raises BadWeek when it ends before it begins."""
        if self.last < self.first:
            raise BadWeek(f"season {self.first}: ends on {self.last}, before it begins")
        for offset in range((self.last - self.first).days + 1):
            yield self.first + dt.timedelta(offset)


def parse_week(
    week: Mapping[str, Sequence[str]], *, open_end: str = ""
) -> dict[int, Day]:
    """Weekday (Monday is 0) to its intervals; `open_end` closes an interval without an end."""
    parsed: dict[int, Day] = {}
    for key, texts in week.items():
        day = _parse_day(key, texts, open_end)
        for weekday in _weekdays(key):
            if weekday in parsed:
                raise BadWeek(f"{key}: {DAYS[weekday]} is written twice")
            parsed[weekday] = day
    return parsed


def _weekdays(key: str) -> range:
    first, dash, last = key.partition("-")
    ends = (first, last if dash else first)
    if not set(ends) <= set(DAYS):
        raise BadWeek(
            f'{key}: write a day or a range of {" ".join(DAYS)}, as in "mon-thu"'
        )
    start, stop = (DAYS.index(end) for end in ends)
    if stop < start:
        raise BadWeek(f"{key}: the range must run from Monday towards Sunday")
    return range(start, stop + 1)


def _parse_day(key: str, texts: Sequence[str], open_end: str) -> Day:
    if isinstance(texts, str):
        raise BadWeek(f'{key}: write a list of intervals, as in ["{texts}"]')
    merged: list[Interval] = []
    for text in texts:
        interval = _parse_interval(key, text, open_end)
        if merged and interval.opens < merged[-1].closes:
            raise BadWeek(
                f'{key}: "{text}" begins before the interval in front of it ends'
            )
        if merged and interval.opens == merged[-1].closes:
            interval = Interval(merged.pop().opens, interval.closes)
        merged.append(interval)
    return tuple(merged)


def _parse_interval(key: str, text: str, open_end: str) -> Interval:
    match = INTERVAL.fullmatch(text)
    if not match:
        raise BadWeek(f'{key}: "{text}" is not an interval such as "09:00-12:00"')
    end = match[2] or open_end
    if not end:
        raise BadWeek(
            f'{key}: "{text}" has no end, and no open_end says when counting stops'
        )
    interval = Interval(_parse_time(key, match[1]), _parse_time(key, end))
    if interval.closes <= interval.opens:
        raise BadWeek(f'{key}: "{text}" closes at {end}, before it opens')
    return interval


def _parse_time(key: str, text: str) -> dt.time:
    try:
        return dt.datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a wall clock has no zone
    except ValueError as error:
        raise BadWeek(
            f'{key}: "{text}" is not a time between 00:00 and 23:59'
        ) from error
