"""The main job in a real browser, the supplier with a phone: from the first e-mail to the active account.

One story for each of the three ways an office prints it: Bogor's counter, Batang's SOP, Depok's decision.
"""

import pytest
from django.core import mail

from loket.accounts.models import User
from loket.offices.roles import Role
from loket.tickets.models import Status, Ticket
from tests.browser.conftest import DESKTOP
from tests.browser.pdf import pdf_of
from tests.browser.walking import fill_identity, link_in, sign_in
from tests.factories.jobs import run_jobs
from tests.factories.people import PASSWORD, officer
from tests.factories.registering import EMAIL, IDENTITY, NPWP

pytestmark = pytest.mark.django_db(transaction=True)


def register(visitor, office):
    """The supplier's side until the ticket is there; ends on the ticket's page."""
    page = visitor.page
    page.goto(f"/kantor/{office.slug}/")
    visitor.look(f"{office.slug}-office")
    page.locator('.lk-services a[href$="/registrasi-verifikasi/"]').first.click()
    page.wait_for_url("**/layanan/**")
    visitor.look(f"{office.slug}-service")
    page.get_by_role("link", name="Mulai pendaftaran").click()
    visitor.look(f"{office.slug}-register-email")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_role("button", name="Daftar").click()
    page.wait_for_url("**/terkirim/**")
    visitor.look(f"{office.slug}-register-sent")
    run_jobs()
    page.goto(link_in("/daftar/tautan/"))
    visitor.look(f"{office.slug}-register-link")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/usaha/**")
    fill_in(visitor, office)


def fill_in(visitor, office):
    """The pages of the form, each looked at before it is sent."""
    page = visitor.page
    page.locator("[name=form_of_business][value=cv]").check()
    page.locator("[name=branch_kind][value=head]").check()
    visitor.look(f"{office.slug}-register-business")
    page.get_by_role("button", name="Lanjutkan").click()
    page.wait_for_url("**/npwp/**")
    page.locator("[name=number]").fill(NPWP)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password_again]").fill("lain sekali")
    page.get_by_role("button", name="Lanjutkan").click()
    assert page.title().startswith("Galat")
    assert page.locator("[name=number]").input_value() == NPWP
    visitor.look(f"{office.slug}-register-tax-error")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password_again]").fill(PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()
    page.wait_for_url("**/identitas/**")
    fill_identity(page)
    visitor.look(f"{office.slug}-register-identity")
    page.get_by_role("button", name="Lanjutkan").click()
    page.wait_for_url("**/tinjau/**")
    page.locator("[name=consent]").check()
    visitor.look(f"{office.slug}-register-review")
    page.get_by_role("button", name="Kirim pendaftaran").click()
    page.wait_for_url("**/selesai/**")
    visitor.look(f"{office.slug}-register-done")


def upload(visitor, office, ticket):
    """Every document as a PDF, then the button that hands them over."""
    page = visitor.page
    page.goto(f"/tiket/{ticket.number}/berkas/")
    visitor.look(f"{office.slug}-documents-empty")
    forms = page.locator("form:has(input[type=file])")
    for action in [form.get_attribute("action") for form in forms.all()]:
        form = page.locator(f"form[action='{action}']")
        form.locator("input[type=file]").set_input_files(pdf_of("Berkas contoh"))
        form.locator("button[type=submit]").click()
        page.wait_for_load_state()
    visitor.look(f"{office.slug}-documents-given")
    page.get_by_role("button", name="Berkas sudah lengkap").click()
    page.wait_for_url(f"**/tiket/{ticket.number}/")
    visitor.look(f"{office.slug}-own-ticket")


def step_button(page, name):
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def look_into(page, register):
    """The officer found a register clear, and writes that down."""
    box = page.locator(f"details:has(input[name=kind][value={register}])").last
    box.locator("summary").click()
    box.locator("[name=result]").select_option("good")
    box.locator("[name=source]").fill("Laman Daftar Hitam")
    box.get_by_role("button", name="Simpan hasil").click()
    page.wait_for_load_state()


