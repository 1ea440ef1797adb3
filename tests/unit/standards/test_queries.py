"""Which version holds on which day, and that a ticket keeps its own."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loket.kernel import clock
from loket.standards.models import Standard
from loket.standards.queries import (
    in_force,
    legal_bases,
    services_in_force,
    spec_of,
    versions,
)
from loket.tickets.models import Ticket
from tests.factories.tickets import registration

pytestmark = pytest.mark.django_db
SERVICE = "registrasi-verifikasi"
CHANGE = datetime(2021, 2, 28, 17, 0, tzinfo=UTC)  # 1 March, 00.00 WIB
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2020, 7, 1), 1),
        (date(2021, 2, 28), 1),
        (date(2021, 3, 1), 2),
        (date(2026, 11, 23), 2),
    ],
)
def test_version_holds_from_its_date_until_the_next_ones(bogor, day, version):
    assert in_force(bogor, SERVICE, on=day).version == version


def test_nothing_holds_before_the_first_date(bogor):
    with pytest.raises(Standard.DoesNotExist):
        in_force(bogor, SERVICE, on=date(2020, 6, 30))


def test_day_changes_at_midnight_of_the_office(bogor):
    found = []
    for moment in (CHANGE - SECOND, CHANGE):
        with clock.at(moment):
            found.append(in_force(bogor, SERVICE).version)
    assert found == [1, 2]


def test_services_show_the_version_of_today(bogor):
    found = []
    for moment in (CHANGE - timedelta(days=300), CHANGE - SECOND, CHANGE):
        with clock.at(moment):
            here = services_in_force(bogor)
            found.append(
                [each.version for each in here if each.service.code == SERVICE]
            )
    assert found == [[], [1], [2]]


def test_all_versions_are_shown_the_newest_first(bogor):
    assert [one.version for one in versions(bogor, SERVICE)] == [2, 1]


def test_offices_do_not_mix(bogor, depok):
    assert in_force(bogor, SERVICE).office_id == bogor.pk
    assert {one.office_id for one in versions(depok, SERVICE)} == {depok.pk}


def test_ticket_of_the_day_before_keeps_the_old_version(bogor):
    """G1: the ticket runs by what was promised when it came in."""
    with clock.at(CHANGE - SECOND):
        before = registration(bogor)
    with clock.at(CHANGE):
        after = registration(bogor)
        kept = Ticket.objects.get(pk=before.pk)
    assert (kept.standard.version, after.standard.version) == (1, 2)
    assert spec_of(kept.standard_id).effective == date(2020, 7, 1)


def test_record_of_a_version_is_read_once(bogor, django_assert_num_queries):
    standard = in_force(bogor, SERVICE)
    with django_assert_num_queries(1):
        assert spec_of(standard.pk) is spec_of(standard.pk)


def test_laws_are_found_by_code(bogor):
    assert list(legal_bases(["uu-25-2009", "tidak-ada"])) == ["uu-25-2009"]
