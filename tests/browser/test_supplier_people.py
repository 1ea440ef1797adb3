"""A supplier's own people in a browser: a proxy with his papers, a second office, a colleague, refused files."""

from datetime import timedelta

import pytest
from django.utils import timezone

from loket.suppliers.models import PowerOfAttorney, Representative
from loket.tickets.models import Ticket
from tests.browser.conftest import DESKTOP
from tests.browser.pdf import pdf_of
from tests.browser.walking import link_in, press, sign_in
from tests.factories.papers import locked_pdf
from tests.factories.people import PASSWORD, officer
from tests.factories.registering import NIK, submitted

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = b"<html><script>alert(1)</script></html>"


def owner_of(ticket):
    supplier = ticket.registration.supplier
    return Representative.objects.owners().get(supplier=supplier).user


def signed_in(visit, office):
    """The owner of a business that just registered here, before his own page."""
    ticket, visitor = submitted(office).ticket, visit()
    sign_in(visitor, owner_of(ticket))
    visitor.page.goto("/usaha/")
    return visitor, ticket


def test_owner_sends_a_proxy_and_the_officer_accepts_him(visit, depok):
    visitor, ticket = signed_in(visit, depok)
    page = visitor.page
    page.get_by_role("link", name="Beri kuasa").click()
    visitor.look("proxy-scope")
    page.locator("[name=untuk]").first.check()
    press(page, "Lanjutkan")
    press(page, "Kirim surat kuasa")
    visitor.look("proxy-grant-error")
    sends_a_locked_paper(visitor)
    fill_power(page)
    visitor.look("proxy-grant")
    press(page, "Kirim surat kuasa")
    visitor.look("proxy-granted")
    judged_by(visit, depok, ticket)
    assert PowerOfAttorney.objects.get().is_accepted

    page.reload()
    visitor.look("proxy-accepted")
    page.goto("/usaha/")
    visitor.look("business-own")


def sends_a_locked_paper(visitor):
    """It is told which of the papers cannot be read; what was typed stands."""
    page = visitor.page
    fill_power(page)
    locked = {"name": "ktp.pdf", "mimeType": "application/pdf", "buffer": locked_pdf()}
    page.locator("input[type=file]").last.set_input_files(locked)
    press(page, "Kirim surat kuasa")
    visitor.look("proxy-grant-locked")
    page.get_by_role("alert").get_by_role("link", name="PDF ini dikunci").click()
    wrong = page.evaluate("document.activeElement.labels[0].innerText")
    assert wrong == "KTP penerima kuasa"
    assert page.locator("[name=name]").input_value() == "Gilang Seta"


def judged_by(visit, office, ticket):
    desk = visit(DESKTOP)
    there = desk.page
    sign_in(desk, officer(office))
    there.goto(f"/meja/tiket/{ticket.number}/")
    there.get_by_role("link", name="Gilang Seta").click()
    there.wait_for_url("**/kuasa/**")
    desk.look("proxy-judge")
    there.get_by_label("Terima", exact=True).check()
    there.get_by_label("Meterai dilihat pada surat aslinya").check()
    press(there, "Simpan putusan")
    desk.look("proxy-desk-ticket")


def fill_power(page):
    today = timezone.localdate()
    page.locator("[name=name]").fill("Gilang Seta")
    page.locator("[name=nik]").fill(NIK)
    page.locator("[name=valid_from]").fill(today.isoformat())
    page.locator("[name=valid_until]").fill((today + timedelta(days=6)).isoformat())
    page.locator("[name=has_meterai]").check()
    for paper in page.locator("input[type=file]").all():
        paper.set_input_files(pdf_of("Surat kuasa"))


def test_account_is_used_at_a_second_office(visit, bogor, depok):
    visitor, _ = signed_in(visit, bogor)
    page = visitor.page
    page.goto(f"/kantor/{depok.slug}/daftar/")
    page.get_by_role("link", name="Gunakan akun saya di kantor ini").click()
    page.wait_for_url("**/akun/")
    visitor.look("join-choose")
    press(page, "Lanjutkan")
    press(page, "Kirim pendaftaran")
    visitor.look("join-questions-error")
    for answer in page.locator("main fieldset input[value=no]").all():
        answer.check()
    page.locator("[name=consent]").check()
    visitor.look("join-questions")
    press(page, "Kirim pendaftaran")
    page.wait_for_url("**/selesai/**")
    visitor.look("join-done")
    offices = Ticket.objects.values_list("office__slug", flat=True)
    assert sorted(offices) == sorted([bogor.slug, depok.slug])


def test_colleague_is_invited_and_joins(visit, bogor):
    visitor, _ = signed_in(visit, bogor)
    page = visitor.page
    page.get_by_role("link", name="Undang orang").click()
    page.wait_for_url("**/undang/")
    visitor.look("invite")
    page.locator("[name=email]").fill("wening@pandan.example")
    page.locator("[name=role][value=staff]").check()
    press(page, "Kirim undangan")
    visitor.look("invited")

    other = visit()
    there = other.page
    there.goto(link_in("/usaha/undangan/"))
    other.look("invitation")
    there.locator("[name=name]").fill("Wening Asri")
    there.locator("[name=user_id]").fill("weningasri")
    there.locator("[name=password]").fill(PASSWORD)
    there.locator("[name=password_again]").fill(PASSWORD)
    other.look("invitation-filled-in")
    press(there, "Buat akun dan terima")
    other.look("business-colleague")
    assert there.get_by_role("link", name="Undang orang").count() == 0
    joined = Representative.objects.get(user__user_id="weningasri")
    assert joined.supplier.name == "CV Tunas Pandan"


REFUSED = {
    "locked": ("ktp.pdf", locked_pdf(), "PDF ini dikunci dengan kata sandi."),
    "html": ("ktp.pdf", SCRIPT, "Berkas ini rusak atau bukan PDF."),
    "large": ("ktp.pdf", b"%PDF-1.4\n" + bytes(5 * 2**20), "4 MB"),
}


def test_refused_files_say_why_and_lose_nothing(visit, bogor):
    visitor, ticket = signed_in(visit, bogor)
    page = visitor.page
    page.goto(f"/tiket/{ticket.number}/berkas/")
    first, second = forms(page)[:2]
    give(page, second, pdf_of("NPWP"))
    for why, (name, data, words) in REFUSED.items():
        give(page, first, {"name": name, "mimeType": "application/pdf", "buffer": data})
        assert page.title().startswith("Galat")
        assert page.get_by_role("alert").filter(has_text=words).count() == 1
        visitor.look(f"upload-{why}")
        page.get_by_role("alert").get_by_role("link").click()
        assert page.evaluate("document.activeElement.type") == "file"
    give(page, first, pdf_of("KTP"))
    assert page.get_by_text("Berkas diunggah.").count() == 1
    visitor.look("upload-accepted")
    given = [each.file_id is not None for each in ticket.documents.order_by("pk")]
    assert given == [True] * len(given)


def forms(page):
    found = page.locator("main form:has(input[type=file])").all()
    return [each.get_attribute("action") for each in found]


def give(page, address, file):
    form = page.locator(f"form[action='{address}']")
    form.locator("input[type=file]").set_input_files(file)
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
