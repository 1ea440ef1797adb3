"""What the tables of the office refuse, whoever writes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from loket.kernel import clock
from loket.offices.models import (
    Calendar,
    Closure,
    Holiday,
    Membership,
    Office,
    Sequence,
)
from tests.factories.people import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 24)
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def refused_by(act):
    """The name of the constraint that refuses."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    return refusal.value.__cause__.diag.constraint_name


def twice(model, **values):
    def act():
        for _ in range(2):
            model.objects.create(**values)

    return act


def test_one_calendar_for_each_code(bogor):
    act = twice(Calendar, office=bogor, code="baru", week={})
    assert refused_by(act) == "calendar_one_per_code"


def test_one_holiday_of_a_kind_for_each_day():
    act = twice(Holiday, date=DAY, kind=Holiday.NATIONAL, name="Libur")
    assert refused_by(act) == "holiday_one_per_day_and_kind"


def test_one_closure_for_each_day(bogor):
    act = twice(Closure, office=bogor, date=DAY, reason="Perbaikan gedung")
    assert refused_by(act) == "closure_one_per_day"


def test_one_membership_for_each_role(bogor):
    act = twice(
        Membership, office=bogor, user=person(), role="helpdesk", valid_from=MONDAY
    )
    assert refused_by(act) == "membership_no_two_at_once"


@pytest.mark.parametrize("length", [timedelta(), timedelta(days=-1)])
def test_membership_cannot_end_before_it_began(bogor, length):
    assert refused_by(
        lambda: Membership.objects.create(
            office=bogor, user=person(), role="helpdesk",
            valid_from=MONDAY, valid_until=MONDAY + length,
        )
    ) == "membership_ends_after_it_began"  # fmt: skip


def test_one_counter_for_each_kind_and_year(bogor):
    act = twice(Sequence, office=bogor, kind="receipt", year=2026)
    assert refused_by(act) == "sequence_one_per_kind_and_year"


@pytest.mark.parametrize("field", ["slug", "code"])
def test_no_two_offices_share_what_names_them(bogor, field):
    values = {"slug": "kantor-pandan", "code": "PDN", field: getattr(bogor, field)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(name="LPSE Pandan", loaded_at=clock.now(), **values)


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Jakarta", 10), ("Asia/Makassar", 11), ("Asia/Jayapura", 12)]
)  # fmt: skip
def test_office_reads_its_own_wall_clock(zone, hour):
    office = Office(time_zone=zone)
    assert (office.local(MONDAY).hour, office.local(MONDAY)) == (hour, MONDAY)
