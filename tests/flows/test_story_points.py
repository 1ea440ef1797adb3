"""Each point of the printed procedures, in a finished ticket: its number, who did it, when, and its norm (F, S, T)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.models import Ticket
from loket.tickets.queries.points import points_of
from loket.tickets.queries.story import read_events
from tests.factories.people import again
from tests.flows.story import Officer, Supplier, send, text_of
from tests.flows.test_story_batang import ADDRESS, screenshot
from tests.flows.test_story_remote import hold, planned, register
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
WULAN, BAYU, SUPPLIER = "Wulan Prameswari", "Bayu Lesmana", "Pemohon"
SHARED = "termasuk dalam 15 menit"


class Day:
    """Every act of a story two minutes after the one before."""

    def __init__(self, start):
        self.now = start

    def then(self, act):
        self.now += timedelta(minutes=2)
        with clock.at(self.now):
            return act()


@pytest.fixture
def day(monday):
    return Day(monday)


def told(ticket):
    """Number -> who, hour and norm, of every numbered step; every one must have been done."""
    ticket = Ticket.objects.get(pk=ticket.pk)
    found = points_of(ticket, read_events(ticket, for_office=True), for_office=True)
    assert ticket.is_open is False
    return {
        number: (each.who, each.when[-9:-4], each.norm)
        for each in found
        for number in each.numbers
    }


def an_hour_later(day, *people):
    """A call took its time, and sessions of browsers ended meanwhile."""
    day.now += timedelta(hours=1)
    for each in people:
        user = each.user if isinstance(each, Officer) else User.objects.get(email=each.email)  # fmt: skip
        each.browser = day.then(lambda user=user: signed_in(again(user)))
    day.now -= timedelta(minutes=2 * len(people))


def activate(officer, ticket, step):
    ticket.refresh_from_db()
    officer.do(ticket, step, system="SPSE")


def approve(day, wulan, supplier, ticket):
    """The end of Batang's procedure, which both ways share."""
    day.then(lambda: activate(wulan, ticket, "setujui"))
    day.then(lambda: wulan.do(ticket, "pantau", result="promised"))
    day.then(lambda: supplier.do(ticket, "isi-sikap", file=screenshot()))


def test_batang_face_to_face_shows_its_eight_steps(batang, day):
    supplier, wulan = Supplier(batang), Officer(batang, Role.VERIFIKATOR, WULAN)
    ticket = day.then(lambda: supplier.register(**ADDRESS)[0])
    day.then(lambda: supplier.upload_all(ticket))
    day.then(lambda: supplier.do(ticket, "ajukan"))
    day.then(lambda: (wulan.judge(ticket), wulan.do(ticket, "verifikasi")))
    approve(day, wulan, supplier, ticket)
    assert told(ticket) == {
        1: (SUPPLIER, "11.02", "5 menit"),
        2: (SUPPLIER, "11.02", "10 menit"),
        3: (SUPPLIER, "11.06", "5 menit"),
        5: (WULAN, "11.08", "30 menit"),
        6: (WULAN, "11.10", "1 menit"),
        7: (WULAN, "11.12", "5 menit"),
        8: (SUPPLIER, "11.14", "15 menit"),
    }


def test_batang_remote_shows_all_eight_with_the_time_of_the_call(batang, day):
    supplier, wulan = Supplier(batang), Officer(batang, Role.VERIFIKATOR, WULAN)
    ticket = day.then(lambda: register(supplier, **ADDRESS))
    day.then(lambda: supplier.upload_all(ticket))
    day.then(lambda: supplier.do(ticket, "ajukan"))
    link = ("link", "https://rapat.example/p")
    day.then(lambda: wulan.do(ticket, "jadwal", **planned(ticket, *link)))
    day.then(lambda: hold(wulan, supplier, ticket))  # an hour after 11.08
    an_hour_later(day, supplier, wulan)
    approve(day, wulan, supplier, ticket)
    assert told(ticket) == {
        1: (SUPPLIER, "11.02", "5 menit"),
        2: (SUPPLIER, "11.02", "10 menit"),
        3: (SUPPLIER, "11.06", "5 menit"),
        4: (WULAN, "11.08", "5 menit"),
        5: (WULAN, "12.08", "30 menit"),
        6: (WULAN, "12.12", "1 menit"),
        7: (WULAN, "12.14", "5 menit"),
        8: (SUPPLIER, "12.16", "15 menit"),
    }


def surveys(day, supplier, ticket):
    for step in ("evaluasi", "ikm"):
        day.then(lambda step=step: supplier.do(ticket, step))


