"""Pages that anybody can open, in both languages: axe, width and console at a phone's and a desk's width."""

import pytest

PAGES = {
    "home": "/",
    "office": "/kantor/kota-depok/",
    "service": "/kantor/kota-depok/layanan/registrasi-verifikasi/",
    "standard": "/kantor/kota-depok/layanan/registrasi-verifikasi/standar/1/",
    "standard-batang": "/kantor/kabupaten-batang/layanan/registrasi-verifikasi/standar/1/",
    "track": "/lacak/",
    "track-unknown": "/lacak/AAAAAAAA/",
    "register-email": "/kantor/kota-bogor/daftar/",
    "sign-in": "/masuk/",
    "not-found": "/tidak/ada/",
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["id", "en"])
def test_public_pages_are_accessible(visit, packs, language):
    visitor = visit()
    visitor.page.context.add_cookies(
        [{"name": "bahasa", "value": language, "url": visitor.base_url}]
    )
    for name, address in PAGES.items():
        visitor.page.goto(address)
        assert visitor.page.locator("html").get_attribute("lang") == language
        visitor.look(f"public-{name}" + ("-en" if language == "en" else ""))


def test_the_registration_opens_with_the_keyboard_alone(visit, packs):
    visitor = visit()
    page = visitor.page
    page.goto("/kantor/kota-bogor/daftar/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "lk-skip"
    for _ in range(30):
        if page.evaluate("document.activeElement.name") == "email":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("halo@pandan.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/terkirim/**")


def test_pages_work_without_javascript(visit, packs):
    visitor = visit(java_script_enabled=False)
    page = visitor.page
    page.goto("/kantor/kota-depok/layanan/registrasi-verifikasi/")
    page.get_by_text("Orang perseorangan (UMKM)").click()
    page.get_by_role("link", name="Mulai pendaftaran").click()
    page.wait_for_url("**/daftar/")
    assert page.get_by_label("ditambah").is_visible()
