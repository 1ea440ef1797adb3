"""How a refused page of the registration says what is wrong, and that it keeps what was typed."""

import pytest
from django.urls import reverse

from loket.kernel import clock
from loket.suppliers.actions import answer, keep_refused
from loket.suppliers.models import Registration
from loket.tickets.models import Ticket
from tests.factories.people import PASSWORD
from tests.factories.registering import (
    BUSINESS,
    IDENTITY,
    NPWP,
    browser_of,
    confirmed,
    filled_in,
    post,
)
from tests.unit.ui.pages import Page

pytestmark = pytest.mark.django_db


def page(name, office="kota-bogor"):
    return reverse(f"suppliers:{name}", args=[office])


def at_page(name, office, business=BUSINESS):
    """A browser whose next page is this one."""
    draft = confirmed(office)
    pages = {
        "business": business,
        "tax": {"number": NPWP},
        "identity": IDENTITY | {"facts": []},
    }
    for before, said in pages.items():
        if before == name:
            break
        answer(draft, page=before, said=said)
    return browser_of(draft)


WRONG = {
    "email": ({"email": "halo"}, ["email"]),
    "business": ({}, ["form_of_business", "branch_kind"]),
    "tax": ({"number": "12"}, ["number", "password", "password_again"]),
    "identity": (
        dict.fromkeys(IDENTITY, ""),
        ["user_id", "name", "responsible_name", "identity_document", "nik", "address", "regency",
         "postal_code", "phone"],
    ),
    "review": ({}, ["consent"]),
}  # fmt: skip


def sent_wrong(name, office):
    """The answer to a page with every field wrong, read."""
    browser = at_page(name, office)
    answered = post(browser, page(name), WRONG[name][0])
    assert answered.status_code == 422
    return Page(answered.content.decode())


@pytest.mark.parametrize("name", WRONG)
def test_every_error_is_linked_to_its_field(bogor, name):
    shown = sent_wrong(name, bogor)
    links = [e["href"] for e in shown.elements if (e["href"] or "").startswith("#id_")]
    expected = {field: f"#id_{field}" for field in WRONG[name][1]}
    first = {"form_of_business": "_0_0", "branch_kind": "_0"}
    assert links == [href + first.get(field, "") for field, href in expected.items()]
    ids = [e["id"] for e in shown.elements]
    assert [ids.count(href[1:]) for href in links] == [1] * len(links)


@pytest.mark.parametrize("name", WRONG)
def test_every_error_is_announced_at_its_field(bogor, name):
    shown = sent_wrong(name, bogor)
    for field in WRONG[name][1]:
        (error,) = [e for e in shown.elements if e["id"] == f"id_{field}_error"]
        tied = [
            e for e in shown.elements
            if error["id"] in (e["aria-describedby"] or "").split()
        ]  # fmt: skip
        assert (len(tied) >= 1, error.text.strip() != "") == (True, True)


@pytest.mark.parametrize("name", WRONG)
def test_summary_counts_its_errors_and_is_read_aloud(bogor, name):
    shown = sent_wrong(name, bogor)
    count = len(WRONG[name][1])
    words = "Satu isian perlu diperbaiki" if count == 1 else f"{count} isian perlu diperbaiki"  # fmt: skip
    assert shown.one("h2", id="ada-galat").text.strip() == words
    assert shown.one("div", role="alert")["aria-labelledby"] == "ada-galat"


TYPED = {
    "email": {"email": "halo@pandan"},
    "tax": {"number": "80.123.456.8-404.00", "password": PASSWORD, "password_again": "lain"},
    "identity": IDENTITY | {"name": 'CV "Tunas" & <Pandan>', "phone": "nol delapan"},
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_refused_page_shows_everything_typed_but_passwords(bogor, name):
    browser = at_page(name, bogor)
    shown = Page(post(browser, page(name), TYPED[name]).content.decode())
    for field, said in TYPED[name].items():
        place = next(e for e in shown.elements if e["id"] == f"id_{field}")
        if field in {"identity_document", "regency"}:
            kept = [e["value"] for e in shown.elements if e.tag == "option" and "selected" in e.attrs]  # fmt: skip
            assert said in kept
        elif field == "address":
            assert place.text.strip() == said
        else:
            assert place["value"] == (None if "password" in field else said)


def test_refused_business_keeps_what_was_chosen(bogor):
    browser = at_page("business", bogor)
    said = {"form_of_business": "perorangan", "branch_kind": "branch"}
    shown = Page(post(browser, page("business"), said).content.decode())
    chosen = [e["value"] for e in shown.elements if e.tag == "input" and "checked" in e.attrs]  # fmt: skip
    assert chosen == ["perorangan", "branch"]


@pytest.mark.parametrize("name", ["business", "tax", "identity", "review"])
def test_refused_page_changes_nothing_of_the_draft(bogor, name):
    draft = filled_in(bogor)
    before = draft.typed
    wrong = WRONG[name][0] | ({"password": "x"} if name == "tax" else {})
    assert post(browser_of(draft), page(name), wrong).status_code == 422
    draft.refresh_from_db()
    said = {page: typed for page, typed in draft.typed.items() if page != "refused"}
    assert (said, Ticket.objects.count()) == (before, 0)


@pytest.mark.parametrize("name", ["tax", "identity"])
def test_refused_page_opened_again_shows_what_was_typed_but_passwords(bogor, name):
    draft = filled_in(bogor)
    assert post(browser_of(draft), page(name), TYPED[name]).status_code == 422
    again = browser_of(draft).get(page(name))  # on another device
    shown = Page(again.content.decode())
    typed = {
        field: said for field, said in TYPED[name].items()
        if field not in {"identity_document", "regency", "address"}
    }  # fmt: skip
    found = {field: shown.one("input", id=f"id_{field}")["value"] for field in typed}
    assert (again.status_code, found) == (200, {field: None if "password" in field else said for field, said in typed.items()})  # fmt: skip
    draft.refresh_from_db()
    assert [word in draft.answers for word in (PASSWORD, "lain")] == [False, "lain" in str(IDENTITY)]  # fmt: skip


def test_corrected_page_forgets_what_was_refused(bogor):
    draft = filled_in(bogor)
    browser = browser_of(draft)
    post(browser, page("identity"), TYPED["identity"])
    assert post(browser, page("identity"), IDENTITY).status_code == 302
    draft.refresh_from_db()
    assert ("refused" in draft.typed, draft.typed["identity"]["name"]) == (False, IDENTITY["name"])  # fmt: skip


def test_refused_page_is_not_kept_in_a_registration_that_was_stopped(bogor):
    draft = filled_in(bogor)
    Registration.objects.update(stopped_at=clock.now(), answers="", password_hash="")
    keep_refused(draft, page="identity", said={"name": "CV Tunas Pandan"})
    assert Registration.objects.get().answers == ""
