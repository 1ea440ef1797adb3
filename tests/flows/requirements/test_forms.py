"""F1-F19: screens, fields, buttons and messages of the registration, read where a supplier meets them."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from loket.standards.queries import in_force, spec_of
from loket.suppliers.queries import form_data, registration_of
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD
from tests.factories.registering import (
    BUSINESS,
    IDENTITY,
    NPWP,
    browser_of,
    confirmed,
    filled_in,
    post,
    submitted,
)
from tests.flows.contradictions.walks import BATANG, BOGOR, DEPOK, OFFICES
from tests.flows.story import Supplier, link_in, new_mail, text_of
from tests.unit.portal.reading import links, service
from tests.unit.ui.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SPSE = "https://eproc.kotabogor.go.id/eproc4/"
CONTACTS = {
    BOGOR: ("0251-8325943", "lpse@kotabogor.go.id"),
    DEPOK: ("021-7521440", "helpdesklpse@ukpbj.depok.go.id"),
    BATANG: ("lpsebatangkab@gmail.com",),
}


def at(slug, rest=""):
    return f"/kantor/{slug}/daftar/{rest}"


def missing(text, wanted):
    return [words for words in wanted if words not in text]


def open_page(client, address):
    answered = client.get(address)
    assert answered.status_code == 200
    return text_of(answered), Page(answered.content.decode())


def fields(page):
    """Names of the visible fields in their order, radio buttons once."""
    controls = (e for e in page.elements if e.tag in {"input", "select", "textarea"})
    shown = [e["name"] for e in controls if e["type"] not in {"hidden", "submit"}]
    return list(dict.fromkeys(name for name in shown if name))


def test_f1_f5_f6_office_leads_to_what_its_portal_has():
    text, page = open_page(Client(), f"/kantor/{BOGOR}/")
    named = ("cari paket", "regulasi", "konten khusus", "daftar hitam", "AMEL",
             "Pengumuman dan berita", "Tentang kami", "Pakta Integritas", "Kebijakan mutu")  # fmt: skip
    assert missing(text, named) == []
    assert SPSE in links(page)


@pytest.mark.parametrize("slug", OFFICES)
def test_f1_every_office_links_to_sikap(packs, slug):
    _text, page = open_page(Client(), f"/kantor/{slug}/")
    assert links(page).count("https://sikap.lkpp.go.id/") == 1


def test_f2_home_shows_the_way_of_registration_in_five_steps(packs):
    _text, page = open_page(Client(), "/")
    steps = page.one("ol", **{"class": "lk-steps"}).text
    wanted = ("daftar dengan e-mail", "Buka tautan", "Isi data usaha", "Tunjukkan dokumen", "Lihat status")  # fmt: skip
    assert (missing(steps, wanted), len(page.all("li", **{"data-state": "next"}))) == ([], 5)  # fmt: skip


@pytest.mark.parametrize("slug", OFFICES)
def test_f3_service_leads_to_registration(packs, slug):
    _text, page = open_page(Client(), service(slug))
    assert links(page).count(at(slug)) == 1


def test_f6_terms_can_be_read_from_every_foot_before_anything_is_typed(packs):
    for address in ("/", f"/kantor/{BOGOR}/", at(DEPOK)):
        assert "/ketentuan/" in links(open_page(Client(), address)[1])
    text, _page = open_page(Client(), "/ketentuan/")
    assert text.count("NIK dan nomor pajak disimpan terenkripsi") == 1


def test_f7_first_page_asks_for_an_address_in_both_languages(packs):
    client = Client()
    text, page = open_page(client, at(BOGOR))
    wanted = ("Daftar dengan e-mail", "Masukkan alamat e-mail untuk membuat akun penyedia",
              "Pakai e-mail perusahaan", "English")  # fmt: skip
    assert missing(text, wanted) == []
    [other] = [link for link in links(page) if link.startswith("/bahasa/en/")]
    english = text_of(client.get(other, follow=True))
    assert missing(english, ("Register by e-mail", "Bahasa Indonesia")) == []


def test_f8_answer_names_inbox_and_spam(bogor):
    tirta = Supplier(bogor)
    tirta.ask_for_link()
    text, _page = open_page(tirta.browser, at(BOGOR, "terkirim/"))
    assert missing(text, ("Cek kotak masuk Anda", tirta.email, "folder spam", "Kirim ulang")) == []  # fmt: skip


def test_f9_first_mail_has_one_button_that_leads_to_confirmation(bogor):
    tirta = Supplier(bogor)
    letter = tirta.ask_for_link()
    html = Page(letter.alternatives[0][0])
    address = settings.SITE_URL + link_in(letter)
    buttons = [each for each in html.all("a") if each["href"] == address]
    assert "Konfirmasi" in [each.text.strip() for each in buttons]


@pytest.mark.parametrize("slug", OFFICES)
def test_f11_terms_of_registration_stand_before_stage_two(packs, slug):
    tirta = Supplier(packs[slug])
    text, page = open_page(tirta.browser, link_in(tirta.ask_for_link()))
    wanted = ("Ketentuan pendaftaran", "NPWP diperiksa sebelum", "huruf besar", "huruf kecil",
              "angka", "harus mencapai Hijau")  # fmt: skip
    assert (missing(text, wanted), links(page).count("/ketentuan/")) == ([], 2)


def test_f12_stage_two_asks_form_status_number_and_password(bogor):
    draft = confirmed(bogor)
    browser = browser_of(draft)
    _text, page = open_page(browser, at(BOGOR, "usaha/"))
    assert fields(page) == ["form_of_business", "branch_kind"]
    post(browser, at(BOGOR, "usaha/"), BUSINESS)
    text, page = open_page(browser, at(BOGOR, "npwp/"))
    assert fields(page) == ["number", "password", "password_again"]
    assert missing(text, (draft.email, "Periksa NPWP", "Lanjutkan", "Kembali")) == []


@pytest.mark.parametrize(
    ("slug", "told"), [(BOGOR, "KSWP: belum diperiksa."), (DEPOK, "KSWP: belum diperiksa."), (BATANG, "")]
)  # fmt: skip
def test_f12_f13_looking_the_number_up_tells_of_duplicates_and_kswp(packs, slug, told):
    browser = browser_of(confirmed(packs[slug]))
    post(browser, at(slug, "usaha/"), BUSINESS)
    post(browser, at(slug, "npwp/"), {"number": NPWP, "periksa": "1"})
    text, page = open_page(browser, at(slug, "npwp/"))
    assert missing(text, ("Tidak ada duplikasi data", told)) == []
    assert ("KSWP" in text, page.one("input", name="number")["value"]) == (bool(told), NPWP)  # fmt: skip


def test_f13_known_number_says_nothing_of_its_holder(bogor, depok):
    submitted(bogor, "lain@pandan.example", user_id="pemilik", name="CV Kenanga Asri")
    browser = browser_of(confirmed(depok))
    post(browser, at(DEPOK, "usaha/"), BUSINESS)
    answered = post(browser, at(DEPOK, "npwp/"), {"number": NPWP, "periksa": "1"})
    text = text_of(answered)
    assert (answered.status_code, text.count("Nomor ini sudah terdaftar.") >= 1) == (422, True)  # fmt: skip
    assert [word for word in ("Kenanga", "lain@", "pemilik", "Bogor") if word in text] == []  # fmt: skip


def test_f14_identity_asks_every_field_of_the_printed_page(bogor):
    browser = browser_of(confirmed(bogor))
    post(browser, at(BOGOR, "usaha/"), BUSINESS)
    said = {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD}
    post(browser, at(BOGOR, "npwp/"), said)
    text, page = open_page(browser, at(BOGOR, "identitas/"))
    assert fields(page) == [
        "user_id", "name", "responsible_name", "identity_document", "nik", "pkp_number", "address", "regency",
        "postal_code", "phone",
    ]  # fmt: skip
    assert missing(text, ("Untuk masuk", "mudah Anda ingat", "Kembali", "Lanjutkan")) == []  # fmt: skip


@pytest.mark.parametrize("card", ["ktp", "kitas", "kitap"])
def test_f15_foreigners_who_live_here_show_their_permit(bogor, card):
    number = IDENTITY["nik"] if card == "ktp" else "2C21JE0042AB"
    draft = submitted(bogor, identity_document=card, nik=number)
    assert draft.supplier.identity_document == card


@pytest.mark.parametrize("slug", OFFICES)
def test_f15_last_page_names_office_and_documents(packs, slug):
    text, _page = open_page(browser_of(filled_in(packs[slug])), at(slug, "tinjau/"))
    wanted = (packs[slug].name, "Pilih kantor lain", "Berkas yang dibawa", "Ketentuan", "NPWP")  # fmt: skip
    assert missing(text, wanted) == []


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        (BOGOR, ("Mal Pelayanan Publik Grha Tiyasa", "Pusat panggilan LKPP: 021-29935777, 144")),
        (DEPOK, ("Jalan Margonda Raya Nomor 54",)),
        (BATANG, ("Kantor LPSE Kabupaten Batang",)),
    ],
)  # fmt: skip
def test_f16_finish_tells_where_to_go_and_whom_to_call(packs, slug, told):
    tirta = Supplier(packs[slug])
    tirta.register(pkp="no")
    text, page = open_page(tirta.browser, tirta.done)
    assert missing(text, ("Pendaftaran sudah terkirim", *told, "Buka tiket saya")) == []
    assert service(slug) in links(page)


@pytest.mark.parametrize("slug", OFFICES)
def test_f17_second_mail_repeats_the_data_and_says_what_follows(packs, slug):
    tirta = Supplier(packs[slug])
    _ticket, letters = tirta.register(pkp="no")
    [letter] = letters.values()
    body = " ".join(letter.body.split())
    wanted = (
        "User ID: tunaspandan", "CV Tunas Pandan", IDENTITY["address"], "satu e-mail lagi",
        "User ID dan kata sandi yang Anda pilih", "Bukan Anda yang mendaftar?",
        "jangan dibalas", *CONTACTS[slug],
    )  # fmt: skip
    assert missing(body, wanted) == []


@pytest.mark.parametrize(
    ("slug", "ways"),
    [(BOGOR, ["counter", "remote"]), (BATANG, ["counter", "remote"]), (DEPOK, [])],
)
def test_f19_c8_both_ways_are_told_and_asked_before_sending(packs, slug, ways):
    text, page = open_page(browser_of(filled_in(packs[slug])), at(slug, "tinjau/"))
    offered = page.all("input", name="route", type="radio")
    assert [each["value"] for each in offered] == ways
    told = ("Tatap muka", "Daring", "unggah semua berkas di tiket", "panggilan video", "panggilan WhatsApp")  # fmt: skip
    assert [words for words in told if words in text] == (list(told) if ways else [])


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        (BOGOR, ("paling besar 4 MB", "panggilan video", "Izin usaha", "Akta perusahaan")),
        (BATANG, ("lpsebatangkab@gmail.com", "panggilan video")),
        (DEPOK, ()),
    ],
)  # fmt: skip
def test_f19_c8_both_ways_are_told_where_the_page_after_sending_leads(packs, slug, told):  # fmt: skip
    tirta = Supplier(packs[slug])
    tirta.register(pkp="no")
    _text, page = open_page(tirta.browser, tirta.done)
    assert service(slug) in links(page)
    text, _page = open_page(tirta.browser, service(slug))
    assert missing(text, told) == []
    assert ("video" in text) == bool(told)


@pytest.mark.parametrize(
    ("slug", "titles"),
    [
        (BOGOR, ["Tatap muka cara yang Anda pilih", "Daring cara lain"]),
        (BATANG, ["Tatap muka cara yang Anda pilih", "Daring cara lain"]),
        (DEPOK, ["Tatap muka cara yang Anda pilih"]),
    ],
)
def test_f19_page_after_sending_and_its_mail_tell_the_chosen_way_first(packs, slug, titles):  # fmt: skip
    tirta = Supplier(packs[slug])
    tirta.register(pkp="no")
    _text, page = open_page(tirta.browser, tirta.done)
    heads = [" ".join(each.split()) for each in page.texts("h2")]
    assert [each for each in heads if each.partition(" cara ")[1]] == titles
    [how] = [way.how.get("id") for code, way in in_force_routes(packs[slug]) if code == "counter"]  # fmt: skip
    assert page.texts("p").count(how) == 1
    run_jobs_here()
    [letter] = [each for each in mail.outbox if "menerima pendaftaran" in each.body]
    body = " ".join(letter.body.split())
    assert f"Tatap muka (cara yang Anda pilih): {how}" in body
    assert ("Daring: Pilih cara daring" in body) == (len(titles) > 1)


def in_force_routes(office):
    return spec_of(in_force(office, "registrasi-verifikasi").pk).routes.items()


def test_f19_letter_and_page_after_sending_name_what_is_brought_to_bogor(bogor):
    tirta = Supplier(bogor)
    _ticket, letters = tirta.register(pkp="no")
    [letter] = letters.values()
    shown, _page = open_page(tirta.browser, tirta.done)
    for text in (letter.body, shown):
        assert missing(text, ("Izin usaha", "Akta perusahaan")) == []


def test_f17_mail_of_another_office_after_moving_names_that_office(bogor, depok):
    tirta = Supplier(bogor)
    tirta.fill_in(link_in(tirta.ask_for_link()))
    post(tirta.browser, at(BOGOR, "kantor/"), {"office": DEPOK})
    said = IDENTITY | {"pkp": "no"}
    assert post(tirta.browser, at(DEPOK, "identitas/"), said).status_code == 302
    with new_mail() as letters:
        post(tirta.browser, at(DEPOK, "tinjau/"), {"consent": "on"})
    [letter] = letters.values()
    assert missing(letter.body, (depok.name, "Margonda")) == []


@pytest.mark.parametrize(("typed", "shown"), [("S-27PKP/WPJ.33/2020", 1), ("", 0)])
def test_f18_number_of_a_taxable_entrepreneur_is_asked_and_read(bogor, typed, shown):
    draft = filled_in(bogor, pkp_number=typed)
    review, _page = open_page(browser_of(draft), at(BOGOR, "tinjau/"))
    assert review.count("Nomor PKP") == shown
    ticket = submitted(bogor, "lain@pandan.example", npwp="013000666091000",
                       user_id="lainpandan", pkp_number=typed).ticket  # fmt: skip
    facts = {
        fact.term: fact.value for fact in form_data(registration_of(ticket).supplier)
    }
    assert facts.get("Nomor PKP", "") == typed
