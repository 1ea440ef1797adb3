"""A video call from its plan to its end: the officer's page beside the applicant's."""

import pytest

from loket.kernel import clock
from loket.tickets.models import Ticket
from loket.verification.models import Session
from tests.browser.conftest import DESKTOP
from tests.browser.walking import press, sign_in
from tests.factories.calling import at_call, screenshot

pytestmark = pytest.mark.django_db(transaction=True)
PICTURE = {"name": "layar.png", "mimeType": "image/png", "buffer": screenshot()}
PASTE = """bytes => {
  const clipboard = new DataTransfer();
  clipboard.items.add(new File([new Uint8Array(bytes)], "tempel.png", {type: "image/png"}));
  document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard}));
}"""


def test_call_is_planned_held_and_finished(visit, bogor):
    ticket, caller = at_call(bogor)
    desk, own = visit(DESKTOP), visit()
    sign_in(desk, caller)
    plans(desk, ticket)
    agrees(own, ticket)
    holds(desk, ticket)
    assert Ticket.objects.get().step == "aktifkan"


def plans(desk, ticket):
    page, now = desk.page, ticket.office.local(clock.now())
    page.goto(f"/meja/tiket/{ticket.number}/")
    desk.look("session-ticket")
    page.get_by_role("link", name="Jadwalkan panggilan").click()
    page.wait_for_url("**/panggilan/")
    press(page, "Jadwalkan dan kabari pemohon")
    desk.look("session-plan-error")
    page.locator("[name=day]").fill(f"{now:%d-%m-%Y}")
    page.locator("[name=time]").fill(f"{now:%H.%M}")
    page.locator("[name=provider][value=link]").check()
    page.locator("[name=where]").fill("https://rapat.example/pandan")
    page.locator("[name=anyway]").check()
    press(page, "Jadwalkan dan kabari pemohon")
    desk.look("session-before")


def agrees(own, ticket):
    page = own.page
    sign_in(own, ticket.applicant)
    page.goto(f"/tiket/{ticket.number}/")
    own.look("session-own")
    assert page.get_by_text(Session.objects.get().code).count() == 1
    press(page, "Saya setuju")
    assert page.get_by_text("Anda sudah setuju.").count() == 1


def holds(desk, ticket):
    page = desk.page
    page.reload()
    press(page, "Mulai panggilan")
    desk.look("session-during")
    press(page, "Kode ditunjukkan")
    for _document in range(2):
        page.locator("[name=accepted][value=yes]").check()
        page.locator("[name=original_seen]").check()
        press(page, "Simpan putusan")
    press(page, "Selesaikan panggilan video")
    desk.look("session-lacks")
    page.locator("[data-paste] [name=file]").set_input_files(PICTURE)
    press(page, "Simpan gambar")
    page.evaluate(PASTE, list(screenshot()))
    press(page, "Simpan gambar")
    assert page.locator(".lk-proofs li").count() == 2
    desk.look("session-ready")
    press(page, "Selesaikan panggilan video")
    page.wait_for_url(f"**/meja/tiket/{ticket.number}/")
