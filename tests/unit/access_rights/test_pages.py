"""The pages of officials: alike for every address, for few eyes at the desk, absent where the pack says nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from loket.access_rights.actions import approve, begin, new_link, refuse
from loket.access_rights.models import AccessGrant, AccessRequest
from loket.access_rights.tasks import settle_access_requests
from loket.files.models import FileView, StoredFile
from loket.kernel import clock
from loket.offices.roles import Role
from tests.factories.counting import statements
from tests.factories.papers import pdf
from tests.factories.people import again, officer, person
from tests.factories.registering import post
from tests.unit.access_rights.asking import (
    MONDAY,
    NIP,
    PASSWORD,
    asked,
    browser_of,
    confirmed,
    later,
    submitted,
)

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Galih Pamungkas", "nip": NIP, "position": "pokja", "work_unit": "Dinas Pandan",
    "phone": "0812 0000 0177", "until": "31/12/2027", "user_id": "galih.pokja",
    "password": PASSWORD, "password_again": PASSWORD,
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def entry(office, rest=""):
    return f"/kantor/{office.slug}/pejabat/{rest}"


def desk(office, rest=""):
    return f"/meja/{office.slug}/pejabat/{rest}"


def browser(user):
    client = Client()
    client.force_login(again(user))
    return client


def surat(data=None):
    return SimpleUploadedFile("surat.pdf", pdf() if data is None else data, "application/pdf")  # fmt: skip


@pytest.mark.parametrize("rest", ["", "terkirim/", "data/", "selesai/", "tautan/abc/"])
def test_office_whose_pack_serves_no_officials_has_no_such_page(bogor, rest):
    assert Client().get(entry(bogor, rest)).status_code == 404


def test_page_of_the_address_asks_for_it(depok):
    assert Client().get(entry(depok)).status_code == 200


def test_link_opens_the_form_once(depok):
    client, link = Client(), entry(depok, f"tautan/{new_link(asked(depok))}/")
    assert client.get(link).status_code == 200
    answer = post(client, link)
    assert (answer.status_code, answer.url) == (302, entry(depok, "data/"))
    assert client.get(link).status_code == 410


def test_official_sends_his_request(depok):
    client = browser_of(confirmed(depok))
    answer = post(client, entry(depok, "data/"), SAID | {"letter": surat()})
    assert (answer.status_code, answer.url) == (302, entry(depok, "selesai/"))
    assert client.get(entry(depok, "selesai/")).status_code == 200
    assert AccessRequest.objects.waiting().get().position == "pokja"


@pytest.mark.parametrize(
    "wrong",
    [
        {"nip": "19760202200212200"}, {"position": "raja"}, {"until": "01/01/2020"},
        {"password": "katasandi", "password_again": "katasandi"}, {"letter": surat(b"bukan pdf")},
        {"user_id": "x"}, {"phone": "telepon"},
    ],
)  # fmt: skip
def test_refused_form_keeps_what_was_typed_but_the_password(depok, wrong):
    client = browser_of(confirmed(depok))
    answer = post(client, entry(depok, "data/"), SAID | {"letter": surat()} | wrong)
    text = answer.content.decode()
    assert (answer.status_code, "Dinas Pandan" in text, PASSWORD in text) == (422, True, False)  # fmt: skip
    assert not AccessRequest.objects.waiting().exists()


def test_address_with_an_account_is_asked_for_no_password(depok):
    client = browser_of(confirmed(depok, person().email))
    page = client.get(entry(depok, "data/")).content.decode()
    assert ('name="password"' in page, 'name="user_id"' in page) == (False, False)
    said = {key: SAID[key] for key in SAID if key not in {"user_id", "password", "password_again"}}  # fmt: skip
    assert post(client, entry(depok, "data/"), said | {"letter": surat()}).status_code == 302  # fmt: skip


def test_stranger_without_a_draft_is_led_to_the_address(depok):
    assert Client().get(entry(depok, "data/")).url == entry(depok)


DECIDING = {"admin_agency", "kepala_tim", "kasubag_lpse", "kepala_bagian"}


@pytest.mark.parametrize("role", Role)
def test_desk_of_officials_is_for_who_decides(depok, role):
    one, client = submitted(depok), browser(officer(depok, role))
    pages = [desk(depok), desk(depok, f"{one.pk}/"), desk(depok, f"{one.pk}/surat/1.png")]  # fmt: skip
    wanted = 200 if role in DECIDING else 404
    assert [client.get(page).status_code for page in pages] == [wanted] * 3
    assert FileView.objects.count() == (role in DECIDING)


def test_another_office_sees_nothing(depok, bogor):
    one, client = submitted(depok), browser(officer(bogor, Role.KEPALA_BAGIAN))
    pages = [desk(depok), desk(bogor), desk(depok, f"{one.pk}/"), desk(bogor, f"{one.pk}/")]  # fmt: skip
    assert [client.get(page).status_code for page in pages] == [404] * 4


def test_nip_is_masked_until_asked_for(depok):
    one, client = submitted(depok), browser(officer(depok, Role.ADMIN_AGENCY))
    address = desk(depok, f"{one.pk}/")
    assert NIP not in client.get(address).content.decode()
    assert NIP in post(client, address + "nip/").content.decode()


def test_officer_approves_and_the_official_signs_in_to_his_pages(depok):
    one, client = submitted(depok), browser(officer(depok, Role.ADMIN_AGENCY))
    assert post(client, desk(depok, f"{one.pk}/setujui/")).status_code == 302
    theirs = browser(AccessGrant.objects.get().user)
    pages = [theirs.get(page).status_code for page in ("/akses/", "/tiket/", "/meja/")]
    assert pages == [200, 200, 403]


def test_officer_refuses_with_a_reason(depok):
    one, client = submitted(depok), browser(officer(depok, Role.ADMIN_AGENCY))
    address = desk(depok, f"{one.pk}/tolak/")
    answers = [post(client, address, {"reason": reason}).status_code for reason in ("", "Surat tugas kurang.")]  # fmt: skip
    assert answers == [422, 302]


def test_official_asks_for_more_time_for_his_own_access_only(depok):
    grant = approve(submitted(depok), by=officer(depok, Role.ADMIN_AGENCY))
    address, said = f"/akses/{grant.pk}/perpanjang/", {"until": "31/12/2029"}
    assert browser(person()).get(address).status_code == 404
    theirs = browser(grant.user)
    assert theirs.get(address).status_code == 200
    assert post(theirs, address, said).status_code == 422
    assert post(theirs, address, said | {"letter": surat()}).status_code == 302
    assert "menunggu putusan" in theirs.get(address).content.decode()


def test_access_is_ended_at_the_desk(depok):
    admin = officer(depok, Role.ADMIN_AGENCY)
    grant = approve(submitted(depok), by=admin)
    address, verifier = desk(depok, f"akses/{grant.pk}/akhiri/"), officer(depok)
    with later(hours=1):
        assert post(browser(verifier), address).status_code == 404
        assert post(browser(admin), address).status_code == 302
        assert AccessGrant.objects.current().count() == 0


def test_link_is_promised_alike_for_every_address(depok):
    official, costs = officer(depok), set()
    for email in ("pertama@dinas.example", person().email, official.email, "siapa@dinas.example"):  # fmt: skip
        with statements() as sent:
            begin(depok, email=email, language="id")
        if email != "pertama@dinas.example":  # warms what the process keeps
            costs.add(len(sent))
    assert len(costs) == 1


def test_official_reads_who_looked_at_his_letter_and_until_when_it_is_kept(depok):
    admin = officer(depok, Role.ADMIN_AGENCY)
    one = submitted(depok)
    browser(admin).get(desk(depok, f"{one.pk}/surat/1.png"))
    grant = approve(one, by=again(admin))
    mine = browser(grant.user).get("/akses/").content.decode()
    shown = " ".join(mine.split())
    said = f"{Role.ADMIN_AGENCY.label}: satu kali"
    assert (said in shown, admin.name in shown) == (True, False)
    assert "Berkas disimpan sampai" in shown
    stranger = browser(person()).get("/akses/").content.decode()
    assert "satu kali" not in stranger


@pytest.mark.parametrize(("is_approved", "days"), [(True, 365 + 365), (False, 90)])
def test_letter_ends_some_time_after_its_use(depok, is_approved, days):
    admin, one = officer(depok, Role.ADMIN_AGENCY), submitted(depok)
    if is_approved:
        approve(one, by=admin)
    else:
        refuse(one, by=admin, reason="Bukan pejabat.")

    def is_there(after):
        with later(days=after, seconds=1):
            settle_access_requests(0)
        return StoredFile.objects.get(pk=one.letter_id).destroyed_at is None

    assert (is_there(days - 1), is_there(days)) == (True, False)
    page = browser(admin).get(desk(depok, f"{one.pk}/"))
    assert "surat/1.png" not in page.content.decode()


def test_official_starts_at_his_access_while_it_holds(depok):
    draft = submitted(depok)
    approve(draft, by=officer(depok, Role.KEPALA_TIM))
    browser = Client()
    browser.force_login(AccessGrant.objects.get().user)
    assert browser.get("/mulai/")["Location"] == "/akses/"
    with later(days=366):
        browser.force_login(AccessGrant.objects.get().user)
        assert browser.get("/mulai/")["Location"] == "/tiket/"
