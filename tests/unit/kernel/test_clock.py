"""There is one clock, and history can be told at its own time."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from loket.kernel import clock

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_now_is_the_present_moment_in_utc():
    before = datetime.now(UTC)
    asked = clock.now()
    assert before <= asked <= datetime.now(UTC)
    assert asked.tzinfo is UTC


def test_a_told_moment_holds_until_the_end_of_the_telling():
    with clock.at(MONDAY):
        assert clock.now() == MONDAY
    assert clock.now() > MONDAY - timedelta(days=3650)
    assert clock.now() != MONDAY


def test_tellings_nest():
    with clock.at(MONDAY):
        with clock.at(MONDAY - timedelta(days=1)):
            assert clock.now() == MONDAY - timedelta(days=1)
        assert clock.now() == MONDAY


def test_telling_ends_with_an_error_too():
    with pytest.raises(RuntimeError), clock.at(MONDAY):
        raise RuntimeError
    assert clock.now() != MONDAY


def test_moments_of_other_zones_are_told_in_utc():
    jakarta = timezone(timedelta(hours=7))
    with clock.at(datetime(2026, 11, 23, 10, 0, tzinfo=jakarta)):
        assert (clock.now(), clock.now().tzinfo) == (MONDAY, UTC)


def test_other_threads_keep_the_present():
    seen = []
    with clock.at(MONDAY):
        other = threading.Thread(target=lambda: seen.append(clock.now() == MONDAY))
        other.start()
        other.join()
    assert seen == [False]
