"""The pages by which an account is used at another office."""

import pytest
from django.test import Client
from django.urls import reverse

from loket.accounts.models import User
from loket.kernel import clock
from loket.suppliers.actions import settle_claim
from loket.suppliers.models import Supplier
from loket.tickets.actions import withdraw
from loket.tickets.models import Ticket
from tests.factories.people import PASSWORD, again, person
from tests.factories.registering import EMAIL, post, submitted
from tests.flows.story import text_of
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
ANSWERS = {"pkp": "no", "consent": "on"}


@pytest.fixture
def browser(bogor):
    submitted(bogor)
    return signed_in(User.objects.get(email=EMAIL))


@pytest.fixture
def page(depok):
    return reverse("suppliers:join", args=[depok.slug])


def chosen(page, supplier):
    return f"{page}?penyedia={supplier.pk}"


@pytest.fixture
def questions(browser, page):
    ticket = Ticket.objects.select_related("registration__supplier").get()
    return chosen(page, ticket.registration.supplier)


def test_signed_out_person_signs_in_first_and_comes_back(client, page):
    sent = client.get(page)
    assert (sent.status_code, sent["Location"]) == (302, f"/masuk/?next={page}")
    user = person()
    said = {"login": user.user_id, "password": PASSWORD, "next": page}
    assert post(client, "/masuk/", said)["Location"] == page


def test_account_without_a_business_is_told_how_to_come_to_one(page):
    user = person()
    answered = signed_in(user).get(page)
    text = text_of(answered)
    assert answered.status_code == 200
    assert "belum menjadi pimpinan atau pemilik" in text
    assert (
        f"dengan alamat e-mail usaha itu, bukan {user.email} yang sudah dipakai" in text
    )


def test_choosing_the_business_asks_the_questions_of_this_office(browser, questions):
    answered = browser.get(questions)
    assert list(answered.context["form"].fields) == ["pkp", "route", "consent"]
    assert "801234568404000" not in text_of(answered)


def test_business_of_somebody_else_cannot_be_chosen(questions):
    answered = signed_in(person()).get(questions)
    assert "belum menjadi pimpinan atau pemilik" in text_of(answered)
    assert "Tunas Pandan" not in text_of(answered)


def test_form_of_business_decides_the_kind_or_is_not_served(browser, questions):
    assert "Badan usaha (CV/PT)" in text_of(browser.get(questions))
    Supplier.objects.update(form_of_business="asing", branch_kind="head")
    refused = browser.get(questions)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["penyedia"])  # fmt: skip


def test_missing_answers_are_asked_again(browser, questions):
    answered = post(browser, questions, {"consent": "on"})
    assert answered.status_code == 422
    assert list(answered.context["form"].errors) == ["pkp"]


def test_sending_leads_to_the_page_with_number_and_place(browser, questions, depok):
    answered = post(browser, questions, ANSWERS)
    ticket = Ticket.objects.get(office=depok)
    done = reverse("suppliers:done", args=[depok.slug, ticket.public_code])
    assert (answered.status_code, answered["Location"]) == (302, done)
    assert ticket.number in text_of(browser.get(done))


def test_office_that_knows_the_business_says_so(browser, questions, page, depok):
    post(browser, questions, ANSWERS)
    number = Ticket.objects.get(office=depok).number
    assert f"Sudah terdaftar di kantor ini dengan tiket {number}" in text_of(
        browser.get(page)
    )
    post(browser, questions, ANSWERS)
    assert Ticket.objects.filter(office=depok).count() == 1


def test_unknown_office_is_not_found(browser):
    assert browser.get("/kantor/kota-lain/daftar/akun/").status_code == 404


@pytest.mark.parametrize("how", ["rejected", "withdrawn"])
def test_business_whose_request_came_to_nothing_asks_anew_with_its_account(bogor, how):
    first = submitted(bogor).ticket
    user, supplier = User.objects.get(email=EMAIL), first.registration.supplier
    if how == "withdrawn":
        withdraw(first, by=again(user))
    else:
        Ticket.objects.update(
            status="rejected",
            outcome="rejected",
            turn="nobody",
            due_at=None,
            ended_at=clock.now(),
        )
    settle_claim(Ticket.objects.get())
    supplier.refresh_from_db()
    assert supplier.freed_at is not None
    browser, page = Client(), reverse("suppliers:join", args=[bogor.slug])
    login = {"login": user.user_id, "password": PASSWORD, "next": page}
    assert post(browser, "/masuk/", login)["Location"] == page
    done = post(browser, chosen(page, supplier), {"consent": "on"})
    assert done.status_code == 302, text_of(done)
    second = Ticket.objects.exclude(pk=first.pk).get()
    supplier.refresh_from_db()
    assert (supplier.freed_at, Supplier.objects.count()) == (None, 1)
    assert second.number in text_of(browser.get(done["Location"]))
    assert text_of(browser.get(f"/tiket/{second.number}/")).count(second.number) >= 1
    again_sent = post(browser, chosen(page, supplier), {"consent": "on"})
    assert again_sent["Location"] == done["Location"]


def test_number_that_a_rival_took_meanwhile_is_not_claimed_anew(bogor):
    first = submitted(bogor).ticket
    user, supplier = User.objects.get(email=EMAIL), first.registration.supplier
    withdraw(first, by=again(user))
    settle_claim(Ticket.objects.get())
    submitted(bogor, "lain@pandan.example", user_id="lainnya")
    page = chosen(reverse("suppliers:join", args=[bogor.slug]), supplier)
    refused = post(signed_in(user), page, {"consent": "on"})
    assert (refused.status_code, "Hubungi kantor ini" in text_of(refused)) == (
        409,
        True,
    )
    assert Ticket.objects.count() == 2
