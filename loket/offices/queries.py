"""Read models of the office: its hours, kept in memory until something about them changes."""

import datetime as dt
from functools import lru_cache

from django.db.models import QuerySet

from loket.offices.hours import Hours
from loket.offices.models import Calendar, Closure, Holiday, Office
from loket.offices.week import Season

KEPT_CALENDARS = 512


def hours_of(office: Office, calendar_code: str) -> Hours:
    """The hours of one calendar of an office, holidays and closures included."""
    return _hours(office.pk, calendar_code, office.hours_version)


@lru_cache(maxsize=KEPT_CALENDARS)
def _hours(office_id: int, code: str, version: int) -> Hours:
    calendar = Calendar.objects.select_related("office").get(
        office_id=office_id, code=code
    )
    holidays = Holiday.objects.filter(kind__in=calendar.closed_on)
    closed = dict(holidays.values_list("date", "name"))
    closures = Closure.objects.filter(office_id=office_id)
    closed |= dict(closures.values_list("date", "reason"))
    return Hours.from_week(
        calendar.office.time_zone,
        calendar.week,
        open_end=calendar.open_end,
        closed=closed,
        seasons=[_season(row) for row in calendar.special],
        years=_known_years() if calendar.closed_on else None,
    )


def _season(row: dict[str, object]) -> Season:
    first, last = (dt.date.fromisoformat(str(row[end])) for end in ("from", "until"))
    return Season(first, last, row["week"])  # type: ignore[arg-type]  # checked by the pack


def _known_years() -> frozenset[int]:
    decreed = Holiday.objects.filter(kind=Holiday.CUTI_BERSAMA).dates("date", "year")
    return frozenset(day.year for day in decreed)


def offices() -> QuerySet[Office]:
    """Every office of the installation, by name."""
    return Office.objects.order_by("name")
