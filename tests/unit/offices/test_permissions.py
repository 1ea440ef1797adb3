"""What a person may do follows from the memberships that hold at that moment."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from loket.kernel import clock
from loket.offices.models import Membership
from loket.offices.permissions import Standing, has_role, is_officer, may, standing
from loket.offices.roles import OFFICERS, PERMISSIONS, Permission, Role
from tests.factories.people import again, officer, person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def member(office, *, begins, ends):
    user = person()
    Membership.objects.create(
        office=office, user=user, role=Role.HELPDESK, valid_from=begins, valid_until=ends
    )  # fmt: skip
    return user


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [
        (MONDAY, None, True),
        (MONDAY - SECOND, MONDAY + SECOND, True),
        (MONDAY + SECOND, None, False),
        (MONDAY - SECOND, MONDAY, False),
        (MONDAY - 2 * SECOND, MONDAY - SECOND, False),
    ],
)
def test_role_holds_from_its_first_moment_until_before_its_last(bogor, begins, ends, holds):  # fmt: skip
    user = member(bogor, begins=begins, ends=ends)
    with clock.at(MONDAY):
        assert is_officer(user) == holds
        assert may(user, Permission.TICKET_READ, bogor.pk) == holds
        assert has_role(user, [Role.HELPDESK], bogor.pk) == holds


def test_role_of_one_office_is_nothing_in_another(bogor, depok):
    user = officer(bogor, Role.KEPALA_BAGIAN)
    assert standing(user).by_office == {bogor.pk: frozenset({"kepala_bagian"})}
    assert not may(user, Permission.TICKET_READ, depok.pk)
    assert not has_role(user, OFFICERS, depok.pk)


def test_roles_of_one_person_add_up(bogor, depok):
    user = officer(bogor, Role.AUDITOR)
    for office, role in ((bogor, Role.FRONT_OFFICE), (depok, Role.TRAINER)):
        Membership.objects.create(
            office=office, user=user, role=role, valid_from=clock.now()
        )
    assert standing(user).roles == {"auditor", "front_office", "trainer"}
    assert may(user, Permission.TICKET_TAKE, bogor.pk)
    assert standing(user).offices_with(Permission.TICKET_TAKE) == [bogor.pk, depok.pk]


def test_standing_is_read_once_for_a_request(bogor, django_assert_num_queries):
    user = again(officer(bogor))
    with django_assert_num_queries(1):
        for permission in Permission:
            may(user, permission, bogor.pk)
        is_officer(user)


def test_next_request_sees_what_changed(bogor):
    user = officer(bogor)
    assert is_officer(user)
    Membership.objects.filter(user=user).delete()
    assert is_officer(user)
    assert not is_officer(again(user))


def test_visitor_is_nothing_without_asking(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert standing(AnonymousUser()) == Standing()
        assert not is_officer(AnonymousUser())


def test_applicant_is_no_officer():
    assert not is_officer(person())


def test_every_role_has_its_row_in_the_table():
    assert set(PERMISSIONS) == set(Role.values)
    assert {role.permissions for role in Role} == set(PERMISSIONS.values())


def test_auditor_only_reads():
    assert PERMISSIONS[Role.AUDITOR] == {Permission.TICKET_READ}


@pytest.mark.parametrize(
    "permission",
    [Permission.TICKET_REOPEN, Permission.STANDARD_PUBLISH, Permission.STAFF_INVITE],
)
def test_what_binds_the_office_is_its_heads(permission):
    holders = {role for role in Role.values if permission in PERMISSIONS[role]}
    assert holders == {"kepala_tim", "kasubag_lpse", "kepala_bagian"}
