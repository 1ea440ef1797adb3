"""Arithmetic of office hours: when is it due, how long did it take, is it open (G3). No tables."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from loket.offices.week import BadWeek, Day, Season, parse_week

ONE_DAY = dt.timedelta(days=1)
HORIZON = (
    366  # days in a row without any opening after which a calendar counts as never open
)


class NoOpenHours(ValueError):
    """The calendar has no opening within a year: its week is empty or everything is closed."""


class UnknownYear(ValueError):
    """The holidays of the year are not decreed or not loaded, so the answer would be a guess."""


class Span(NamedTuple):
    """An opening as two UTC times, the end not included."""

    opens: dt.datetime
    closes: dt.datetime


class State(NamedTuple):
    """What a clock face shows; `certain` is False where the holidays of a year are unknown."""

    kind: Literal["open", "break", "closed"]
    until: dt.datetime | None
    reason: str
    certain: bool


@dataclass(frozen=True)
class Hours:
    """One calendar of an office; takes aware times and answers in UTC.

    A closed date wins over a special one, so a holiday within Ramadan stays a holiday. `years` are
    those with known holidays; None means that this calendar does not depend on them.
    """

    zone: ZoneInfo
    week: Mapping[int, Day]
    closed: Mapping[dt.date, str] = field(default_factory=dict)
    special: Mapping[dt.date, Day] = field(default_factory=dict)
    years: frozenset[int] | None = None
    _spans: dict[dt.date, tuple[Span, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def from_week(
        cls,
        zone: str,
        week: Mapping[str, Sequence[str]],
        *,
        open_end: str = "",
        closed: Mapping[dt.date, str] | None = None,
        seasons: Sequence[Season] = (),
        years: frozenset[int] | None = None,
    ) -> Self:
        """Hours from the words of a pack; raises BadWeek naming what cannot be read."""
        special: dict[dt.date, Day] = {}
        for season in seasons:
            days = parse_week(season.week, open_end=open_end)
            special |= {date: days.get(date.weekday(), ()) for date in season.days()}
        parsed = parse_week(week, open_end=open_end)
        return cls(_zone(zone), parsed, closed or {}, special, years)

    def provisional(self) -> Self:
        """The same hours without the check of years, for a due time that is marked as uncertain."""
        return replace(self, years=None)

    def add(self, start: dt.datetime, amount: dt.timedelta) -> dt.datetime:
        """The moment when `amount` of open time has passed; the end of an interval belongs to it."""
        if amount < dt.timedelta():
            raise ValueError("office time cannot be subtracted")
        left = amount
        for span in self._spans_from(start, known=True):
            begins = max(span.opens, start)
            if span.closes - begins >= left:
                return begins.astimezone(dt.UTC) + left
            left -= span.closes - begins
        raise AssertionError("spans go on until NoOpenHours")

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """Open time from `start` to `end`; raises ValueError when the end comes first."""
        if _aware(end) < _aware(start):
            raise ValueError("the end lies before the start")
        total = dt.timedelta()
        for date in _dates(self._date(start), self._date(end)):
            for span in self._known_spans_of(date):
                total += max(
                    min(span.closes, end) - max(span.opens, start), dt.timedelta()
                )
        return total

    def working_days(self, first: dt.date, last: dt.date) -> int:
        """Days with any opening from `first` to `last`, both included ("hari kerja")."""
        return sum(bool(self._known_spans_of(date)) for date in _dates(first, last))

    def is_open(self, at: dt.datetime) -> bool:
        """Whether somebody is at the counter; at the closing minute nobody is."""
        return self.closes_at(at) is not None

    def closes_at(self, at: dt.datetime) -> dt.datetime | None:
        """End of the interval that holds `at` (a break ends one too); None while closed."""
        for span in self._spans_of(self._date(at)):
            if span.opens <= at < span.closes:
                return span.closes
        return None

    def opens_next(self, at: dt.datetime) -> dt.datetime:
        """The first opening after `at`, also while open; raises NoOpenHours if there is none."""
        return next(span.opens for span in self._spans_from(at) if span.opens > at)

    def state(self, at: dt.datetime) -> State:
        """Open, in a break or closed, until when, and the holiday that is the reason."""
        date = self._date(at)
        if until := self.closes_at(at):
            return State("open", until, "", self._is_known(date))
        spans = self._spans_of(date)
        if spans and spans[0].opens <= at < spans[-1].opens:
            return State("break", self.opens_next(at), "", self._is_known(date))
        try:
            opening = self.opens_next(at)
        except NoOpenHours:
            return State(
                "closed", None, self.closed.get(date, ""), self._is_known(date)
            )
        certain = self._is_known(date) and self._is_known(self._date(opening))
        return State("closed", opening, self.closed.get(date, ""), certain)

    def _date(self, at: dt.datetime) -> dt.date:
        return _aware(at).astimezone(self.zone).date()

    def _is_known(self, date: dt.date) -> bool:
        return self.years is None or date.year in self.years

    def _spans_from(self, at: dt.datetime, *, known: bool = False) -> Iterator[Span]:
        """Openings that end after `at`, without end; NoOpenHours after a year without any."""
        date, shut = self._date(at), 0
        spans_of = self._known_spans_of if known else self._spans_of
        while shut <= HORIZON:
            spans = spans_of(date)
            yield from (span for span in spans if span.closes > at)
            shut = 0 if spans else shut + 1
            date += ONE_DAY
        raise NoOpenHours(f"no open hours in the {HORIZON} days before {date}")

    def _known_spans_of(self, date: dt.date) -> tuple[Span, ...]:
        if not self._is_known(date):
            raise UnknownYear(f"the holidays of {date.year} are not known")
        return self._spans_of(date)

    def _spans_of(self, date: dt.date) -> tuple[Span, ...]:
        # Kept, because turning local times into UTC is what costs; a calendar sees few dates.
        if date not in self._spans:
            self._spans[date] = tuple(
                Span(self._utc(date, opens), self._utc(date, closes))
                for opens, closes in self._day(date)
            )
        return self._spans[date]

    def _day(self, date: dt.date) -> Day:
        if date in self.closed:
            return ()
        if date in self.special:
            return self.special[date]
        return self.week.get(date.weekday(), ())

    def _utc(self, date: dt.date, time: dt.time) -> dt.datetime:
        return dt.datetime.combine(date, time, self.zone).astimezone(dt.UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadWeek(f'"{name}" is not a time zone such as "Asia/Jakarta"') from error


def _dates(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _aware(at: dt.datetime) -> dt.datetime:
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be placed in office hours")
    return at
