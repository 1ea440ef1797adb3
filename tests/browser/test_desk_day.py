"""A morning at the desk by keyboard: find, take, judge, meet a colleague; then with a narrow screen and no script."""

import pytest

from loket.offices.roles import Role
from loket.tickets.models import SavedFilter, Ticket
from tests.browser.conftest import DESKTOP
from tests.browser.keys import Keyboard
from tests.browser.walking import press, sign_in
from tests.factories.people import again, officer
from tests.unit.tickets.browsing import at_verification

pytestmark = pytest.mark.django_db(transaction=True)
CURRENT = "tr[aria-current] a"
NOTE = "Pindaian terpotong di sisi kiri"


@pytest.fixture
def ratna(bogor):
    return officer(bogor, Role.VERIFIKATOR)


@pytest.fixture
def laras(bogor):
    return officer(bogor, Role.VERIFIKATOR, "Laras Puri")


@pytest.fixture
def tickets(bogor):
    """Two tickets that wait for verdicts, the longest waiting first."""
    return [at_verification(bogor), at_verification(bogor)]


def at_desk(visit, user, **options):
    found = visit(DESKTOP, **options)
    sign_in(found, user)
    return found


def strike(page, *keys):
    """Keys of the desk that lead to another page."""
    with page.expect_navigation():
        for key in keys:
            page.keyboard.press(key)


def holder(ticket):
    return again(ticket).assignee


def test_a_ticket_is_found_taken_and_judged_by_keyboard(visit, bogor, ratna, tickets):
    desk = at_desk(visit, ratna)
    page, keys = desk.page, desk.page.keyboard
    strike(page, "g", "2")
    assert page.url.endswith("/belum-diambil/")
    desk.look("desk-list")

    keys.press("a")  # stands on no row yet
    keys.press("j")
    keys.press("j")
    keys.press("k")
    keys.press("j")
    assert page.locator(CURRENT).inner_text() == tickets[1].number
    strike(page, "a")
    assert [holder(each) for each in tickets] == [None, ratna]

    judged = [page.locator("#judul-berkas").inner_text()]
    strike(page, "n")
    judged.append(page.locator("#judul-berkas").inner_text())
    assert judged[0] != judged[1]
    strike(page, "p")
    assert page.locator("#judul-berkas").inner_text() == judged[0]
    keys.press("v")
    keys.press("Space")
    Keyboard(page).to("[name=original_seen]")
    keys.press("Space")
    Keyboard(page).press("#berkas form button[type=submit]")
    assert page.get_by_text("Putusan disimpan.").count() == 1
    strike(page, "g", "1")
    assert page.locator(".lk-work tbody tr").count() == 1


def test_every_document_is_reached_by_its_key(visit, ratna, tickets):
    page = at_desk(visit, ratna).page
    page.goto(f"/meja/tiket/{tickets[0].number}/")
    asked = page.locator("#berkas nav").last.locator("a").count() + 1
    seen = []
    for _document in range(asked):
        seen.append(page.locator("#judul-berkas").inner_text())
        strike(page, "n")
    assert len(set(seen)) == asked


def test_keys_rest_in_fields_and_once_switched_off(visit, ratna, tickets):
    desk = at_desk(visit, ratna)
    page, keys = desk.page, desk.page.keyboard
    strike(page, "g", "6")
    keys.press("/")
    keys.type("ja?")
    assert page.locator("[role=search] input").input_value() == "ja?"
    assert page.locator(CURRENT).count() == 0

    page.get_by_role("button", name="Pintasan papan ketik").focus()
    keys.press("Enter")
    desk.look("desk-keys")
    page.get_by_role("checkbox", name="Pakai pintasan").press("Space")
    keys.press("Escape")
    for key in "j?":
        keys.press(key)
    assert page.locator(CURRENT).count() == 0
    assert page.locator("dialog[open]").count() == 0


def test_a_view_is_narrowed_named_and_let_go_by_keyboard(visit, ratna, tickets):
    desk = at_desk(visit, ratna)
    page, keyboard = desk.page, Keyboard(desk.page)
    strike(page, "g", "6")
    keyboard.to(".lk-filter summary")
    page.keyboard.press("Enter")
    keyboard.write("[name=teks]", tickets[1].number)
    strike(page, "Enter")
    assert page.locator(".lk-work tbody tr").count() == 1
    keyboard.write("[name=nama]", "Yang satu itu")
    strike(page, "Enter")
    desk.look("desk-view")
    page.goto(page.url.split("?")[0])
    keyboard.press(".lk-saved a")
    assert page.locator(".lk-work tbody tr").count() == 1
    press(page, "Hapus “Yang satu itu”")
    assert not SavedFilter.objects.exists()


def test_two_officers_learn_of_each_other_and_one_truth_is_left(
    visit, ratna, laras, tickets
):
    ticket = tickets[0]
    address = f"/meja/tiket/{ticket.number}/"
    first, second = at_desk(visit, ratna), at_desk(visit, laras)
    first.page.goto(address)
    second.page.goto(address)
    assert "Ratna Widuri juga membuka" in second.page.locator("#hadir").inner_text()
    second.look("desk-together")

    press(first.page, "Ambil")
    second.page.keyboard.press("a")
    second.page.get_by_role("heading", name="Keadaan sudah berubah").wait_for()
    second.look("desk-conflict")
    assert holder(ticket) == ratna

    second.page.get_by_role("link", name="Kembali ke tiket").click()
    second.page.wait_for_url(f"**{address}")
    second.page.keyboard.press("a")  # no letter takes over from a colleague
    assert second.page.evaluate("document.activeElement.innerText") == "Ambil alih dari Ratna Widuri"  # fmt: skip
    assert holder(ticket) == ratna
    strike(second.page, "Enter")
    assert holder(ticket) == laras


def test_the_slower_verdict_is_kept_to_be_copied(visit, ratna, laras, tickets):
    address = f"/meja/tiket/{tickets[0].number}/"
    first, second = at_desk(visit, ratna), at_desk(visit, laras)
    for each in (first, second):
        each.page.goto(address)
    first.page.locator("[name=accepted][value=yes]").check()
    first.page.locator("[name=original_seen]").check()
    press(first.page, "Simpan putusan")
    second.page.locator("[name=accepted][value=no]").check()
    second.page.locator("#berkas select").select_option(index=1)
    second.page.locator("#berkas [name=note]").fill(NOTE)
    press(second.page, "Simpan putusan")
    assert second.page.get_by_role("heading", name="Keadaan sudah berubah").count() == 1
    assert NOTE in [each.input_value() for each in second.page.get_by_role("textbox").all()]  # fmt: skip


def test_the_desk_works_without_script(visit, bogor, ratna, tickets):
    page = at_desk(visit, ratna, java_script_enabled=False).page
    page.goto(f"/meja/{bogor.slug}/belum-diambil/?teks={tickets[0].number}")
    assert page.get_by_role("button", name="Pintasan papan ketik").count() == 0
    press(page, "Ambil")
    assert Ticket.objects.get(assignee=ratna) == tickets[0]
    page.goto(f"/meja/{bogor.slug}/semua/?kanal=merpati")
    assert page.get_by_text("Sebagian syarat saringan").count() == 1
    assert page.locator(".lk-work tbody tr").count() == 2
