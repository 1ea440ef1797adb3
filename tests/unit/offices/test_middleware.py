"""The first gate: an address answers only to the methods and people it was declared with."""

import pytest
from django.test import Client

from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.models import Membership
from loket.offices.roles import Role
from tests.factories.people import officer, person

pytestmark = pytest.mark.django_db
STATE = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(autouse=True)
def small_site(settings):
    settings.ROOT_URLCONF = "tests.unit.kernel.addresses"


def answers(client, *addresses):
    return [client.get(address).status_code for address in addresses]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_visitor_reads_what_is_public_and_signs_in_for_the_rest():
    assert answers(Client(), "/", "/pribadi/", "/pemohon/", "/meja/") == [
        200, 302, 302, 302,
    ]  # fmt: skip


def test_visitor_comes_back_to_where_he_wanted_to_go():
    answer = Client().get("/meja/?halaman=2")
    assert answer["Location"] == "/masuk/?next=/meja/%3Fhalaman%3D2"


def test_applicant_has_his_own_pages_and_no_desk():
    client = signed_in(person())
    assert answers(client, "/", "/pribadi/", "/pemohon/", "/meja/") == [
        200, 200, 200, 403,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "desk", "room"),
    [
        (Role.VERIFIKATOR, 200, 403),
        (Role.AUDITOR, 200, 403),
        (Role.HELPDESK, 403, 200),
        (Role.KEPALA_BAGIAN, 403, 403),
    ],
)
def test_officer_enters_where_his_role_is_named(bogor, role, desk, room):
    client = signed_in(officer(bogor, role))
    assert answers(client, "/meja/", "/ruang/pandan/") == [desk, room]


def test_role_that_ended_opens_nothing(bogor):
    user = officer(bogor)
    client = signed_in(user)
    assert answers(client, "/meja/") == [200]
    Membership.objects.filter(user=user).update(valid_until=clock.now())
    assert answers(client, "/meja/") == [403]


def test_account_that_was_switched_off_is_a_visitor_again(bogor):
    user = officer(bogor)
    client = signed_in(user)
    user.is_active = False
    user.save()
    assert answers(client, "/meja/") == [302]


@pytest.mark.parametrize("who", ["visitor", "applicant", "officer"])
def test_address_without_a_policy_is_refused_to_everybody(bogor, who):
    client = {
        "visitor": Client,
        "applicant": lambda: signed_in(person()),
        "officer": lambda: signed_in(officer(bogor, Role.KEPALA_BAGIAN)),
    }[who]()
    assert answers(client, "/tanpa/") == [403]


@pytest.mark.parametrize(
    ("address", "accepted"),
    [("/", {"GET", "HEAD"}), ("/tolak/", {"GET", "HEAD", "POST"}), ("/tulis/", {"POST"})],
)  # fmt: skip
def test_other_methods_are_refused(address, accepted):
    client = Client()
    refused = {
        method for method in STATE if client.generic(method, address).status_code == 405
    }
    assert refused == STATE - accepted


def test_refused_method_names_the_accepted():
    assert Client().put("/tolak/")["Allow"] == "GET, POST"


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "GET", "TRACE"])
def test_what_is_no_form_never_acts(method):
    Client().generic(method, "/tulis/")
    assert Mail.objects.count() == 0


def test_question_for_the_methods_is_answered_without_the_view():
    answer = Client().options("/tulis/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_missing_page_is_missing_for_everybody(bogor):
    assert answers(Client(), "/none/") == answers(signed_in(officer(bogor)), "/none/")
