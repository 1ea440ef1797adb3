"""Dates, times and durations as Indonesians write them; a time always names its zone.

`zone` is the office's (`office.zone`, or its name); without one Django's current zone is used.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _, ngettext

register = template.Library()
HOUR, DAY = 60, 24 * 60  # in minutes


@register.filter
def wib(moment: dt.datetime | None, zone: ZoneInfo | str | None = None) -> str:
    """24 November 2026, 14.05 WIB; or WITA or WIT, as the zone has it."""
    if not moment:
        return ""
    local = _local(moment, zone)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"


@register.filter
def tanggal(day: dt.date | None, zone: ZoneInfo | str | None = None) -> str:
    """24 November 2026, for a date or a moment."""
    return date_format(_day(day, zone), "DATE_FORMAT") if day else ""


@register.filter
def terakhir(end: dt.datetime | None, zone: ZoneInfo | str | None = None) -> str:
    """The last day before an end that itself no longer counts: midnight after 31 December is 31 Desember."""
    return tanggal(end - dt.timedelta(microseconds=1), zone) if end else ""


@register.filter
def hari(day: dt.date | None, zone: ZoneInfo | str | None = None) -> str:
    """Selasa, 24 November 2026, for a date or a moment."""
    return date_format(_day(day, zone), "l, j F Y") if day else ""


@register.filter
def jam(
    moment: dt.datetime | dt.time | None, zone: ZoneInfo | str | None = None
) -> str:
    """14.05 WIB for a moment; 14.05 for an hour printed without a date. Midnight is 00.00."""
    if moment is None or moment == "":
        return ""
    if isinstance(moment, dt.time):
        return time_format(moment, "TIME_FORMAT")
    local = _local(moment, zone)
    return f"{date_format(local, 'TIME_FORMAT')} {local.tzname()}"


@register.filter
def durasi(amount: int | dt.timedelta | None, at_most: str = "hari") -> str:
    """15 menit, 1 j 10 mnt, 2 hari 3 j, from minutes or a timedelta; begun minutes are dropped.

    A day has 24 hours. For sums of office time give "jam", so that none turns into a day.
    """
    if amount is None or amount == "":
        return ""
    if isinstance(amount, dt.timedelta):
        amount = int(amount / dt.timedelta(minutes=1))
    in_days = abs(amount) >= DAY and at_most != "jam"
    text = _days(abs(amount)) if in_days else _hours(abs(amount))
    return f"−{text}" if amount < 0 else text


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return ngettext("%(count)d menit", "%(count)d menit", rest) % {"count": rest}
    if rest:
        return _("%(hours)d j %(minutes)d mnt") % {"hours": hours, "minutes": rest}
    return ngettext("%(count)d jam", "%(count)d jam", hours) % {"count": hours}


def _days(minutes: int) -> str:
    days, rest = divmod(minutes, DAY)
    text = ngettext("%(count)d hari", "%(count)d hari", days) % {"count": days}
    if hours := rest // HOUR:
        text += " " + _("%(hours)d j") % {"hours": hours}
    return text


def _day(day: dt.date, zone: ZoneInfo | str | None) -> dt.date:
    return _local(day, zone) if isinstance(day, dt.datetime) else day


def _local(moment: dt.datetime, zone: ZoneInfo | str | None) -> dt.datetime:
    if isinstance(zone, str):
        zone = ZoneInfo(zone)
    return timezone.localtime(moment, zone)
