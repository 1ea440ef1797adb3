"""Which calendar speaks for an office, and how printed hours are written."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from loket.offices.hours import State
from loket.portal.queries.opening import Opening, best, spelled


def shown(kind, hour):
    until = datetime(2026, 11, 24, hour, tzinfo=UTC) if hour else None
    state = State(kind, until, "", True)
    return Opening(kind, state, kind, "", "", "", "", ())


@pytest.mark.parametrize(
    ("calendars", "hour"),
    [
        ([("open", 5), ("open", 8), ("break", 6)], 8),
        ([("closed", 7), ("break", 6)], 6),
        ([("closed", 3), ("closed", None)], 3),
    ],
    ids=["the last to close", "the first to open", "never open does not count"],
)
def test_one_calendar_speaks_for_the_office(calendars, hour):
    chosen = best([shown(*each) for each in calendars])
    assert chosen.state.until.hour == hour


def test_office_without_calendars_has_no_state():
    assert best([]) is None


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (("10:00-14:00",), "10.00–14.00 WIB"),
        (("09:00-12:00", "13:00-14:00"), "09.00–12.00, 13.00–14.00 WIB"),
        (("09:00-",), "09.00 WIB sampai selesai"),
    ],
)
def test_hours_are_written_as_on_paper(hours, text):
    with translation.override("id"):
        assert spelled(hours, "WIB") == text