def test_bogor_face_to_face_shows_its_thirteen_points(bogor, day):
    supplier, wulan = Supplier(bogor), Officer(bogor, Role.VERIFIKATOR, WULAN)
    front = Officer(bogor, Role.FRONT_OFFICE, BAYU)
    ticket = day.then(lambda: supplier.register()[0])
    day.then(lambda: supplier.upload_all(ticket))
    day.then(lambda: supplier.do(ticket, "siapkan"))
    day.then(lambda: supplier.do(ticket, "booking", note="A-025"))
    day.then(lambda: front.do(ticket, "periksa", complete="yes"))
    day.then(lambda: (wulan.judge(ticket), wulan.do(ticket, "verifikasi")))
    day.then(lambda: front.do(ticket, "tanda-terima"))
    surveys(day, supplier, ticket)
    day.then(lambda: activate(wulan, ticket, "aktifkan"))
    day.then(lambda: wulan.do(ticket, "sikap", result="confirmed", source="SIKaP"))
    assert told(ticket) == {
        1: (SUPPLIER, "11.08", ""),
        2: (SUPPLIER, "11.02", ""),
        3: (SUPPLIER, "11.02", ""),
        4: (BAYU, "11.10", ""),
        5: (BAYU, "11.10", ""),
        6: (SUPPLIER, "11.06", ""),
        7: (WULAN, "11.12", SHARED),
        8: (BAYU, "11.14", SHARED),
        9: (SUPPLIER, "11.16", ""),
        10: (SUPPLIER, "11.18", ""),
        11: (WULAN, "11.20", SHARED),
        12: (WULAN, "11.20", SHARED),
        13: (WULAN, "11.22", ""),
    }


def test_bogor_remote_has_every_point_but_queue_counter_and_receipt(bogor, day):
    supplier, wulan = Supplier(bogor), Officer(bogor, Role.VERIFIKATOR, WULAN)
    ticket = day.then(lambda: register(supplier))
    day.then(lambda: supplier.upload_all(ticket))
    day.then(lambda: supplier.do(ticket, "siapkan"))
    day.then(lambda: wulan.do(ticket, "periksa", complete="yes"))
    plan = reverse("verification:plan", args=[ticket.number])
    day.then(lambda: send(wulan.browser, plan, **planned(ticket, "phone", ticket.phone)))  # fmt: skip
    day.then(lambda: hold(wulan, supplier, ticket))
    an_hour_later(day, supplier, wulan)
    surveys(day, supplier, ticket)
    day.then(lambda: activate(wulan, ticket, "aktifkan"))
    day.then(lambda: wulan.do(ticket, "sikap", result="confirmed", source="SIKaP"))
    found = told(ticket)
    assert sorted(found) == [2, 3, 4, 5, 6, 9, 10, 11, 12, 13]
    assert (found[4], found[11]) == ((WULAN, "11.08", ""), (WULAN, "12.18", SHARED))


def to_the_decision(day, depok):
    supplier, wulan = Supplier(depok), Officer(depok, Role.VERIFIKATOR, WULAN)
    ticket = day.then(lambda: supplier.register(pkp="no")[0])
    day.then(lambda: supplier.upload_all(ticket))
    day.then(lambda: supplier.do(ticket, "datang"))
    return supplier, wulan, ticket


def test_depok_shows_its_three_points_after_a_document_was_mended(depok, day):
    supplier, wulan, ticket = to_the_decision(day, depok)
    day.then(lambda: (wulan.judge(ticket, refused={"npwp-usaha"}), wulan.do(ticket, "cocokkan")))  # fmt: skip
    ticket.refresh_from_db()
    assert ticket.step == "datang"
    day.then(lambda: supplier.upload_all(ticket))
    day.then(lambda: supplier.do(ticket, "datang"))
    day.then(lambda: (wulan.judge(ticket), wulan.do(ticket, "cocokkan")))
    day.then(lambda: wulan.do(ticket, "putuskan", exit="terima"))
    day.then(lambda: activate(wulan, ticket, "aktifkan"))
    day.then(lambda: wulan.do(ticket, "bukti"))
    ticket.refresh_from_db()
    found = points_of(ticket, read_events(ticket, for_office=True), for_office=True)
    assert [(e.label, e.who, e.when[-9:-4], e.norm, e.times) for e in found] == [
        ("1", SUPPLIER, "11.02", "", 1),
        ("1", SUPPLIER, "11.12", "", 2),
        ("2", WULAN, "11.14", "10 menit", 1),
        ("2", WULAN, "11.16", "2 menit", 1),
        ("3", WULAN, "11.18", "1 menit", 1),
        ("3", WULAN, "11.20", "2 menit", 1),
    ]


def test_applicant_reads_the_points_without_the_names_of_officers(depok, day):
    supplier, wulan, ticket = to_the_decision(day, depok)
    day.then(lambda: (wulan.judge(ticket), wulan.do(ticket, "cocokkan")))
    own = day.then(lambda: text_of(supplier.browser.get(f"/tiket/{ticket.number}/")))
    desk = day.then(lambda: text_of(wulan.browser.get(f"/meja/tiket/{ticket.number}/")))
    heading = "Prosedur menurut nomor pada standar"
    assert [page.count(heading) for page in (own, desk)] == [1, 1]
    assert "Petugas 23 November 2026, 11.08 WIB" in own
    assert (WULAN in own, f"{WULAN} 23 November 2026, 11.08 WIB" in desk) == (False, True)  # fmt: skip
