"""An official asks for access with his surat tugas; the office approves; he signs in for the first time."""

import pytest

from loket.access_rights.models import AccessGrant
from loket.accounts.models import User
from loket.offices.roles import Role
from tests.browser.conftest import DESKTOP
from tests.browser.pdf import pdf_of
from tests.browser.walking import link_in, press, sign_in, type_in
from tests.factories.people import PASSWORD, officer
from tests.unit.access_rights.asking import NIP

pytestmark = pytest.mark.django_db(transaction=True)
MAIL = "galih@dinas.example"
SAID = {
    "name": "Galih Pamungkas", "nip": NIP, "work_unit": "Dinas Pandan", "phone": "0812 0000 0177",
    "until": "31 Desember 2099", "user_id": "galihpamungkas",
    "password": PASSWORD, "password_again": PASSWORD,
}  # fmt: skip


def test_official_asks_is_approved_and_signs_in(visit, depok):
    visitor, desk = visit(), visit(DESKTOP)
    asks(visitor, depok)
    approves(desk, depok)

    page = visitor.page
    page.goto("/masuk/")
    type_in(page, User.objects.get(user_id=SAID["user_id"]), PASSWORD)
    assert page.url.endswith("/akses/")
    visitor.look("official-access")
    assert page.get_by_role("heading", level=1).inner_text() == "Akses saya"
    page.get_by_role("link", name="Ajukan perpanjangan").click()
    page.wait_for_url("**/perpanjang/")
    visitor.look("official-extend")


def asks(visitor, office):
    page = visitor.page
    page.goto(f"/kantor/{office.slug}/")
    page.get_by_role("link", name="Minta akses").click()
    page.wait_for_url("**/pejabat/")
    visitor.look("official-email")
    page.locator("[name=email]").fill(MAIL)
    page.get_by_role("button", name="Kirim tautan").click()
    page.wait_for_url("**/terkirim/")
    visitor.look("official-sent")
    page.goto(link_in("/pejabat/tautan/"))
    visitor.look("official-link")
    page.locator("main .btn-primary").click()
    page.wait_for_url("**/data/")
    press(page, "Kirim permohonan")
    visitor.look("official-details-error")
    for name, value in SAID.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("[name=position]").first.check()
    page.locator("[name=letter]").set_input_files(pdf_of("Surat tugas"))
    visitor.look("official-details")
    press(page, "Kirim permohonan")
    page.wait_for_url("**/selesai/")
    visitor.look("official-done")


def approves(desk, office):
    page = desk.page
    sign_in(desk, officer(office, Role.KEPALA_TIM, name="Laksmi Ayu"))
    page.goto(f"/meja/{office.slug}/pejabat/")
    desk.look("official-requests")
    page.get_by_role("link", name=SAID["name"]).click()
    page.wait_for_load_state("networkidle")
    desk.look("official-request")
    assert page.get_by_text("31 Desember 2099", exact=True).count() == 1
    press(page, "Setujui")
    desk.look("official-approved")
    assert AccessGrant.objects.get().user.user_id == SAID["user_id"]
