"""The page of an office: open or not, its services, where it is and how it is reached."""

from datetime import UTC, date, datetime

import pytest

from loket.kernel import clock
from loket.offices.models import Closure, Holiday
from loket.offices.queries import _hours
from tests.factories.counting import statements
from tests.unit.portal.reading import chips, facts, links, service, text_of

pytestmark = pytest.mark.django_db


def at(*moment):
    return clock.at(datetime(*moment, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ((2026, 11, 24, 4, 0), "Buka sampai 14.00 WIB"),
        ((2026, 11, 24, 7, 0), "Tutup sampai Rabu 10.00 WIB"),
        ((2026, 11, 24, 0, 0), "Tutup sampai 10.00 WIB"),
        ((2026, 11, 27, 7, 30), "Tutup sampai Senin 10.00 WIB"),
        (
            (2026, 12, 25, 4, 0),
            "Tutup sampai Senin 10.00 WIB (Kelahiran Yesus Kristus)",
        ),
    ],
)
def test_office_says_until_when_and_why(visit, moment, shown):
    with at(*moment):
        line = visit("/kantor/kota-bogor/").all("p", **{"class": "lk-line mb-2"})[0]
    assert " ".join(line.text.split()) == shown


def test_calendars_of_one_office_may_disagree(visit):
    with at(2026, 11, 24, 5, 30):  # 12.30 WIB
        shown = chips(visit("/kantor/kota-depok/"))
    assert shown == ["Buka", "Istirahat", "Buka", "Buka"]


def test_week_joins_days_with_the_same_hours(visit):
    week = facts(visit("/kantor/kota-depok/"))
    assert week["Senin–Jumat"] == "09.00–14.00 WIB"
    assert week["Jumat"] == "09.00–11.30, 13.00–14.00 WIB"
    assert week["Jumat–Minggu"] == "Tutup"


def test_next_holiday_is_announced_with_its_name(visit):
    week = facts(visit("/kantor/kota-bogor/"))
    assert week["24 Desember 2026"] == "Tutup, Cuti bersama Kelahiran Yesus Kristus"


def test_closure_of_the_office_counts_as_a_holiday(visit, bogor):
    Closure.objects.create(
        office=bogor, date=date(2026, 11, 25), reason="Pindah gedung"
    )
    _hours.cache_clear()

    week = facts(visit("/kantor/kota-bogor/"))
    assert week["25 November 2026"] == "Tutup, Pindah gedung"


def test_hours_of_a_year_without_decree_are_marked(visit, packs):
    Holiday.objects.filter(date__year=2026).delete()
    _hours.cache_clear()

    assert "Libur tahun itu belum ditetapkan" in text_of(visit("/kantor/kota-bogor/"))


def test_office_without_printed_hours_says_so(visit):
    page = visit("/kantor/kabupaten-batang/")
    assert chips(page) == []
    assert "Kantor ini tidak menerbitkan jam layanan." in text_of(page)


@pytest.mark.parametrize(
    ("slug", "promise"),
    [
        ("kota-bogor", "Paling lama 15 menit"),
        ("kota-depok", "Kira-kira 15 menit"),
        ("kabupaten-batang", "Disesuaikan dengan kebutuhan"),
    ],
)
def test_service_stands_with_its_promise(visit, slug, promise):
    page = visit(f"/kantor/{slug}/")
    assert promise in page.texts("em")
    assert service(slug) in links(page)
    assert page.one("h2", id="supplier").text == "Untuk penyedia"


def test_contacts_of_the_pack_are_printed(visit):
    shown = links(visit("/kantor/kota-depok/"))
    assert "tel:021-7521440" in shown
    assert "mailto:helpdesklpse@ukpbj.depok.go.id" in shown


def test_only_an_office_with_a_suggestion_box_offers_one(visit):
    sentence = "Kotak saran ada di kantor."
    assert sentence in text_of(visit("/kantor/kota-depok/"))
    assert sentence not in text_of(visit("/kantor/kota-bogor/"))


def test_quality_policy_is_printed_with_its_points(visit):
    page = visit("/kantor/kota-bogor/")
    assert "Kebijakan mutu" in page.texts("h2")
    assert "Kinerja mutu penyelenggaraan layanan diperbaiki tanpa henti." in page.texts(
        "li"
    )


def test_office_speaks_english_where_its_pack_does(visit):
    page = visit("/kantor/kota-bogor/", language="en")
    assert (
        "Serves suppliers who bid for the contracts of the city of Bogor."
        in text_of(page)
    )


def test_unknown_office_is_not_found(visit):
    visit("/kantor/kota-lain/", status=404)


def test_office_page_needs_three_statements(visit):
    visit("/kantor/kota-depok/")
    with statements() as sent:
        visit("/kantor/kota-depok/")
    assert len(sent) == 3
