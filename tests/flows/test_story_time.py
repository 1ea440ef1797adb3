"""The two clocks of Bogor with minutes counted by hand: Friday evening to Tuesday is on time (C5, C6).

Bogor promises 15 service minutes from complete documents; calls and counter are open from 10.00 to 14.00 WIB,
Monday to Friday, never on national holidays.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from loket.kernel import clock
from loket.offices.actions import close_office
from loket.offices.roles import Role
from loket.tickets.models import Ticket
from loket.tickets.queries.progress import clock_face, segments_of
from loket.verification.models import Session
from tests.flows.story import Officer, Supplier, send, text_of
from tests.flows.test_story_remote import hold, register
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY, TUESDAY = 20, 23, 24  # of November 2026


def wib(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


class People:
    """The same people on several days; whenever they come they sign in anew."""

    def __init__(self, office):
        self.supplier = Supplier(office)
        self.wulan = Officer(office, Role.VERIFIKATOR, "Wulan Prameswari")
        self.bayu = Officer(office, Role.FRONT_OFFICE, "Bayu Lesmana")

    def come(self, ticket):
        for each in (self.wulan, self.bayu):
            each.browser = signed_in(type(each.user).objects.get(pk=each.user.pk))
        self.supplier.browser = signed_in(ticket.parties.get().user)

    def give_documents(self, ticket):
        self.come(ticket)
        self.supplier.upload_all(ticket)
        self.supplier.do(ticket, "siapkan")
        self.bayu.do(ticket, "periksa", complete="yes")

    def refuse(self, ticket):
        self.come(ticket)
        self.wulan.judge(ticket, refused={"npwp-perusahaan"})
        self.wulan.do(ticket, "verifikasi")


@pytest.fixture
def people(bogor):
    cache.clear()
    with clock.at(wib(FRIDAY, 9)):
        return People(bogor)


def face(ticket):
    ticket = Ticket.objects.get(pk=ticket.pk)
    found = clock_face(ticket, segments_of(ticket))
    return found.used_minutes, found.elapsed_minutes, found.is_late


def on_friday_evening(people):
    with clock.at(wib(FRIDAY, 19)):
        ticket, _letters = people.supplier.register()
        people.supplier.upload_all(ticket)
        people.supplier.do(ticket, "siapkan")
        people.come(ticket)
        people.bayu.do(ticket, "periksa", complete="yes")
    return ticket


def test_friday_evening_to_tuesday_morning_is_on_time_and_both_clocks_are_shown(people, bogor):  # fmt: skip
    close_office(bogor, date(2026, 11, MONDAY), reason="Libur kota")
    ticket = on_friday_evening(people)
    with clock.at(wib(TUESDAY, 10, 12)):
        people.come(ticket)
        own = text_of(people.supplier.browser.get(f"/tiket/{ticket.number}/"))
        desk = text_of(people.wulan.browser.get(f"/meja/tiket/{ticket.number}/"))
        # 10.00 to 10.12 on Tuesday; 19.00 on Friday to 10.12 on Tuesday are 3 days, 15 hours, 12 minutes
        assert face(ticket) == (12, 3 * 1440 + 15 * 60 + 12, False)
    assert ["Sudah berlalu 3 hari 15 j" in page for page in (own, desk)] == [True, True]
    assert ["12 dari 15 menit" in page for page in (own, desk)] == [True, True]


def test_without_the_holiday_monday_counts_and_the_same_tuesday_is_late(people):
    ticket = on_friday_evening(people)
    with clock.at(wib(TUESDAY, 10, 12)):
        assert face(ticket)[::2] == (4 * 60 + 12, True)


def test_sent_back_twice_over_days_counts_the_offices_minutes_alone(people):
    with clock.at(wib(MONDAY, 10)):
        ticket, _letters = people.supplier.register()
        people.give_documents(ticket)
    with clock.at(wib(MONDAY, 10, 4)):  # 4 minutes
        people.refuse(ticket)
        assert face(ticket)[0] == 4
    with clock.at(wib(MONDAY, 13, 30)):
        people.give_documents(ticket)
    with clock.at(wib(MONDAY, 13, 35)):  # 4 + 5
        people.refuse(ticket)
        assert face(ticket)[0] == 9
    with clock.at(wib(TUESDAY, 13, 58)):
        people.give_documents(ticket)
    with clock.at(wib(TUESDAY + 1, 10, 3)):  # 9 + 2 until 14.00 + 3 since 10.00
        people.come(ticket)
        people.wulan.judge(ticket)
        people.wulan.do(ticket, "verifikasi")
        assert face(ticket)[::2] == (14, False)
    with clock.at(wib(TUESDAY + 1, 10, 5)):
        assert face(ticket)[::2] == (16, True)


def planned(at):
    return {"day": f"{at:%d-%m-%Y}", "time": f"{at:%H.%M}", "provider": "phone", "where": "0812 0000 0177"}  # fmt: skip


def test_a_call_moved_to_another_day_costs_no_minute_of_the_promise(people, bogor):
    """Bogor's promise covers the counter's steps; the way by call begins to count at the activation."""
    with clock.at(wib(MONDAY, 10)):
        ticket = register(people.supplier)
        people.give_documents(ticket)
        plan = reverse("verification:plan", args=[ticket.number])
        for day in (MONDAY, TUESDAY):
            send(people.wulan.browser, plan, **planned(bogor.local(wib(day, 11))))
        found = Session.objects.order_by("round").values_list("status", flat=True)
        assert list(found) == ["cancelled", "planned"]
    with clock.at(wib(TUESDAY, 10, 50)):
        people.come(ticket)
        hold(people.wulan, people.supplier, ticket)  # at 11.00
    with clock.at(wib(TUESDAY, 11, 14)):
        assert face(ticket)[::2] == (14, False)
