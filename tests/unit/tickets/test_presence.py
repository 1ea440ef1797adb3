"""Two officers on one ticket are told of each other; readers leave no trace."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions.presence import forget_presence, look_in
from loket.tickets.models import Presence
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(bogor):
    return registration(bogor)


@pytest.fixture
def ratna(bogor):
    return again(officer(bogor, Role.VERIFIKATOR))


@pytest.fixture
def bayu(bogor):
    return again(officer(bogor, Role.FRONT_OFFICE, "Bayu Lesmana"))


def later(**how):
    return clock.at(MONDAY + timedelta(**how))


def names(ticket, by):
    return [other.name for other in look_in(ticket, by=by)]


def test_the_second_reads_of_the_first_and_then_the_first_of_him(ticket, ratna, bayu):
    assert names(ticket, ratna) == []
    assert names(ticket, bayu) == ["Ratna Widuri"]
    assert names(ticket, ratna) == ["Bayu Lesmana"]
    assert Presence.objects.count() == 2


def test_a_screen_that_fell_silent_is_not_told_of(ticket, ratna, bayu):
    names(ticket, ratna)
    with later(minutes=2, seconds=59):
        assert names(ticket, bayu) == ["Ratna Widuri"]
    with later(minutes=3):
        assert names(ticket, bayu) == []


def test_pages_say_it_and_ask_again(ticket, ratna, bayu):
    first, second = signed_in(ratna), signed_in(bayu)
    desk = f"/meja/tiket/{ticket.number}/"
    first.get(desk)
    assert "Ratna Widuri</b> juga membuka" in second.get(desk).content.decode()
    again_asked = first.get(f"{desk}hadir/").content.decode()
    assert "Bayu Lesmana</b> juga membuka" in again_asked


def test_auditors_leave_no_trace(ticket, bogor, ratna):
    signed_in(officer(bogor, Role.AUDITOR, "Tirta Adiguna")).get(f"/meja/tiket/{ticket.number}/")  # fmt: skip
    assert names(ticket, ratna) == []


def test_nobody_of_another_office_asks(ticket, depok):
    stranger = signed_in(officer(depok, Role.VERIFIKATOR))
    assert stranger.get(f"/meja/tiket/{ticket.number}/hadir/").status_code == 404
    assert not Presence.objects.exists()


def test_signs_of_life_are_deleted_after_a_day(ticket, ratna, bayu):
    names(ticket, ratna)
    with later(hours=23):
        names(ticket, bayu)
    with later(hours=24, seconds=1):
        assert forget_presence() == 1
    assert Presence.objects.get().user == bayu
