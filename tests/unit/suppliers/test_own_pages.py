"""A business as its own people see it, and the pages of powers of attorney."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.accounts.models import User
from loket.kernel import clock
from loket.suppliers.actions.people import accept, invite, new_invitation_link
from loket.suppliers.models import PowerOfAttorney, SupplierInvitation
from loket.suppliers.queries.people import people_of
from loket.suppliers.queries.proxies import Scope
from loket.tickets.models import Ticket
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, officer, person
from tests.factories.registering import EMAIL, NIK, NPWP, OTHER_NPWP, post, submitted
from tests.flows.story import text_of
from tests.unit.tickets.browsing import pdf, signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NEW = "staf@pandan.example"
BROKEN = SimpleUploadedFile("ktp.pdf", b"bukan pdf", "application/pdf")


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def supplier(depok):
    return submitted(depok).supplier


@pytest.fixture
def owner(supplier):
    return User.objects.get(email=EMAIL)


@pytest.fixture
def browser(owner):
    return signed_in(owner)


@pytest.fixture
def page(supplier):
    return f"/usaha/{supplier.pk}/"


def grant_page(page, ticket):
    return f"{page}kuasa/beri/?untuk={Scope(ticket.service, ticket).key}"


def said(**changes):
    papers = {
        f"berkas-{code}": SimpleUploadedFile(
            f"{code}.pdf", pdf(code), "application/pdf"
        )
        for code in ("surat-kuasa", "ktp-kuasa")
    }
    answers = {
        "name": "Gilang Seta",
        "nik": NIK,
        "valid_from": "2026-11-23",
        "valid_until": "2026-11-29",
        "has_meterai": "on",
    }
    return papers | answers | changes


def test_own_business_shows_masked_data_people_and_requests(browser, page):
    assert browser.get("/usaha/")["Location"] == page
    text = text_of(browser.get(page))
    wanted = (
        "Ratna Widuri",
        "Pimpinan atau pemilik",
        "LPSE Kota Depok",
        "DPK-26-00001",
    )
    assert [word for word in wanted if word not in text] == []
    assert (NPWP in text, NIK in text) == (False, False)


def test_business_of_others_does_not_exist(page, supplier):
    stranger = signed_in(person())
    for address in ("", "undang/", "kuasa/beri/", "orang/1/akhiri/"):
        assert stranger.get(page + address).status_code == 404
    assert text_of(stranger.get("/usaha/")).count("Belum ada usaha") == 1


def test_staff_reads_but_is_not_offered_what_owners_do(supplier, owner, page):
    staff = person()
    accept(new_invitation_link(invite(supplier, email=NEW, role="staff", by=owner)), by=staff)  # fmt: skip
    text = text_of(signed_in(staff).get(page))
    assert ("Undang orang" in text, "Beri kuasa" in text) == (False, False)
    assert post(signed_in(staff), f"{page}undang/", {"email": NEW, "role": "owner"}).status_code == 403  # fmt: skip


def invitation_link():
    run_jobs_here()
    bodies = "\n".join(letter.body for letter in mail.outbox)
    return re.findall(r"(/usaha/undangan/\S+)", bodies)[-1]


def test_invitation_by_mail_becomes_an_account(browser, page, supplier, client):
    post(browser, f"{page}undang/", {"email": NEW, "role": "staff"})
    link = invitation_link()
    assert "Ratna Widuri mengundang Anda" in text_of(client.get(link))
    account = {"name": "Wulan Sari", "user_id": "wulan.sari", "password": PASSWORD, "password_again": PASSWORD}  # fmt: skip
    wrong = post(client, link, account | {"user_id": "x"})
    assert (wrong.status_code, PASSWORD in wrong.content.decode()) == (422, False)
    assert post(client, link, account)["Location"] == "/usaha/"
    assert "Wulan Sari" in text_of(client.get(page))
    assert client.get(link).status_code == 410


def test_owners_are_told_who_accepted(browser, page, client):
    post(browser, f"{page}undang/", {"email": NEW, "role": "staff"})
    link, user = invitation_link(), person("Wulan Sari")
    post(signed_in(user), link)
    run_jobs_here()
    assert (mail.outbox[-1].to, "Wulan Sari" in mail.outbox[-1].body) == ([EMAIL], True)


def test_invited_address_with_an_account_is_led_to_signing_in(browser, page, client):
    known = person()
    post(browser, f"{page}undang/", {"email": known.email, "role": "staff"})
    link = invitation_link()
    shown = client.get(link)
    assert (shown.context["form"], f"/masuk/?next={link}" in shown.content.decode()) == (None, True)  # fmt: skip
    assert post(signed_in(known), link)["Location"] == "/usaha/"


def test_open_invitation_is_shown_and_taken_back(browser, page):
    post(browser, f"{page}undang/", {"email": NEW, "role": "staff"})
    assert NEW in text_of(browser.get(page))
    invitation = SupplierInvitation.objects.get()
    post(browser, f"{page}undangan/{invitation.pk}/batal/")
    assert NEW not in text_of(browser.get(page))


def test_last_owner_is_told_why_he_cannot_leave(browser, page, supplier):
    mine = people_of(supplier).get()
    asked = f"{page}orang/{mine.pk}/akhiri/"
    assert browser.get(asked).status_code == 200
    answered = post(browser, asked)
    assert (answered.status_code, "Undang pimpinan lain" in text_of(answered)) == (422, True)  # fmt: skip


def test_granting_on_the_page_and_judging_at_the_desk(browser, page, depok):
    ticket = Ticket.objects.get()
    sent = post(browser, grant_page(page, ticket), said())
    power = PowerOfAttorney.objects.get()
    assert sent["Location"] == f"{page}kuasa/{power.pk}/"
    assert "Menunggu diperiksa kantor" in text_of(browser.get(sent["Location"]))
    desk = signed_in(officer(depok))
    assert "Gilang Seta" in text_of(desk.get(f"/meja/tiket/{ticket.number}/"))
    verdict = f"/meja/tiket/{ticket.number}/kuasa/{power.pk}/"
    assert NIK not in text_of(desk.get(verdict))
    assert post(desk, verdict, {"accepted": "yes"}).status_code == 422
    assert post(desk, verdict, {"accepted": "yes", "meterai_seen": "on"}).status_code == 302  # fmt: skip
    assert "Diterima kantor" in text_of(browser.get(sent["Location"]))


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("nik", {"nik": "123"}),
        ("valid_until", {"valid_until": "2026-11-22"}),
        ("has_meterai", {"has_meterai": ""}),
        ("berkas-ktp-kuasa", {"berkas-ktp-kuasa": ""}),
        ("berkas-ktp-kuasa", {"berkas-ktp-kuasa": BROKEN}),
    ],
)
def test_what_is_wrong_stands_at_its_field(browser, page, field, changes):
    answered = post(browser, grant_page(page, Ticket.objects.get()), said(**changes))
    assert answered.status_code == 422
    assert list(answered.context["form"].errors) == [field]


def test_bogor_says_on_both_faces_that_nobody_comes_instead(bogor):
    ticket = submitted(bogor, "lain@pandan.example", npwp=OTHER_NPWP, user_id="lainnya").ticket  # fmt: skip
    mine = signed_in(User.objects.get(user_id="lainnya"))
    address = grant_page(f"/usaha/{ticket.registration.supplier_id}/", ticket)
    reason = "Berkas ditunjukkan sendiri oleh direksi, pejabat, pimpinan, atau pemilik usaha."
    assert reason in text_of(mine.get(address))
    desk = signed_in(officer(bogor))
    assert reason in text_of(desk.get(f"/meja/tiket/{ticket.number}/"))


def test_linked_proxy_finds_the_ticket_and_revoking_hides_it(browser, page):
    ticket = Ticket.objects.get()
    sent = post(browser, grant_page(page, ticket), said())["Location"]
    post(browser, f"{sent}tautkan/", {"email": NEW})
    proxy = signed_in(person("Gilang Seta"))
    assert post(proxy, invitation_link())["Location"] == "/tiket/"
    own = f"/tiket/{ticket.number}/"
    assert proxy.get(own).status_code == 200
    assert proxy.get(page).status_code == 404
    post(browser, f"{sent}cabut/")
    assert proxy.get(own).status_code == 404
