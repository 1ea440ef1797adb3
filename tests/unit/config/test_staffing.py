"""Commands about hours and staff: holidays corrected, an office closed, its first head appointed."""

import datetime as dt

import pytest
from django.test import Client

from config import staffing
from config.commands import Refused
from loket.accounts.actions import add_second_factor
from loket.accounts.models import User
from loket.accounts.queries import factors_of
from loket.kernel import clock
from loket.offices.models import Holiday
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.tickets.models import Ticket
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import complete

pytestmark = pytest.mark.django_db
FRIDAY = dt.datetime(
    2026, 11, 27, 6, 55, tzinfo=dt.UTC
)  # 13.55 WIB, five minutes before closing
MONDAY = dt.date(2026, 11, 30)


@pytest.fixture
def running(depok):
    """A ticket whose promise runs over the weekend: due on Monday at 09.10."""
    with clock.at(FRIDAY):
        ticket = registration(depok)
        complete(ticket, officer(depok))
        yield ticket


def due_day(ticket):
    return Ticket.objects.get(pk=ticket.pk).due_at.date()


def test_the_promise_runs_over_the_weekend(running):
    assert due_day(running) == MONDAY


def test_closing_the_office_moves_the_open_due_time(running):
    lines = list(
        staffing.close_office(office="kota-depok", day=MONDAY, reason="Pilkada")
    )

    assert lines == ["Tenggat yang berubah: 1"]
    assert due_day(running) == MONDAY + dt.timedelta(days=1)


def test_a_new_holiday_moves_it_and_dropping_moves_it_back(running):
    list(
        staffing.set_holiday(
            day=MONDAY, kind="national_holidays", name="Libur", source="SKB"
        )
    )
    assert due_day(running) == MONDAY + dt.timedelta(days=1)

    list(staffing.drop_holiday(day=MONDAY, kind="national_holidays"))
    assert due_day(running) == MONDAY


def test_dropping_a_day_that_is_not_there_is_refused(packs):
    with pytest.raises(Refused):
        list(staffing.drop_holiday(day=MONDAY, kind="cuti_bersama"))


def test_the_table_of_a_year_is_listed_in_order(packs):
    lines = list(staffing.list_holidays(year=2026))

    assert len(lines) == Holiday.objects.filter(date__year=2026).count() == 25
    assert lines == sorted(lines)


def test_the_first_head_can_invite_others(packs, bogor):
    password, secret = staffing.appoint(
        "kota-bogor",
        "kepala_tim",
        login="kepala",
        email="kepala@kantor.example",
        name="Ayu Kencana",
    )

    head = User.objects.get(user_id="kepala")
    assert head.check_password(password)
    assert len(secret) == 32
    assert may(again(head), Permission.STAFF_INVITE, bogor.pk)


@pytest.mark.parametrize(
    ("slug", "role"), [("kota-lain", "kepala_tim"), ("kota-bogor", "raja")]
)
def test_an_unknown_office_or_role_is_refused_by_name(packs, slug, role):
    with pytest.raises(Refused) as refusal:
        staffing.appoint(slug, role, login="a", email="a@kantor.example", name="A")

    assert "Yang ada:" in str(refusal.value)


def test_a_login_that_is_taken_is_refused_and_leaves_nothing(packs):
    said = {"email": "satu@kantor.example", "name": "A"}
    staffing.appoint("kota-bogor", "kepala_tim", login="kepala", **said)

    with pytest.raises(Refused):
        staffing.appoint("kota-bogor", "helpdesk", login="lain", **said)

    assert not User.objects.filter(user_id="lain").exists()


def test_unlock_takes_the_factor_and_ends_the_sessions(depok):
    user = officer(depok)
    add_second_factor(user, secret="JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(user)
    said = staffing.unlock(user.email.upper())
    assert said == f"{user.user_id}: faktor kedua dihapus, semua sesi diakhiri."
    assert (user.sessions.count(), factors_of(user)) == (0, [])
    assert staffing.unlock(user.user_id).endswith("tidak punya faktor kedua; semua sesi diakhiri.")  # fmt: skip


def test_unlock_of_nobody_is_refused(db):
    with pytest.raises(Refused, match="siapa"):
        staffing.unlock("siapa")
