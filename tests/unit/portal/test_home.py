"""The front page: every office with its state now, and where people start."""

import pytest

from loket.offices.roles import Role
from loket.portal.forms import CodeForm
from tests.factories.counting import statements
from tests.factories.people import officer, person
from tests.unit.portal.reading import links, text_of
from tests.unit.ui.pages import page

pytestmark = pytest.mark.django_db


def test_every_office_stands_with_its_state(visit):
    page = visit("/")

    rows = [
        " ".join(item.text.split()) for item in page.all("li") if "LPSE" in item.text
    ]
    assert rows[:3] == [
        "LPSE Kabupaten Batang Jam layanan tidak diterbitkan",
        "LPSE Kota Bogor Buka sampai 14.00 WIB",
        "LPSE Kota Depok Buka sampai 15.30 WIB",
    ]


def test_every_office_is_one_click_away(visit):
    assert {
        f"/kantor/{slug}/" for slug in ("kota-bogor", "kota-depok", "kabupaten-batang")
    } <= set(links(visit("/")))


def test_way_to_an_account_has_five_steps(visit):
    assert len(visit("/").all("span", **{"class": "lk-steps__mark"})) == 5


def test_front_page_asks_for_the_code(visit):
    field = visit("/").one("input", name="kode")
    assert field["aria-describedby"] == "id_kode_helptext"


def test_page_without_offices_says_so():
    empty = page("portal/home.html", rows=[], steps=[], lookup=CodeForm())
    assert empty.texts("b")[0] == "Belum ada kantor"


def test_front_page_needs_one_statement(visit):
    visit("/")
    with statements() as sent:
        visit("/")
    assert len(sent) == 1


def test_front_page_speaks_english(visit):
    assert visit("/", language="en").one("html")["lang"] == "en"


def test_officer_starts_at_the_desk(client, bogor):
    client.force_login(officer(bogor, Role.VERIFIKATOR))
    assert client.get("/mulai/")["Location"] == "/meja/"


def test_applicant_starts_at_his_tickets(client, db):
    client.force_login(person())
    assert client.get("/mulai/")["Location"] == "/tiket/"


def test_visitor_is_asked_to_sign_in_first(client, db):
    assert client.get("/mulai/")["Location"] == "/masuk/?next=/mulai/"


def test_visitor_reads_how_passwords_are_kept_safe(visit):
    assert "Petugas tidak pernah meminta kata sandi SPSE" in text_of(visit("/"))


def test_sources_of_data_are_one_click_away_with_their_licences(visit):
    assert "/sumber-data/" in links(visit("/"))
    shown = text_of(visit("/sumber-data/"))
    for owner in ("Cahya DSN", "Unicode License v3", "holidays 0.109"):
        assert shown.count(owner) == 1
