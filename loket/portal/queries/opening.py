"""When an office is open: now, in its printed week, and at the next holiday."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _, gettext_lazy

from loket.kernel import clock
from loket.offices.hours import State
from loket.offices.models import Office
from loket.offices.queries import hours_of
from loket.offices.registers import holiday_name
from loket.standards.pack import CalendarSpec
from loket.standards.queries import settings_of
from loket.tickets.queries.words import words
from loket.ui.parts import Fact, Tone
from loket.ui.templatetags.dates import jam, tanggal

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FACES: dict[str, tuple[object, Tone, str]] = {
    "open": (gettext_lazy("Buka"), "good", "check"),
    "break": (gettext_lazy("Istirahat"), "warn", "pause"),
    "closed": (gettext_lazy("Tutup"), "away", "x"),
}
WEEK = 7


@dataclass(frozen=True)
class Opening:
    """One calendar at this moment: the chip, until when and why; `note` warns of undecreed holidays."""

    title: str
    state: State
    label: str
    tone: Tone
    icon: str
    until: str
    note: str
    week: tuple[Fact, ...]


def opening(office: Office, code: str) -> Opening:
    """The state of one calendar now, with its week and the next holiday."""
    spec = settings_of(office).calendar(code)
    hours = hours_of(office, code)
    state = hours.state(clock.now())
    label, tone, icon = FACES[state.kind]
    week = (*week_facts(office, spec), *_next_holiday(office, hours.closed, spec))
    return Opening(
        title=words(spec.title),
        state=state,
        label=str(label),
        tone=tone,
        icon=icon,
        until=_until(office, state),
        note=""
        if state.certain
        else _("Libur tahun itu belum ditetapkan, jadi dapat berubah."),
        week=week,
    )


def openings(office: Office) -> list[Opening]:
    """Every calendar of the office; none when it publishes no hours."""
    return [opening(office, code) for code in settings_of(office).calendars]


def best(shown: list[Opening]) -> Opening | None:
    """The calendar that speaks for the office: the last to close, or else the first to open."""
    known = [each for each in shown if each.state.until]
    serving = [each for each in known if each.state.kind == "open"]
    if serving:
        return max(serving, key=_end)
    return min(known, key=_end, default=None)


def _end(one: Opening) -> float:
    return one.state.until.timestamp() if one.state.until else 0.0


def week_facts(office: Office, spec: CalendarSpec) -> Iterator[Fact]:
    """The printed week: neighbouring days with the same hours stand in one row."""
    zone = office.local(clock.now()).tzname() or ""
    for first, last, hours in _rows(spec):
        value = spelled(hours, zone) if hours else _("Tutup")
        yield Fact(_day_names(first, last), value)


def hours_fact(office: Office, code: str | None) -> Fact:
    """The hours of a service for the strip of facts (C7)."""
    term = _("Jam layanan")
    if code is None:
        return Fact(term, _("Tidak disebut"), _("tanyakan kepada kantor"))
    zone = office.local(clock.now()).tzname()
    rows = [row for row in _rows(settings_of(office).calendar(code)) if row[2]]
    (first, last, hours), *others = rows
    notes = [f"{zone}, {_day_names(first, last)}"]
    notes += [
        f"{_day_names(start, end)} {spelled(other)}" for start, end, other in others
    ]
    return Fact(term, spelled(hours), "; ".join(notes))


def spelled(hours: tuple[str, ...], zone: str = "") -> str:
    """ "09:00-12:00", "13:00-" as "09.00–12.00, 13.00 WIB sampai selesai"."""
    text = " ".join(filter(None, (", ".join(_interval(one) for one in hours), zone)))
    if hours[-1].endswith("-"):
        return _("%(hours)s sampai selesai") % {"hours": text}
    return text


def _interval(text: str) -> str:
    times = [jam(dt.time.fromisoformat(each)) for each in text.split("-") if each]
    return "–".join(times)


def _rows(spec: CalendarSpec) -> list[tuple[int, int, tuple[str, ...]]]:
    days = spec.days()
    week = [(number, days.get(day, ())) for number, day in enumerate(DAYS)]
    rows = [
        (list(same), hours) for hours, same in groupby(week, key=lambda day: day[1])
    ]
    return [(same[0][0], same[-1][0], hours) for same, hours in rows]


def _day_names(first: int, last: int) -> str:
    names = [str(WEEKDAYS[first]), str(WEEKDAYS[last])]
    if first == last:
        return names[0]
    return (", " if last == first + 1 else "–").join(names)


def _next_holiday(
    office: Office, closed: Mapping[dt.date, str], spec: CalendarSpec
) -> tuple[Fact, ...]:
    today, days = office.local(clock.now()).date(), spec.days()
    coming = [day for day in closed if day >= today and DAYS[day.weekday()] in days]
    if not coming:
        return ()
    day = min(coming)
    return (
        Fact(tanggal(day), _("Tutup, %(reason)s") % {"reason": _called(closed[day])}),
    )


def _until(office: Office, state: State) -> str:
    """ "sampai 14.00 WIB", with the day when it is another one, and the reason of a closure."""
    if state.until is None:
        return _called(state.reason)
    now, until = office.local(clock.now()), office.local(state.until)
    days = (until.date() - now.date()).days
    day = (
        ""
        if days == 0
        else date_format(until, "l" if days < WEEK else "l, j F Y") + " "
    )
    text = _("sampai %(moment)s") % {"moment": f"{day}{jam(until, office.zone)}"}
    return f"{text} ({_called(state.reason)})" if state.reason else text


def _called(reason: str) -> str:
    return holiday_name(reason, get_language() or "id")
