"""A request at the counter, by keyboard alone: name and phone, within the half minute somebody stands there (X6)."""

from time import monotonic

import pytest

from loket.offices.roles import Role
from loket.tickets.models import Ticket
from tests.browser.conftest import DESKTOP
from tests.browser.walking import sign_in
from tests.factories.people import again, officer
from tests.unit.tickets.test_intake import PHONE, arrived

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "CV Tunas Pandan"
STROKES = len(NAME) + len(PHONE) + 2  # Tab between the fields, Enter at the end
A_KEY = 200  # milliseconds: whoever types with two fingers


@pytest.fixture
def desk(visit, bogor):
    found = visit(DESKTOP)
    sign_in(found, officer(bogor, Role.FRONT_OFFICE))
    return found


def test_name_and_phone_are_typed_within_half_a_minute(desk, bogor):
    page = desk.page
    page.goto(f"/meja/{bogor.slug}/terima/")
    desk.look("intake")
    began, keys = monotonic(), page.keyboard
    keys.type(NAME, delay=A_KEY)
    keys.press("Tab")
    keys.type(PHONE, delay=A_KEY)
    keys.press("Enter")
    page.wait_for_url("**/lembar/")
    assert monotonic() - began < 30
    assert STROKES < 35
    ticket = Ticket.objects.get()
    assert (ticket.applicant_name, ticket.phone, ticket.channel) == (NAME, PHONE, "counter")  # fmt: skip
    desk.look("stub")


def test_refused_intake_leads_to_the_field_and_keeps_the_rest(desk, bogor):
    page = desk.page
    page.goto(f"/meja/{bogor.slug}/terima/")
    page.wait_for_selector("[name=name]:focus")  # nobody types before the page is drawn
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Tulis nomor telepon lengkap").click()
    assert page.evaluate("document.activeElement.name") == "phone"
    assert page.locator("[name=name]").input_value() == NAME
    desk.look("intake-refused")


def test_pages_of_a_ticket_from_the_desk(desk, bogor):
    ticket = arrived(bogor, by=again(officer(bogor)))
    for place in ("kiriman", "gabung", "tautkan"):
        desk.page.goto(f"/meja/tiket/{ticket.number}/{place}/")
        desk.look(f"intake-{place}")


def test_stub_fits_one_sheet_without_the_page_around_it(desk, bogor):
    ticket = arrived(bogor, by=again(officer(bogor)))
    desk.page.goto(f"/meja/tiket/{ticket.number}/lembar/")
    desk.page.emulate_media(media="print")
    assert desk.page.locator(".lk-noprint").first.is_visible() is False
    assert desk.page.pdf(format="A4").count(b"/Type /Page\n") == 1
