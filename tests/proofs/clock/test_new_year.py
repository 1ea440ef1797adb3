"""Over New Year: numbers begin again at midnight of the office, promises go on, and a year without a calendar stops nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loket.tickets.models import Ticket
from tests.factories.tickets import registration
from tests.proofs.clock.moving import at
from tests.proofs.clock.probes import after_midnight

pytestmark = pytest.mark.django_db
A_MOMENT = timedelta(seconds=45)


def test_numbers_begin_again_at_midnight_of_the_office(bogor):
    midnight = after_midnight(bogor, date(2026, 12, 31))
    numbers = []
    for moment in (midnight - A_MOMENT, midnight, midnight + A_MOMENT):
        with at(moment):
            numbers.append(registration(bogor).number)
    assert numbers == ["BGR-26-00001", "BGR-27-00001", "BGR-27-00002"]


def test_clock_set_back_over_new_year_goes_on_in_the_old_year(bogor):
    midnight = after_midnight(bogor, date(2026, 12, 31))
    numbers = []
    for moment in (midnight - A_MOMENT, midnight, midnight - A_MOMENT):
        with at(moment):
            numbers.append(registration(bogor).number)
    assert numbers == ["BGR-26-00001", "BGR-27-00001", "BGR-26-00002"]


def test_ticket_is_taken_in_a_year_whose_holidays_nobody_knows(bogor):
    with at(datetime(2031, 3, 4, 3, tzinfo=UTC)):
        ticket = registration(bogor)
    kept = Ticket.objects.get(pk=ticket.pk)
    assert (kept.number, kept.is_open, kept.due_at) == ("BGR-31-00001", True, None)
