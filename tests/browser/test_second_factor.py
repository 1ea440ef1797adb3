"""An officer's first day in a real Chromium: a passkey by keyboard alone, then sign-in with it."""

import pytest

from tests.factories.people import PASSWORD, officer

pytestmark = [pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_key(visitor):
    """A device that makes and keeps passkeys, as the browser's tools pretend one."""
    tools = visitor.page.context.new_cdp_session(visitor.page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def sign_in(page, user):
    page.locator("[name=login]").fill(user.user_id)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_officer_sets_up_a_passkey_and_signs_in_with_it(visit, live_server, bogor):  # noqa: PLR0915 - one day told in order
    user, visitor = officer(bogor), visit()
    page = visitor.page
    visitor.base_url = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{visitor.base_url}/")
    with_key(visitor)
    page.goto(f"{visitor.base_url}/masuk/")
    sign_in(page, user)
    page.wait_for_url("**/akun/faktor-kedua/**")
    visitor.look("account-second-factor-empty")
    page.get_by_role("link", name="Tambahkan kunci sandi").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/kunci/")
    visitor.look("account-passkey")
    page.locator("[name=name]").fill("Ponsel kantor")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kode/")
    visitor.look("account-recovery-codes")
    page.get_by_role("link", name="Sudah saya simpan").click()
    page.wait_for_url("**/meja/**")
    page.goto(f"{visitor.base_url}/akun/")
    visitor.look("account")
    page.goto(f"{visitor.base_url}/akun/faktor-kedua/")
    visitor.look("account-second-factor")
    page.goto(f"{visitor.base_url}/keluar/")
    page.get_by_role("button", name="Keluar").click()
    page.goto(f"{visitor.base_url}/masuk/")
    sign_in(page, user)
    page.wait_for_url("**/masuk/kode/")
    visitor.look("sign-in-passkey")
    page.get_by_role("button", name="Pakai kunci sandi").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/meja/**")


@pytest.mark.parametrize(
    ("address", "name"),
    [("/masuk/lupa/", "forgotten"), ("/masuk/lupa/terkirim/", "forgotten-sent"), ("/email/batal/x/", "link-over")],
)  # fmt: skip
def test_pages_of_the_door_hold_for_everybody(visit, db, address, name):
    visitor = visit()
    visitor.page.goto(address)
    visitor.errors.clear()
    visitor.look(name)


@pytest.mark.parametrize("part", ["kata-sandi", "email", "faktor-kedua/aplikasi"])
def test_forms_of_the_account_hold(visit, bogor, part):
    visitor, user = visit(), officer(bogor)
    visitor.page.goto("/masuk/")
    sign_in(visitor.page, user)
    visitor.page.wait_for_url("**/akun/faktor-kedua/**")
    visitor.page.goto(f"/akun/{part}/")
    visitor.look(f"account-{part.replace('/', '-')}")
