"""F15: the verifying office may still be changed until the registration is sent."""

import pytest
from django.test import Client

from loket.accounts.models import User
from loket.kernel.errors import Conflict
from loket.offices.roles import Role
from loket.suppliers.actions import confirm, move, new_link, report
from loket.suppliers.actions.drafts import new_report_link
from loket.suppliers.models import Registration
from loket.tickets.models import Ticket
from tests.factories.jobs import run_jobs_here
from tests.factories.people import officer
from tests.factories.registering import (
    BUSINESS,
    IDENTITY,
    browser_of,
    confirmed,
    filled_in,
    post,
    requested,
    send,
    submitted,
)
from tests.flows.story import link_in, new_mail, text_of
from tests.unit.ui.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
PERSON = {"applicant_kind": "perorangan", "form_of_business": "perorangan", "branch_kind": "head"}  # fmt: skip
FOREIGN = {"applicant_kind": "perusahaan-asing", "form_of_business": "asing", "branch_kind": "head"}  # fmt: skip


def page(office, name="office"):
    path = {
        "office": "kantor",
        "review": "tinjau",
        "identity": "identitas",
        "tax": "npwp",
    }
    return f"/kantor/{office.slug}/daftar/{path[name]}/"


def offered(browser, office):
    shown = Page(browser.get(page(office)).content.decode())
    return [each["value"] for each in shown.all("input", name="office")]


def choose(browser, before, after):
    return post(browser, page(before), {"office": after.slug})


def moved(draft, office):
    move(draft, office)
    return Registration.objects.get(pk=draft.pk)


def test_page_before_sending_leads_to_the_other_offices(bogor):
    shown = browser_of(filled_in(bogor)).get(page(bogor, "review")).content.decode()
    assert shown.count(f'href="{page(bogor)}"') == 1


@pytest.mark.parametrize(
    ("business", "slugs"),
    [
        (BUSINESS, ["kabupaten-batang", "kota-bogor", "kota-depok"]),
        (FOREIGN, ["kota-bogor"]),
    ],
)
def test_only_offices_that_take_this_business_are_offered(bogor, business, slugs):
    browser = browser_of(filled_in(bogor, business=business))
    assert offered(browser, bogor) == slugs


def test_office_of_now_is_the_one_chosen_at_first(bogor):
    shown = Page(browser_of(filled_in(bogor)).get(page(bogor)).content.decode())
    chosen = [each["value"] for each in shown.all("input", name="office") if "checked" in each.attrs]  # fmt: skip
    assert chosen == ["kota-bogor"]


def test_page_says_how_long_the_draft_is_kept(bogor):
    shown = text_of(browser_of(filled_in(bogor)).get(page(bogor)))
    assert shown.count("dihapus 30 hari setelah terakhir disimpan") == 1


def test_everything_typed_goes_along_and_can_be_sent_at_once(bogor, batang):
    draft = filled_in(bogor)
    browser = browser_of(draft)
    led = choose(browser, bogor, batang)["Location"]
    assert led == page(batang, "review")
    assert "LPSE Kabupaten Batang" in text_of(browser.get(led))
    sent = post(browser, led, {"consent": "on"})
    ticket = Ticket.objects.get()
    assert (sent.status_code, ticket.office, ticket.number[:3]) == (302, batang, "BTG")


def test_ticket_follows_the_standard_of_the_office_it_went_to(bogor, depok):
    draft = moved(filled_in(bogor, business=PERSON), depok)
    assert draft.typed["business"]["applicant_kind"] == "perseorangan"
    assert send(draft).standard.office == depok


def test_only_the_question_of_the_new_office_is_asked_again(bogor, depok):
    browser = browser_of(filled_in(bogor))
    led = choose(browser, bogor, depok)["Location"]
    assert led == page(depok, "identity")
    shown = Page(browser.get(led).content.decode())
    kept = {name: shown.one("input", name=name)["value"] for name in ("user_id", "name", "nik", "postal_code")}  # fmt: skip
    assert kept == {name: IDENTITY[name] for name in kept}
    answers = shown.all("input", name="pkp")
    assert [each["value"] for each in answers if "checked" in each.attrs] == []


def test_answer_of_the_office_left_is_no_fact_of_the_new_ticket(bogor, depok):
    draft = filled_in(depok, facts=["pkp"])
    assert send(moved(draft, bogor)).facts == []


def test_kind_without_new_questions_is_asked_nothing(bogor, depok):
    browser = browser_of(filled_in(bogor, business=PERSON))
    assert choose(browser, bogor, depok)["Location"] == page(depok, "review")


def test_password_is_asked_again_where_its_rule_differs(bogor, batang):
    batang.settings["password"] = batang.settings["password"] | {"classes": ["upper"]}
    batang.save()
    browser = browser_of(filled_in(bogor))
    assert choose(browser, bogor, batang)["Location"] == page(batang, "tax")
    assert Registration.objects.get().password_hash == ""


def test_business_the_office_does_not_take_cannot_go_there(bogor, depok):
    draft = filled_in(bogor, business=FOREIGN)
    refused = choose(browser_of(draft), bogor, depok)
    with pytest.raises(Conflict):
        move(draft, depok)
    assert refused.status_code == 422
    assert Registration.objects.get().office == bogor


def test_sent_registration_goes_nowhere(bogor, batang):
    draft = submitted(bogor)
    with pytest.raises(Conflict):
        move(draft, batang)


def test_choosing_the_same_office_changes_nothing(bogor):
    draft = filled_in(bogor)
    assert choose(browser_of(draft), bogor, bogor)["Location"] == page(bogor, "review")
    assert Registration.objects.get().typed == draft.typed


def test_old_link_and_a_mail_sent_again_open_the_moved_draft(bogor, batang):
    asked = requested(bogor)
    token = new_link(asked.registration)
    draft = moved(confirm(token), batang)
    run_jobs_here()
    before = new_link(draft)
    again = browser_of(draft)
    with new_mail() as letters:
        post(
            again, f"/kantor/{batang.slug}/daftar/perangkat-lain/", {"page": "business"}
        )
    [letter] = letters.values()
    for address in (f"/kantor/{batang.slug}/daftar/tautan/{before}/", link_in(letter)):
        assert (
            post(Client(), address)["Location"]
            == f"/kantor/{batang.slug}/daftar/usaha/"
        )


def test_link_mailed_before_the_move_still_opens_the_draft(bogor, batang):
    draft = confirmed(bogor)
    token = new_link(draft)
    move(draft, batang)
    opened = post(Client(), f"/kantor/{bogor.slug}/daftar/tautan/{token}/")
    assert opened["Location"] == f"/kantor/{batang.slug}/daftar/usaha/"


def test_office_left_reads_that_the_reported_draft_had_moved(bogor, batang):
    draft = filled_in(bogor)
    token = new_report_link(bogor, registration=draft, request=None)
    move(draft, batang)
    report(token)
    browser = Client()
    browser.force_login(officer(bogor, Role.HELPDESK))
    shown = text_of(browser.get(f"/meja/{bogor.slug}/pendaftaran/"))
    assert shown.count("pendaftaran yang pindah ke kantor lain") == 1
    assert not User.objects.filter(email=draft.email).exists()
