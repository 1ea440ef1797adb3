"""Away from the office: entered by himself or by a head, never twice for one day."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.actions import Away, end_absence, note_absence
from loket.offices.models import Absence
from loket.offices.permissions import is_present
from loket.offices.queries import absences, workers_today
from loket.offices.roles import Role
from tests.factories.people import again, officer, person

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10.00 WIB
DAY = timedelta(days=1)
WEEK = Away("leave", MONDAY, MONDAY + 5 * DAY)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def sari(bogor):
    return again(officer(bogor, Role.HELPDESK, "Sari Wening"))


@pytest.fixture
def head(bogor):
    return again(officer(bogor, Role.KEPALA_TIM, "Gilang Samudra"))


@pytest.mark.parametrize("who", ["sari", "head"])
def test_officer_and_head_write_down_an_absence(who, bogor, sari, head):
    note_absence(bogor, sari, WEEK, by={"sari": sari, "head": head}[who])
    assert not is_present(sari, bogor.pk)
    assert [each.away_until for each in workers_today(bogor) if each.user == sari] == [WEEK.ends_at]  # fmt: skip


def test_colleague_and_stranger_write_down_nothing(bogor, depok, sari):
    others = (officer(bogor), officer(depok, Role.KEPALA_BAGIAN), person())
    for other in others:
        with pytest.raises(PermissionDenied):
            note_absence(bogor, sari, WEEK, by=again(other))
    assert Absence.objects.count() == 0


def test_only_somebody_who_works_there_is_away(bogor, head):
    with pytest.raises(ValidationError):
        note_absence(bogor, person(), WEEK, by=head)


@pytest.mark.parametrize(
    ("starts", "ends"), [(0, 0), (2, 1), (-3, -1)], ids=["empty", "turned", "over"]
)
def test_days_that_make_no_absence_are_refused(starts, ends, bogor, sari):
    away = Away("leave", MONDAY + starts * DAY, MONDAY + ends * DAY)
    with pytest.raises(ValidationError):
        note_absence(bogor, sari, away, by=sari)


def test_second_absence_over_the_same_day_is_refused(bogor, sari):
    note_absence(bogor, sari, WEEK, by=sari)
    with pytest.raises(ValidationError):
        note_absence(bogor, sari, Away("duty", MONDAY + 4 * DAY, MONDAY + 9 * DAY), by=sari)  # fmt: skip
    note_absence(bogor, sari, Away("duty", WEEK.ends_at, MONDAY + 9 * DAY), by=sari)
    assert Absence.objects.count() == 2


def test_database_itself_refuses_the_overlap(bogor, sari):
    row = {"office": bogor, "user": sari, "kind": "leave", "entered_by": sari, "entered_at": MONDAY}  # fmt: skip
    Absence.objects.create(**row, starts_at=MONDAY, ends_at=MONDAY + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(**row, starts_at=MONDAY, ends_at=MONDAY + 2 * DAY)


@pytest.mark.django_db(transaction=True)
def test_two_heads_at_once_write_down_one_absence(bogor, sari):
    heads, gate, results = [officer(bogor, Role.KEPALA_TIM) for _ in range(2)], Barrier(2), []  # fmt: skip

    def run(by):
        try:
            with clock.at(MONDAY):
                gate.wait()
                note_absence(bogor, sari, WEEK, by=again(by))
            results.append("did it")
        except ValidationError:
            results.append("told")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(by,)) for by in heads]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert sorted(results) == ["did it", "told"]


def test_back_earlier_ends_it_now_and_once(bogor, sari):
    away = note_absence(bogor, sari, WEEK, by=sari)
    with clock.at(MONDAY + DAY):
        end_absence(away, by=sari)
        assert is_present(sari, bogor.pk)
        with pytest.raises(Conflict):
            end_absence(away, by=sari)


def test_absence_called_off_before_it_began_never_holds_and_frees_its_days(bogor, sari):
    later = Away("leave", MONDAY + DAY, MONDAY + 3 * DAY)
    end_absence(note_absence(bogor, sari, later, by=sari), by=sari)
    assert list(absences(bogor)) == []
    with clock.at(MONDAY + 2 * DAY):
        assert is_present(sari, bogor.pk)
    note_absence(bogor, sari, later, by=sari)


def test_page_takes_days_and_shows_who_is_away(bogor, sari):
    client = Client()
    client.force_login(sari)
    page = reverse("offices:absences", args=[bogor.slug])
    said = {"user": sari.pk, "kind": "leave", "starts": "23/11/2026", "until": "27/11/2026"}  # fmt: skip

    answer = client.post(page, said | {"kunci": uuid4().hex})

    assert answer.status_code == 302
    away = Absence.objects.get()
    assert bogor.local(away.starts_at).date() == date(2026, 11, 23)
    assert bogor.local(away.ends_at).date() == date(2026, 11, 28)
    assert "Tidak hadir sampai" in client.get(reverse("offices:staff", args=[bogor.slug])).content.decode()  # fmt: skip
    refused = client.post(page, said | {"kunci": uuid4().hex})
    assert refused.status_code == 422
    end = reverse("offices:end_absence", args=[bogor.slug, away.pk])
    assert client.post(end, {"kunci": uuid4().hex}).status_code == 302
    assert Absence.objects.not_over().count() == 0


def test_officer_offers_only_himself_on_the_page(bogor, sari, head):
    client = Client()
    client.force_login(sari)
    page = reverse("offices:absences", args=[bogor.slug])
    said = {"user": head.pk, "kind": "leave", "starts": "23/11/2026", "until": "27/11/2026"}  # fmt: skip
    assert client.post(page, said | {"kunci": uuid4().hex}).status_code == 422
    assert Absence.objects.count() == 0
