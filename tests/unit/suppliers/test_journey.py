"""The pages of a registration, as a browser walks them."""

import re

import pytest
from django.urls import reverse

from loket.accounts.models import User
from loket.kernel import once
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.suppliers.actions import new_link
from loket.suppliers.models import Registration, Supplier
from loket.tickets.models import Event, Ticket
from tests.factories.counting import statements
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, officer, person
from tests.factories.registering import (
    BUSINESS,
    EMAIL,
    IDENTITY,
    NIK,
    NPWP,
    OTHER_NPWP,
    ask_on_page,
    asked,
    browser_of,
    confirmed,
    filled_in,
    post,
    submitted,
)

pytestmark = pytest.mark.django_db
KEYS = re.compile(r'value="[^"]*"')
TAX = {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD}


def page(name, *args, office="kota-bogor"):
    return reverse(f"suppliers:{name}", args=[office, *args])


def words(response):
    """The text of an answer without the blanks of its templates."""
    return " ".join(response.content.decode().split())


def test_whole_way_from_address_to_ticket(client, bogor):
    assert ask_on_page(client, page("email")).url == page("sent")
    run_jobs_here()
    link = page("link", new_link(Registration.objects.get()))
    assert client.get(link).status_code == 200
    assert post(client, link).url == page("business")
    assert post(client, page("business"), BUSINESS).url == page("tax")
    assert post(client, page("tax"), TAX).url == page("identity")
    assert post(client, page("identity"), IDENTITY).url == page("review")
    end = post(client, page("review"), {"consent": "on"}).url
    ticket = Ticket.objects.get()
    assert end == page("done", ticket.public_code)
    shown = client.get(end)
    assert (shown.status_code, ticket.number in words(shown)) == (200, True)
    user = User.objects.get(email=EMAIL)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_answer_to_known_and_unknown_addresses_is_the_same(client, bogor):
    known, answers = person(), []
    for address in (known.email, EMAIL):
        answer = ask_on_page(client, page("email"), address)
        shown = KEYS.sub("", words(client.get(answer.url)).replace(address, "ALAMAT"))
        answers.append((answer.status_code, answer.url, shown))
    assert answers[0] == answers[1]
    run_jobs_here()
    assert Mail.objects.count() == 2


def test_address_that_is_none_is_named(client, bogor):
    answer = post(client, page("email"), {"email": "halo"})
    assert (answer.status_code, 'value="halo"' in words(answer)) == (422, True)


def test_looking_at_a_link_uses_nothing_up(client, bogor):
    link = page("link", new_link(asked(bogor)))
    for _ in range(3):
        client.get(link)
    assert Registration.objects.get().confirmed_at is None


def test_used_link_leads_to_a_new_one(client, bogor):
    link = page("link", new_link(asked(bogor)))
    post(client, link)
    for again in (client.get(link), post(client, link)):
        assert (again.status_code, page("email") in words(again)) == (410, True)


def test_confirming_gives_the_browser_a_new_session(client, bogor):
    ask_on_page(client, page("email"))
    run_jobs_here()
    before = client.session.session_key
    post(client, page("link", new_link(Registration.objects.get())))
    assert client.session.session_key != before


def test_draft_belongs_to_the_browser_that_used_the_link(client, bogor):
    filled_in(bogor)
    for name in ("business", "tax", "identity", "review"):
        assert client.get(page(name)).url == page("email")


def test_draft_of_one_office_is_none_of_another(bogor, depok):
    browser = browser_of(filled_in(bogor))
    url = page("review", office="kota-depok")
    assert browser.get(url).url == page("email", office="kota-depok")


def test_skipped_page_is_asked_first(bogor):
    browser = browser_of(confirmed(bogor))
    assert browser.get(page("review")).url == page("business")


def test_refused_page_keeps_what_was_typed_but_the_password(bogor):
    browser = browser_of(confirmed(bogor))
    post(browser, page("business"), BUSINESS)
    answer = post(browser, page("tax"), TAX | {"password_again": "lain"})
    shown = words(answer)
    assert (answer.status_code, NPWP in shown, PASSWORD in shown) == (422, True, False)


