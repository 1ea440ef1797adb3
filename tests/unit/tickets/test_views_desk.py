"""The officer's lists: what stands in them, in which order, and at what cost."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.kernel import clock
from loket.offices.actions import appoint
from loket.offices.roles import Role
from loket.tickets.actions import take
from loket.tickets.queries.desk import equation, rail
from loket.tickets.queries.rows import due
from tests.factories.counting import statements
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.unit.tickets.browsing import (
    address,
    at_verification,
    read,
    send,
    signed_in,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
STEP = "Mencocokkan berkas yang dibawa pimpinan atau pemilik usaha"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ratna(bogor):
    return officer(bogor)


def listed(client, office, code):
    page = read(client, "worklist", office.slug, code)
    rows = page.all("td", **{"class": "lk-code end-sm"})
    return [" ".join(each.text.split()) for each in rows]


def test_officer_of_one_office_starts_at_his_own_list(bogor, ratna):
    response = signed_in(ratna).get(address("desk"))
    assert response["Location"] == address("worklist", bogor.slug, "giliran-saya")


def test_officer_of_several_offices_chooses(bogor, depok, ratna):
    appoint(depok, ratna, role=Role.HELPDESK, by=None)
    page = read(signed_in(again(ratna)), "desk")
    assert [
        link["href"] for link in page.all("a") if "giliran-saya" in link["href"]
    ] == [
        address("worklist", bogor.slug, "giliran-saya"),
        address("worklist", depok.slug, "giliran-saya"),
    ]


def test_desk_is_closed_to_applicants(bogor):
    tirta = signed_in(person())
    assert tirta.get(address("desk")).status_code == 403
    assert tirta.get(address("worklist", bogor.slug, "semua")).status_code == 403


def test_list_of_another_office_is_not_found(depok, ratna):
    response = signed_in(ratna).get(address("worklist", depok.slug, "semua"))
    assert response.status_code == 404


def test_unknown_list_is_not_found(bogor, ratna):
    assert (
        signed_in(ratna).get(address("worklist", bogor.slug, "entah")).status_code
        == 404
    )


def test_ticket_moves_from_free_to_mine_when_it_is_taken(bogor, ratna):
    ticket = at_verification(bogor)
    client = signed_in(ratna)
    assert listed(client, bogor, "belum-diambil") == [ticket.number]
    assert send(client, "take", ticket.number).status_code == 302
    assert listed(client, bogor, "belum-diambil") == []
    assert listed(client, bogor, "giliran-saya") == [ticket.number]


def test_nearest_due_time_stands_first(bogor, ratna):
    with clock.at(MONDAY - timedelta(minutes=8)):
        urgent = at_verification(bogor, name="PT Kapuk Randu")
    later = at_verification(bogor)
    waiting = registration(bogor, name="CV Lontar")
    client = signed_in(ratna)
    assert listed(client, bogor, "semua") == [
        urgent.number,
        later.number,
        waiting.number,
    ]


def test_row_says_where_the_ticket_stands(bogor, ratna):
    at_verification(bogor)
    page = read(signed_in(ratna), "worklist", bogor.slug, "semua")
    assert page.texts("td") == [
        "Sisa 15 menit",
        "11.15",
        "BGR-26-00001",
        "CV Tunas Pandan",
        "Registrasi luring dan verifikasi berkas",
        f"{STEP} 5/10",
        "–",
        "Portal",
        "11.00",
        "Ambil BGR-26-00001",
    ]


@pytest.mark.parametrize(
    ("minutes", "text", "tone"),
    [
        (0, "Sisa 15 menit", ""),
        (10, "Sisa 5 menit", "warn"),
        (13, "Sisa 2 menit", "warn"),
        (19, "Lewat 4 menit", "bad"),
    ],
)
def test_badge_tells_how_near_the_due_time_is(bogor, minutes, text, tone):
    ticket = at_verification(bogor)
    badge = due(ticket, MONDAY + timedelta(minutes=minutes))
    assert (badge.text, badge.tone) == (text, tone)


def test_badge_names_tomorrow_and_later_days(bogor):
    ticket = at_verification(bogor)
    ticket.due_at = MONDAY + timedelta(days=1)
    assert due(ticket, MONDAY).text == "Besok"
    ticket.due_at = MONDAY + timedelta(days=3)
    assert due(ticket, MONDAY).text == "3 hari"


def test_clock_of_a_waiting_ticket_stands(bogor):
    assert due(registration(bogor), MONDAY).text == "Jam berhenti"


def test_lists_add_up_with_what_colleagues_hold(bogor, ratna):
    colleague = officer(bogor, name="Wulan Prameswari")
    take(at_verification(bogor), by=again(colleague))
    at_verification(bogor)
    registration(bogor)
    assert equation(rail(bogor, ratna)) == (
        "0 giliran saya + 1 belum diambil + 1 dipegang rekan + 1 menunggu pemohon"
        " + 0 diteruskan = 3 terbuka"
    )


def test_list_costs_the_same_for_one_row_and_for_three(bogor, ratna):
    client = signed_in(ratna)
    at_verification(bogor)
    read(client, "worklist", bogor.slug, "semua")  # keeps the standard in memory
    with statements() as for_one:
        read(client, "worklist", bogor.slug, "semua")
    at_verification(bogor)
    at_verification(bogor)
    with statements() as for_three:
        read(client, "worklist", bogor.slug, "semua")
    assert len(for_one) == len(for_three)
    assert len(for_three) <= 8


def test_long_list_has_pages(bogor, ratna, monkeypatch):
    monkeypatch.setattr("loket.tickets.queries.desk.PAGE_ROWS", 2)
    for _ in range(3):
        registration(bogor)
    client = signed_in(ratna)
    first = read(client, "worklist", bogor.slug, "semua")
    last = read(client, "worklist", bogor.slug, "semua", halaman=2)
    assert [
        len(page.all("td", **{"class": "lk-code end-sm"})) for page in (first, last)
    ] == [2, 1]


def test_auditor_reads_lists_without_buttons(bogor):
    at_verification(bogor)
    page = read(
        signed_in(officer(bogor, Role.AUDITOR)), "worklist", bogor.slug, "semua"
    )
    assert page.all("form", method="post") == []


def test_search_finds_number_and_name_in_own_offices_only(bogor, depok, ratna):
    mine = registration(bogor)
    registration(depok)
    client = signed_in(ratna)
    for words in ("tunas", mine.number[-3:]):
        page = read(client, "search", q=words)
        assert page.texts("td", **{"class": "lk-code end-sm"}) == [mine.number]
    assert read(client, "search", q="  ").texts("td") == []
