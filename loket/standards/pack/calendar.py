"""Opening hours as a pack writes them; the arithmetic over them belongs to `offices.hours`."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from loket.standards.pack.base import Spec, Text

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS_KEY = re.compile(rf"^({'|'.join(DAYS)})(-({'|'.join(DAYS)}))?$")
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"

DayRange = Annotated[str, StringConstraints(pattern=_DAYS_KEY.pattern)]
Interval = Annotated[str, StringConstraints(pattern=rf"^{_CLOCK}-({_CLOCK})?$")]
ClockTime = Annotated[str, StringConstraints(pattern=rf"^{_CLOCK}$")]


class SeasonSpec(Spec):
    """A dated schedule that takes the place of the week, both days included, such as Ramadan (Perpres 21/2023)."""

    first: date = Field(alias="from")
    last: date = Field(alias="until")
    week: dict[DayRange, tuple[Interval, ...]] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> "SeasonSpec":
        if self.last < self.first:
            raise ValueError("'until' lebih awal daripada 'from'")
        return self


class CalendarSpec(Spec):
    """A week of office hours, `mon-thu: ["09:00-12:00", "13:00-"]`, in the office's time zone.

    An interval without an end is printed "s/d selesai"; it counts until `open_end_counts_until`.
    """

    title: Text | None = None
    week: dict[DayRange, tuple[Interval, ...]] = Field(min_length=1)
    open_end_counts_until: ClockTime | None = None
    closed_on: tuple[Literal["national_holidays", "cuti_bersama"], ...] = ()
    special: tuple[SeasonSpec, ...] = ()

    @property
    def has_open_end(self) -> bool:
        """Whether any interval is printed without an end."""
        return any(one.endswith("-") for hours in self.week.values() for one in hours)

    def days(self) -> dict[str, tuple[str, ...]]:
        """Each weekday of the table with its intervals, ranges spelled out."""
        return {day: hours for days, hours in self.week.items() for day in _spell(days)}

    @model_validator(mode="after")
    def _check(self) -> "CalendarSpec":
        spelled = [day for days in self.week for day in _spell(days)]
        if len(spelled) != len(set(spelled)):
            raise ValueError("satu hari ditulis dua kali; tulis setiap hari satu kali")
        for hours in self.week.values():
            _check_order(hours)
        if self.has_open_end and not self.open_end_counts_until:
            raise ValueError(
                "jam tanpa akhir memerlukan 'open_end_counts_until', misalnya \"15:30\""
            )
        return self


def _spell(days: str) -> tuple[str, ...]:
    first, _, last = days.partition("-")
    return DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]


def _check_order(hours: tuple[str, ...]) -> None:
    moments = [moment for one in hours for moment in one.split("-") if moment]
    if moments != sorted(set(moments)):
        raise ValueError(f"jam {', '.join(hours)} tidak berurutan atau bertumpuk")