def test_number_is_looked_up_on_its_own(bogor):
    browser = browser_of(confirmed(bogor))
    post(browser, page("business"), BUSINESS)
    answer = post(browser, page("tax"), {"number": OTHER_NPWP, "periksa": "1"})
    assert answer.url == page("tax")
    shown = words(browser.get(page("tax")))
    found = [
        each in shown
        for each in ("Tidak ada duplikasi data.", "KSWP: belum diperiksa.", OTHER_NPWP)
    ]
    assert found == [True, True, True]


def test_heading_and_button_name_the_kind_of_number(bogor):
    browser, foreign = browser_of(confirmed(bogor)), {"form_of_business": "asing"}
    shown = []
    for business in (BUSINESS, BUSINESS | foreign):
        post(browser, page("business"), business)
        text = words(browser.get(page("tax")))
        shown.append(("<h1>NPWP dan kata sandi</h1>" in text, "Periksa NPWP" in text))
    assert shown == [(True, True), (False, False)]


def test_page_says_nothing_of_a_check_before_one(bogor):
    browser = browser_of(confirmed(bogor))
    post(browser, page("business"), BUSINESS)
    assert "duplikasi" not in words(browser.get(page("tax")))


def test_looking_up_a_registered_number_offers_sign_in(bogor):
    submitted(bogor)
    browser = browser_of(confirmed(bogor, "lain@pandan.example"))
    post(browser, page("business"), BUSINESS)
    answer = post(browser, page("tax"), {"number": NPWP, "periksa": "1"})
    assert (answer.status_code, "Nomor ini sudah terdaftar" in words(answer)) == (
        422,
        True,
    )


def test_review_shows_numbers_masked_and_what_to_bring(bogor):
    browser = browser_of(filled_in(bogor))
    shown = words(browser.get(page("review")))
    assert [each in shown for each in (NPWP, NIK, "•••••••••••4000")] == [
        False,
        False,
        True,
    ]
    assert "NPWP perusahaan" in shown


def test_checklist_follows_the_answered_questions(depok):
    shown = [
        words(browser_of(draft).get(page("review", office="kota-depok")))
        for draft in (
            filled_in(depok, "satu@pandan.example"),
            filled_in(depok, "dua@pandan.example", facts=["pkp"]),
        )
    ]
    paper = "Surat pengukuhan pengusaha kena pajak"
    assert [paper in each for each in shown] == [False, True]


def test_submission_without_consent_is_refused(bogor):
    browser = browser_of(filled_in(bogor))
    answer = post(browser, page("review"))
    assert (answer.status_code, Ticket.objects.count()) == (422, 0)


def test_number_taken_meanwhile_is_a_conflict_with_a_way_on(bogor, depok):
    browser = browser_of(filled_in(bogor))
    submitted(depok, "lain@pandan.example", user_id="lain")
    answer = post(browser, page("review"), {"consent": "on"})
    assert (answer.status_code, page("tax") in words(answer)) == (409, True)
    assert (Supplier.objects.count(), Ticket.objects.count()) == (1, 1)


def test_finished_registration_leads_to_its_receipt(bogor):
    draft = submitted(bogor)
    browser = browser_of(draft)
    for name in ("business", "review"):
        assert browser.get(page(name)).url == page("done", draft.ticket.public_code)


def test_receipt_tells_a_stranger_nothing_of_the_applicant(client, bogor):
    ticket = submitted(bogor).ticket
    shown = words(client.get(page("done", ticket.public_code)))
    names = ("CV Tunas Pandan", "Ratna Widuri", "KTP")
    assert [name in shown for name in (ticket.number, *names)] == [
        True,
        False,
        False,
        False,
    ]


def test_receipt_names_place_and_next_opening(client, bogor):
    ticket = submitted(bogor).ticket
    shown = words(client.get(page("done", ticket.public_code)))
    assert "Mal Pelayanan Publik Grha Tiyasa" in shown
    assert "Buka terdekat:" in shown


def test_unknown_receipt_leads_to_the_start(client, bogor, depok):
    code = submitted(depok).ticket.public_code
    for url in (page("done", "AAAA-BBBB"), page("done", code)):
        assert client.get(url).url == page("email")


def test_office_that_does_not_exist_has_no_registration(client, packs):
    assert client.get(page("email", office="kota-tiada")).status_code == 404


