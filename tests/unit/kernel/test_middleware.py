"""What concerns every page: its headers, and the database being away."""

import re

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import Client

from config import urls
from loket.kernel import once
from loket.kernel.models import Mail
from tests.unit.kernel import addresses


@pytest.fixture(autouse=True)
def small_site(settings):
    settings.ROOT_URLCONF = "tests.unit.kernel.addresses"


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def database_away(transactional_db):
    """The server cannot be reached, as after a pulled plug."""
    host = connection.settings_dict["HOST"]
    connection.close()
    connection.settings_dict["HOST"] = "/nowhere"
    yield
    connection.close()
    connection.settings_dict["HOST"] = host


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/none/", "/meja/", "/tanpa/"])
def test_every_answer_carries_the_content_policy(visitor, address):
    answer = visitor.get(address)
    assert answer["Content-Security-Policy"] == project.CONTENT_SECURITY_POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"


@pytest.mark.django_db
def test_content_policy_allows_nothing_unsafe():
    policy = {
        part.split()[0]: part.split()[1:]
        for part in project.CONTENT_SECURITY_POLICY.split("; ")
    }
    assert policy["default-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert re.findall(r"unsafe|\*", project.CONTENT_SECURITY_POLICY) == []


@pytest.mark.django_db
def test_pages_with_data_stay_out_of_shared_caches(visitor):
    assert visitor.get("/")["Cache-Control"] == "private, no-store"


def test_page_without_data_is_served_while_the_database_is_away(visitor, database_away):  # fmt: skip
    assert visitor.get("/").status_code == 200


def test_page_with_data_says_that_loket_is_away(visitor, database_away):
    answer = visitor.get("/baca/")
    assert answer.status_code == 503
    assert "Loket sedang tidak dapat melayani" in answer.content.decode()


def test_form_sent_while_the_database_is_away_is_told_that_nothing_was_kept(
    visitor, database_away
):
    answer = visitor.post("/tulis/", {once.FIELD: once.new_key()})
    assert answer.status_code == 503
    assert "Loket sedang tidak dapat melayani" in answer.content.decode()


def test_gate_says_that_loket_is_away_instead_of_asking_to_sign_in(
    visitor, database_away
):
    visitor.cookies["sesi"] = "x" * 32
    assert visitor.get("/meja/").status_code == 503


@pytest.mark.django_db
def test_our_own_fault_is_no_absence_of_the_database(visitor):
    answer = visitor.get("/gagal/")
    assert answer.status_code == 500
    assert answer["Content-Security-Policy"] == project.CONTENT_SECURITY_POLICY


def test_product_answers_failures_with_the_tested_page():
    assert urls.handler500 == addresses.handler500


@pytest.mark.django_db
def test_form_without_its_secret_is_refused():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/tulis/", {once.FIELD: once.new_key()})
    assert answer.status_code == 403
    assert Mail.objects.count() == 0