def accept_documents(visitor, office, number):
    """One verdict after the other, until the page says that all are given."""
    page = visitor.page
    page.goto(f"/meja/tiket/{number}/")
    page.wait_for_load_state("networkidle")
    visitor.look(f"{office.slug}-desk-ticket")
    for _ in range(9):
        verdict = page.locator("form[action$='/putusan/']")
        if not verdict.count():
            break
        verdict.locator("[name=accepted][value=yes]").check()
        verdict.locator("[name=original_seen]").check()
        verdict.locator("button[type=submit]").click()
        page.wait_for_load_state()
        if page.get_by_role(
            "button", name="Semua berkas sesuai"
        ).count() and all_accepted(number):
            break
    if page.locator("[name=came]").count():
        page.locator("[name=came]").first.check()
        page.locator("[name=came_name]").fill("Ratna Widuri")
    step_button(page, "Semua berkas sesuai")


def all_accepted(number):
    from loket.tickets.queries import asked_documents  # noqa: PLC0415 - only here

    return all(
        each.is_accepted for each in asked_documents(Ticket.objects.get(number=number))
    )


def take(page, number):
    page.goto(f"/meja/tiket/{number}/")
    page.get_by_role("button", name="Ambil").first.click()
    page.wait_for_load_state()


def follow_as_supplier(again, ticket):
    """The activated supplier signs in anew and sees the ticket; anybody with the code sees its status."""
    sign_in(again, User.objects.get(user_id=IDENTITY["user_id"]))
    again.page.goto(f"/tiket/{ticket.number}/")
    again.look("bogor-own-ticket-active")
    again.page.goto(f"/lacak/{ticket.public_code}/")
    again.look("bogor-status")


@pytest.fixture
def supplier(visit):
    return visit()


def test_bogor_from_email_to_active_account(visit, supplier, bogor):
    front, verifier = officer(bogor, Role.FRONT_OFFICE), officer(bogor)
    register(supplier, bogor)
    ticket = Ticket.objects.get()
    upload(supplier, bogor, ticket)

    counter, desk = visit(DESKTOP), visit(DESKTOP)
    sign_in(counter, front)
    counter.look("bogor-desk-mine")
    counter.page.goto(f"/meja/{bogor.slug}/belum-diambil/")
    counter.look("bogor-desk-unassigned")
    take(counter.page, ticket.number)
    counter.page.locator("[name=complete][value=yes]").check()
    step_button(counter.page, "Catat hasil pemeriksaan kelengkapan")
    sign_in(desk, verifier)
    take(desk.page, ticket.number)
    accept_documents(desk, bogor, ticket.number)
    counter.page.goto(f"/meja/tiket/{ticket.number}/")
    step_button(counter.page, "Terbitkan tanda terima")
    desk.page.goto(f"/meja/tiket/{ticket.number}/")
    look_into(desk.page, "daftar-hitam")
    step_button(desk.page, "Aktifkan akun")
    run_jobs()

    ticket.refresh_from_db()
    assert (ticket.status, ticket.step) == (Status.IN_PROGRESS, "sikap")
    assert [message.to for message in mail.outbox] == [[EMAIL]] * 3
    receipt = supplier.page.request.get(
        f"/tiket/{ticket.number}/terbitan/{ticket.issued.get().pk}.pdf"
    )
    assert receipt.body()[:5] == b"%PDF-"
    follow_as_supplier(visit(), ticket)


def test_depok_accepts_and_hands_out_the_proof(visit, supplier, depok):
    verifier = officer(depok)
    register(supplier, depok)
    ticket = Ticket.objects.get()
    upload(supplier, depok, ticket)

    desk = visit(DESKTOP)
    sign_in(desk, verifier)
    take(desk.page, ticket.number)
    accept_documents(desk, depok, ticket.number)
    desk.page.get_by_label("Terima", exact=True).check()
    step_button(desk.page, "Simpan keputusan")
    look_into(desk.page, "daftar-hitam")
    step_button(desk.page, "Aktifkan akun")
    step_button(desk.page, "Terbitkan dan serahkan")
    run_jobs()

    ticket.refresh_from_db()
    assert (ticket.status, ticket.outcome) == (Status.DONE, "fulfilled")
    desk.page.goto(f"/meja/tiket/{ticket.number}/")
    desk.look("depok-desk-ticket-done")


def test_batang_walks_its_printed_steps(visit, supplier, batang):
    verifier = officer(batang)
    register(supplier, batang)
    ticket = Ticket.objects.get()
    upload(supplier, batang, ticket)

    desk = visit(DESKTOP)
    sign_in(desk, verifier)
    take(desk.page, ticket.number)
    accept_documents(desk, batang, ticket.number)
    look_into(desk.page, "daftar-hitam")
    step_button(desk.page, "Aktifkan akun")

    ticket.refresh_from_db()
    assert ticket.step == "pantau"
    desk.look("batang-desk-ticket")
