"""Numbers without gaps, appointments by the head, holidays that editors may change."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from loket.kernel import clock
from loket.offices.actions import appoint, load_holidays, next_number
from loket.offices.models import Holiday, Membership, Sequence
from loket.offices.roles import Permission, Role
from tests.factories.people import again, officer, person

THREADS, EACH = 8, 6


def in_threads(act):
    def run():
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_whoever_rolls_back(bogor):
    """Every third taker fails after taking; his number goes to the next."""
    taken = []

    def take():
        for turn in range(EACH):
            with transaction.atomic():
                number = next_number(bogor, kind="receipt", year=2026)
                if turn % 3 == 2:
                    transaction.set_rollback(True)
                else:
                    taken.append(number)

    in_threads(take)

    assert sorted(taken) == list(range(1, THREADS * EACH * 2 // 3 + 1))
    assert Sequence.objects.get(kind="receipt").last == len(taken)


@pytest.mark.django_db(transaction=True)
def test_sequence_of_the_server_would_leave_gaps(bogor):
    """The control: the same failures leave holes in what nextval gives."""
    taken = []

    def take():
        for turn in range(EACH):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT nextval('offices_sequence_id_seq')")
                if turn % 3 == 2:
                    transaction.set_rollback(True)
                else:
                    taken.append(cursor.fetchone()[0])

    in_threads(take)

    assert max(taken) - min(taken) + 1 > len(taken) == len(set(taken))


@pytest.mark.django_db
def test_each_office_kind_and_year_counts_for_itself(bogor, depok):
    asked = [
        (bogor, "receipt", 2026), (bogor, "receipt", 2026), (bogor, "minutes", 2026),
        (bogor, "receipt", 2027), (depok, "receipt", 2026),
    ]  # fmt: skip
    given = [next_number(office, kind=kind, year=year) for office, kind, year in asked]
    assert given == [1, 2, 1, 1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_only_heads_appoint(bogor, role):
    by, newcomer = officer(bogor, role), person()
    try:
        appoint(bogor, newcomer, role=Role.HELPDESK, by=by)
    except PermissionDenied:
        assert Permission.STAFF_INVITE not in role.permissions
    else:
        assert Permission.STAFF_INVITE in role.permissions
    appointed = Membership.objects.filter(user=newcomer).count()
    assert appointed == (Permission.STAFF_INVITE in role.permissions)


@pytest.mark.django_db
def test_head_appoints_in_his_own_office_only(bogor, depok):
    head = officer(bogor, Role.KEPALA_BAGIAN)
    with pytest.raises(PermissionDenied):
        appoint(depok, person(), role=Role.HELPDESK, by=head)


@pytest.mark.django_db
def test_auditor_is_appointed_until_a_date(bogor):
    head, until = officer(bogor, Role.KEPALA_TIM), clock.now() + timedelta(days=14)
    auditor = appoint(bogor, person(), role=Role.AUDITOR, by=head, until=until)
    assert auditor.valid_until == until
    assert auditor.valid_from < until


@pytest.mark.django_db
def test_person_who_left_may_be_appointed_again(bogor):
    user = officer(bogor, Role.TRAINER)
    Membership.objects.filter(user=user).update(valid_until=clock.now())
    appoint(bogor, user, role=Role.TRAINER, by=None)
    terms = again(user).memberships.order_by("valid_from")
    assert [term.valid_until is None for term in terms] == [False, True]


@pytest.mark.django_db
def test_loading_holidays_again_keeps_what_an_editor_changed(packs):
    day = Holiday.objects.order_by("date").first()
    count = Holiday.objects.count()
    Holiday.objects.filter(pk=day.pk).update(name="Hari libur yang diubah")
    load_holidays()
    day.refresh_from_db()
    assert (day.name, Holiday.objects.count()) == ("Hari libur yang diubah", count)
