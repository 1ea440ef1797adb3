"""Registration by people whom a usual visit forgets: no mouse, no script, another device, another country."""

import re

import pytest

from loket.suppliers.models import Registration
from loket.tickets.models import Ticket
from tests.browser.keys import Keyboard
from tests.browser.walking import fill_identity, link_in, press
from tests.factories.people import PASSWORD
from tests.factories.registering import BUSINESS, EMAIL, IDENTITY, NPWP

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = "dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|dua belas"
ABROAD = {name: value for name, value in IDENTITY.items() if name not in {"identity_document", "regency"}}  # fmt: skip
ABROAD |= {
    "name": "Tall Reed Pty Ltd", "responsible_name": "Robin Marsh", "nik": "N1234567",
    "address": "8 Wharf Street, Hobart", "postal_code": "7000", "phone": "+61 3 5550 0177",
}  # fmt: skip


def test_registration_by_keyboard_alone(visit, bogor):
    visitor = visit()
    page, keys = visitor.page, Keyboard(visitor.page)
    page.goto(f"/kantor/{bogor.slug}/")
    keys.press("a.lk-skip")
    keys.press(".lk-services a")
    keys.press("a[href$='/daftar/']")
    keys.write("[name=email]", EMAIL)
    keys.press()
    assert page.url.endswith("/terkirim/")
    page.goto(link_in("/daftar/tautan/"))
    keys.press()
    keys.choose("form_of_business", "cv")
    keys.choose("branch_kind", "head")
    keys.press()
    keys.write("[name=number]", NPWP)
    keys.write("[name=password]", PASSWORD)
    page.get_by_text("Hijau", exact=True).first.wait_for()
    visitor.look("register-tax-meter")
    keys.write("[name=password_again]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/identitas/")
    tell_who(keys)
    keys.press()
    keys.to("[name=consent]")
    page.keyboard.press("Space")
    keys.press()
    assert page.url.endswith(f"/selesai/{Ticket.objects.get().public_code}/")


def tell_who(keys):
    """Fields in the order of the page; a list is found by the first letters of what it offers."""
    for name, value in IDENTITY.items():
        if name == "regency":
            keys.write(f"[name={name}]", "Kota Bogor")
        elif name == "identity_document":
            keys.to(f"[name={name}]")
        else:
            keys.write(f"[name={name}]", value)


def test_registration_without_a_script(visit, bogor):
    visitor = visit(java_script_enabled=False)
    page = visitor.page
    page.goto(f"/kantor/{bogor.slug}/daftar/")
    visitor.look("no-script-email")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=answer]").fill("1")
    press(page, "Daftar")
    visitor.look("no-script-email-error")
    assert page.locator("[name=email]").input_value() == EMAIL
    page.locator("[name=answer]").fill(str(answer_to(page)))
    press(page, "Daftar")
    assert page.url.endswith("/terkirim/")
    page.goto(link_in("/daftar/tautan/"))
    press(page, "Konfirmasi")
    describe(page)
    visitor.look("no-script-tax")
    assert not page.locator("[data-meter]").is_visible()
    page.locator("[name=number]").fill(NPWP)
    choose_password(page, "tunaspandan")
    visitor.look("no-script-tax-weak")
    choose_password(page, PASSWORD)
    fill_identity(page)
    press(page, "Lanjutkan")
    page.locator("[name=consent]").check()
    press(page, "Kirim pendaftaran")
    assert page.url.endswith(f"/selesai/{Ticket.objects.get().public_code}/")


def answer_to(page):
    """The sum the page asks, read as a person reads it."""
    asked = page.locator("label[for=id_answer]").inner_text()
    first, second = re.search(r"Berapa (.+) ditambah (.+)\?", asked).groups()
    numbers = NUMBERS.split("|")
    return numbers.index(first) + numbers.index(second) + 4


def describe(page, form="cv"):
    page.locator(f"[name=form_of_business][value={form}]").check()
    page.locator("[name=branch_kind][value=head]").check()
    page.locator("main .btn-primary").click()
    page.wait_for_url("**/npwp/")


def choose_password(page, password):
    page.locator("[name=password]").fill(password)
    page.locator("[name=password_again]").fill(password)
    page.locator("main .btn-primary").click()
    page.wait_for_load_state()


def confirmed(visitor, office):
    """In a browser that asked for the link and used it."""
    page = visitor.page
    page.goto(f"/kantor/{office.slug}/daftar/")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("main .btn-primary").click()
    page.wait_for_url("**/terkirim/")
    page.goto(link_in("/daftar/tautan/"))
    page.locator("main .btn-primary").click()
    page.wait_for_url("**/usaha/")
    return page


def test_registration_goes_on_at_a_second_device(visit, bogor):
    phone, computer = visit(), visit(1440)
    page = confirmed(phone, bogor)
    describe(page)
    press(page, "Kirim tautan")
    phone.look("resume-asked")
    assert page.url.endswith("/npwp/")

    there = computer.page
    there.goto(link_in("/daftar/tautan/"))
    computer.look("resume-link")
    press(there, "Teruskan")
    assert there.locator("[name=form_of_business]:checked").input_value() == "cv"
    press(there, "Lanjutkan")
    there.locator("[name=number]").fill(NPWP)
    choose_password(there, PASSWORD)
    assert there.url.endswith("/identitas/")

    page.reload()
    assert page.locator("[name=number]").input_value() == NPWP
    assert Registration.objects.get().typed["business"] == BUSINESS


def test_foreign_company_registers_in_english(visit, bogor):
    visitor = visit()
    cookie = {"name": "bahasa", "value": "en", "url": visitor.base_url}
    visitor.page.context.add_cookies([cookie])
    page = confirmed(visitor, bogor)
    visitor.look("foreign-business")
    describe(page, "asing")
    assert (
        page.get_by_role("heading", level=1).inner_text() == "Tax number and password"
    )
    page.locator("[name=country]").select_option("AU")
    page.locator("[name=number]").fill("51 824 753 556")
    visitor.look("foreign-tax")
    choose_password(page, PASSWORD)
    fill_identity(page, ABROAD)
    visitor.look("foreign-identity")
    press(page, "Continue")
    visitor.look("foreign-review")
    page.locator("[name=consent]").check()
    page.locator("main .btn-primary").click()
    page.wait_for_url("**/selesai/**")
    visitor.look("foreign-done")
    assert page.locator("html").get_attribute("lang") == "en"
    supplier = Ticket.objects.get().registration.supplier
    assert (supplier.name, supplier.country) == ("Tall Reed Pty Ltd", "AU")
