"""A visitor who chose English, on a phone and at a desk: nothing breaks where words are longer."""

import pytest

from loket.accounts.models import User
from tests.factories.registering import filled_in, send
from tests.factories.tickets import SERVICE
from tests.unit.tickets.browsing import at_verification

pytestmark = [pytest.mark.django_db(transaction=True)]


def english(visitor):
    """The visitor's page after the link of the other language."""
    visitor.page.goto("/")
    visitor.page.locator("a[hreflang=en]").first.click()
    assert visitor.page.locator("html").get_attribute("lang") == "en"
    return visitor.page


def test_public_pages_hold_together_in_english(visit, depok):
    visitor = visit()
    page = english(visitor)
    visitor.look("english-home")
    service = f"/kantor/{depok.slug}/layanan/{SERVICE}/"
    for name, address in {"office": f"/kantor/{depok.slug}/", "service": service, "standard": f"{service}standar/1/"}.items():  # fmt: skip
        page.goto(address)
        visitor.look(f"english-{name}")
    page.goto(f"/lacak/{at_verification(depok).public_code}/")
    visitor.look("english-status")


def test_registration_explains_in_english_what_is_missing(visit, bogor):
    visitor = visit()
    page = english(visitor)
    page.goto(f"/kantor/{bogor.slug}/daftar/")
    page.get_by_role("button", name="Register").click()
    assert page.title().startswith("Error:")
    visitor.look("english-register-email")
