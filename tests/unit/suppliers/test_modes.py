"""Registrar and companion: one journey, and in a companion's words the account lives elsewhere."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from loket.kernel import clock
from loket.suppliers.models import Supplier
from loket.tickets.models import Event, Ticket
from loket.tickets.seeds import look_again
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, officer
from tests.factories.registering import (
    BUSINESS,
    IDENTITY,
    NPWP,
    browser_of,
    confirmed,
    post,
)
from tests.factories.walking import step_of

pytestmark = pytest.mark.django_db
MODES = ("registrar", "companion")
SAID = {
    "business": BUSINESS,
    "tax": {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD},
    "identity": IDENTITY,
    "review": {"consent": "on", "route": "counter"},
}


def journey(office, mode):
    """All pages of the draft as they are shown, then what follows sending."""
    office.registration_mode = mode
    office.save()
    browser, shown = browser_of(confirmed(office)), {}
    for name, said in SAID.items():
        address = reverse(f"suppliers:{name}", args=[office.slug])
        shown[name] = " ".join(browser.get(address).content.decode().split())
        answered = post(browser, address, said)
        assert answered.status_code == 302
    shown["done"] = " ".join(browser.get(answered.url).content.decode().split())
    return browser, shown


@pytest.mark.parametrize("mode", MODES)
def test_both_modes_lead_to_ticket_supplier_and_sign_in(bogor, mode):
    browser, _shown = journey(bogor, mode)
    ticket, supplier = Ticket.objects.get(), Supplier.objects.get()
    assert (ticket.applicant_name, supplier.activated_at) == (supplier.name, None)
    assert browser.get(f"/tiket/{ticket.number}/").status_code == 200


@pytest.mark.parametrize("mode", MODES)
def test_only_a_companion_says_that_the_account_is_elsewhere(bogor, mode):
    _browser, shown = journey(bogor, mode)
    told = {name: text.count("berada di SPSE") + text.count("diaktifkan di SPSE") for name, text in shown.items()}  # fmt: skip
    expected = dict.fromkeys(shown, 0)
    if mode == "companion":
        expected |= {"tax": 1, "review": 1, "done": 1}
    assert told == expected


@pytest.mark.parametrize("mode", MODES)
def test_both_modes_go_on_to_the_account_and_its_letter(bogor, mode):
    """The same steps; a companion's officer says when it was activated elsewhere, and its number there."""
    browser, _shown = journey(bogor, mode)
    ticket, verifier = Ticket.objects.get(), officer(bogor)
    Ticket.objects.update(step="aktifkan", status="in_progress", turn="office")
    ticket.refresh_from_db()
    look_again(ticket, step_of(ticket), by=verifier)
    desk = Client()
    desk.force_login(verifier)
    page = desk.get(reverse("tickets:ticket", args=[ticket.number])).content.decode()
    early = bogor.local(clock.now() - timedelta(hours=2))
    said = {
        "system": "SPSE",
        "at": early.strftime("%d-%m-%Y %H.%M"),
        "reference": "BGR/7",
    }
    answered = post(
        desk, reverse("tickets:step", args=[ticket.number, "aktifkan"]), said
    )
    assert answered.status_code == 302
    with translation.override("id"):
        run_jobs_here()
    button = "Catat akun aktif" if mode == "companion" else "Aktifkan akun"
    assert button in page
    supplier, event = Supplier.objects.get(), Event.objects.get(name="activate")
    assert supplier.activated_at == early.replace(second=0, microsecond=0)
    assert (supplier.activated_by, event.data["reference"]) == (verifier, "BGR/7")
    [letter] = [each for each in mail.outbox if "aktif di SPSE" in each.subject]
    body = " ".join(letter.body.split())
    assert "Diaktifkan di SPSE oleh Verifikator pada" in body
    assert ("User ID: tunaspandan" in body, "https://sikap.lkpp.go.id/" in body) == (True, True)  # fmt: skip
    assert ("Masuk ke SPSE dengan akun Anda di sana" in body) is (mode == "companion")
    assert "Langkah berikutnya: isi SIKaP" in browser.get(f"/tiket/{ticket.number}/").content.decode()  # fmt: skip
