"""Refusals and failures keep the look of the product and say what to do."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client, RequestFactory

from loket.portal.views import errors
from tests.factories.people import person
from tests.unit.portal.reading import text_of
from tests.unit.ui.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(rf: RequestFactory):
    request = rf.get("/")
    request.user = person()
    return request


@pytest.mark.parametrize(
    ("answer", "status", "heading"),
    [
        (
            lambda r: errors.bad_request(r, BadRequest()),
            400,
            "Permintaan tidak dapat dibaca",
        ),
        (
            lambda r: errors.forbidden(r, PermissionDenied()),
            403,
            "Anda tidak berhak membuka halaman ini",
        ),
        (lambda r: errors.not_found(r, LookupError()), 404, "Halaman tidak ditemukan"),
    ],
)
def test_refusal_has_its_status_and_its_words(request_of, answer, status, heading):
    response = answer(request_of)
    page = Page(response.content.decode())
    assert (response.status_code, page.texts("h1")) == (status, [heading])


def test_missing_page_offers_the_look_up(client):
    page = Page(client.get("/tidak-ada/").content.decode())
    assert page.one("a", **{"class": "btn btn-primary"})["href"] == "/lacak/"


def test_form_without_its_secret_says_that_nothing_was_saved():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/masuk/", {"login": "a"})
    assert response.status_code == 403
    assert "Belum ada yang tersimpan." in text_of(Page(response.content.decode()))


def test_address_asked_in_the_wrong_way_is_refused(client):
    assert client.post("/").status_code == 405
