"""Registrar and companion: one journey, and in a companion's words the account lives elsewhere."""

import pytest
from django.urls import reverse

from loket.suppliers.models import Supplier
from loket.tickets.models import Ticket
from tests.factories.people import PASSWORD
from tests.factories.registering import (
    BUSINESS,
    IDENTITY,
    NPWP,
    browser_of,
    confirmed,
    post,
)

pytestmark = pytest.mark.django_db
MODES = ("registrar", "companion")
SAID = {
    "business": BUSINESS,
    "tax": {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD},
    "identity": IDENTITY,
    "review": {"consent": "on"},
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
