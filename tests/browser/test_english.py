"""Somebody who chose English: the link keeps its word on the way through a form and on a ticket."""

import re

import pytest
from playwright.sync_api import expect

from tests.unit.tickets.browsing import at_verification

pytestmark = [pytest.mark.django_db(transaction=True)]


def english(visitor):
    """The visitor's page after the link of the other language."""
    visitor.page.goto("/")
    visitor.page.locator("a[hreflang=en]").first.click()
    assert visitor.page.locator("html").get_attribute("lang") == "en"
    return visitor.page


def test_registration_explains_in_english_what_is_missing(visit, bogor):
    visitor = visit()
    page = english(visitor)
    page.goto(f"/kantor/{bogor.slug}/daftar/")
    page.get_by_role("button", name="Register").click()
    expect(page).to_have_title(re.compile("^Error:"))  # the proof of work comes first
    visitor.look("register-email-error-en")


def test_status_is_told_in_english(visit, bogor):
    visitor = visit()
    page = english(visitor)
    page.goto(f"/lacak/{at_verification(bogor).public_code}/")
    assert page.get_by_role("heading", name="It is the office’s turn").count() == 1
    visitor.look("status-en")
