"""Both faces, the error pages, and the links they carry."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import path
from django.utils import translation

from loket.ui import navigation
from loket.ui.navigation import Group, Link

from .pages import Page, page

urlpatterns = [path("mulai/", page, name="start")]
OFFICE = SimpleNamespace(
    slug="contoh",
    name="LPSE Kota Contoh",
    zone="Asia/Makassar",
    settings={"contacts": {"telephone": ["0251-5550142"], "email": "a@lpse.example"}},
)


class Officer:
    """Somebody who is signed in."""

    is_authenticated = True

    def __str__(self):
        return "Ratna Widuri"


@pytest.fixture(autouse=True)
def _in_indonesian(settings):
    settings.DEMO = False
    settings.ROOT_URLCONF = __name__
    with translation.override("id"):
        yield


def menu(shown):
    inside = shown.one("nav", **{"class": "lk-nav"})
    return " ".join(inside.text.split())


def test_page_speaks_its_language():
    assert page().one("html")["lang"] == "id"
    with translation.override("en"):
        assert page().one("html")["lang"] == "en"


def test_switch_leads_back_to_the_same_page():
    link = page(path="/lacak/?x=1").one("a", hreflang="en")
    assert link["href"] == "/bahasa/en/?kembali=/lacak/%3Fx%3D1"


def test_switch_offers_indonesian_on_english_pages():
    with translation.override("en"):
        assert page().one("a", hreflang="id")["aria-label"] == "Bahasa Indonesia"


def test_skip_link_comes_first_and_has_a_target():
    shown = page()
    assert shown.all("a")[0]["href"] == "#isi"
    assert len(shown.all("main", id="isi")) == 1


def test_common_portal_has_no_office():
    shown = page()
    assert shown.one("a", **{"class": "lk-brand"})["href"] == "/"
    assert menu(shown) == "Layanan Lacak tiket"


def test_page_of_an_office_carries_its_name_and_contacts():
    shown = page(office=OFFICE)
    brand = shown.one("a", **{"class": "lk-brand"})
    assert brand["href"] == "/kantor/contoh/"
    assert brand.text.split()[:3] == ["LPSE", "Kota", "Contoh"]
    assert [e["href"] for e in shown.all("a") if ":" in e["href"]] == [
        "tel:0251-5550142",
        "mailto:a@lpse.example",
    ]


def test_visitor_is_offered_sign_in():
    assert page().one("a", href="/masuk/").text.strip() == "Masuk"


def test_signed_in_person_sees_name_tickets_and_the_way_out():
    shown = page(user=Officer(), reminders=[])
    assert menu(shown) == "Layanan Lacak tiket Tiket saya"
    assert "Ratna Widuri" in shown.texts("a")
    assert shown.one("a", href="/keluar/").text.strip() == "Keluar"


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "Layanan"),
        ("/kantor/contoh/", "Layanan"),
        ("/lacak/7KQ4-M2XP/", "Lacak tiket"),
        ("/tiket/", "Tiket saya"),
        ("/masuk/", None),
    ],
)
def test_menu_marks_where_one_is(path, current):
    links = navigation.menu(path, signed_in=True)
    assert [link.label for link in links if link.current] == (
        [current] if current else []
    )


def test_menu_of_an_office_begins_at_the_office():
    assert navigation.menu("/", office="contoh")[0].href == "/kantor/contoh/"


def test_desk_shows_worklists_with_their_counts():
    mine = Link("Giliran saya", "/meja/", current=True, icon="user", count=0)
    rail = [Group("Daftar kerja", (mine, Link("Semua", "/x/")))]
    shown = page("ui/desk.html", user=Officer(), office=OFFICE, rail=rail)
    inside = shown.one("nav", **{"class": "lk-rail"})
    assert inside.text.split() == ["Daftar", "kerja", "Giliran", "saya", "0", "Semua"]
    assert shown.one("a", **{"aria-current": "page"})["href"] == "/meja/"


def test_desk_shows_the_offices_own_clock():
    shown = page("ui/desk.html", user=Officer(), office=OFFICE)
    assert shown.one("time").text.split()[-1] == "WITA"


def test_desk_keeps_what_was_searched_for():
    shown = page("ui/desk.html", user=Officer(), query='CV "Pandan"')
    assert shown.one("input", name="q")["value"] == 'CV "Pandan"'


def test_demo_says_that_it_is_one(settings):
    settings.DEMO = True
    assert page().one("aside")["aria-label"] == "Demo"
    settings.DEMO = False
    assert page().all("aside") == []


@pytest.mark.parametrize(
    ("template", "heading"),
    [
        ("400.html", "Permintaan tidak dapat dibaca"),
        ("403.html", "Anda tidak berhak membuka halaman ini"),
        ("404.html", "Halaman tidak ditemukan"),
        ("409.html", "Keadaan sudah berubah"),
    ],
)
def test_refusal_says_what_happened(template, heading):
    shown = page(template)
    assert shown.texts("h1") == [heading]
    assert shown.texts("title") == [heading]


def test_conflict_gives_its_reason():
    shown = page("409.html", reason="Tiket sudah diambil.")
    assert shown.texts("p")[0] == "Tiket sudah diambil."


def test_stale_form_says_that_nothing_was_saved():
    text = page("400.html", stale_form=True).texts("p")[0]
    assert text.startswith("Formulir ini terlalu lama terbuka")


@pytest.mark.parametrize("template", ["500.html", "503.html"])
def test_page_of_a_failure_needs_no_request(template):
    shown = Page(render_to_string(template))
    assert len(shown.texts("h1")) == 1
    assert len(shown.all("p", lang="en")) == 1


def test_start_without_a_portal_is_the_front_page(settings):
    settings.LOGIN_REDIRECT_URL = "nowhere"
    assert navigation.start() == "/"


def test_start_is_where_the_settings_say(settings):
    settings.LOGIN_REDIRECT_URL = "start"
    assert navigation.start() == "/mulai/"