def test_companion_office_names_the_system_outside(client, bogor):
    bogor.registration_mode = "companion"
    bogor.save()
    assert "Akun penyedia berada di SPSE." in words(client.get(page("email")))


@pytest.mark.parametrize("name", ["business", "tax", "identity", "review"])
def test_page_reads_the_database_seldom(bogor, name):
    browser = browser_of(filled_in(bogor))
    browser.get(page(name))
    with statements() as sent:
        browser.get(page(name))
    assert len(sent) <= 8


def test_officer_sees_numbers_in_full_and_on_record(client, bogor):
    ticket, verifier = submitted(bogor).ticket, officer(bogor)
    client.force_login(verifier)
    answer = post(client, reverse("suppliers:identity_numbers", args=[ticket.number]))
    shown = words(answer)
    assert (answer.status_code, NPWP in shown, NIK in shown) == (200, True, True)
    assert Event.objects.get(name="identity_seen").by == verifier


@pytest.mark.parametrize(
    ("role", "status"), [(Role.FRONT_OFFICE, 403), (Role.AUDITOR, 403)]
)
def test_numbers_are_refused_to_roles_without_the_right(client, bogor, role, status):
    ticket = submitted(bogor).ticket
    client.force_login(officer(bogor, role))
    url = reverse("suppliers:identity_numbers", args=[ticket.number])
    assert post(client, url).status_code == status


def test_numbers_of_another_office_do_not_exist(client, bogor, depok):
    ticket = submitted(bogor).ticket
    client.force_login(officer(depok))
    url = reverse("suppliers:identity_numbers", args=[ticket.number])
    assert post(client, url).status_code == 404


def test_form_sent_twice_leads_to_the_same_receipt(bogor):
    browser, key = browser_of(filled_in(bogor)), once.new_key()
    said = {"consent": "on", once.FIELD: key}
    first = browser.post(page("review"), said)
    again = browser.post(page("review"), {"consent": "on", once.FIELD: once.new_key()})
    assert first.url == again.url == page("done", Ticket.objects.get().public_code)


def test_form_without_its_key_is_not_accepted(client, bogor):
    answer = client.post(page("email"), {"email": EMAIL})
    assert (answer.status_code, Registration.objects.count()) == (400, 0)


def test_pages_speak_english_on_request(bogor):
    browser = browser_of(confirmed(bogor))
    browser.cookies["bahasa"] = "en"
    assert "Company (PT/CV)" in words(browser.get(page("business")))


def test_typed_pages_are_shown_again_filled_in(bogor):
    browser = browser_of(filled_in(bogor))
    shown = words(browser.get(page("identity")))
    assert [each in shown for each in ("tunaspandan", "Jalan Cendana 12", NIK)] == [
        True
    ] * 3


def test_changed_business_leads_through_the_number_again(bogor):
    browser = browser_of(filled_in(bogor))
    post(browser, page("business"), BUSINESS | {"branch_kind": "branch"})
    assert browser.get(page("review")).url == page("tax")


def test_foreign_company_is_asked_for_its_country(bogor):
    browser = browser_of(confirmed(bogor))
    foreign = {"applicant_kind": "perusahaan-asing", "form_of_business": "asing"}
    post(browser, page("business"), BUSINESS | foreign)
    assert 'name="country"' in words(browser.get(page("tax")))
    said = TAX | {"country": "SG", "number": "T26LL0042K"}
    assert post(browser, page("tax"), said).url == page("identity")
    asked = words(browser.get(page("identity")))
    assert ("Nomor paspor pimpinan" in asked, 'name="regency"' in asked) == (True, False)  # fmt: skip


def test_receipt_survives_a_browser_that_lost_its_session(client, bogor):
    browser = browser_of(filled_in(bogor))
    end = post(browser, page("review"), {"consent": "on"}).url
    assert client.get(end).status_code == 200


@pytest.mark.parametrize("name", ["business", "tax", "identity", "review"])
def test_page_of_the_draft_weighs_little(bogor, name):
    browser = browser_of(filled_in(bogor))
    answer = browser.get(page(name), headers={"accept-encoding": "gzip"})
    assert len(answer.content) < 15_000
