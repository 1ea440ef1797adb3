"""Every address has a policy, the kept table equals the resolver, and the first gate stands before every view."""

import inspect
import os
import re
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from loket.kernel.routes import APPLICANT, PUBLIC, SIGNED_IN, all_routes
from loket.offices.roles import OFFICERS, Role
from tests.architecture.sources import ROOT
from tests.factories.people import officer, person

METHODS = {"GET", "POST"}
FILLED = {
    "int": "1",
    "slug": "pandan",
    "str": "BGR-26-00001",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


def each(chosen):
    """Run a test for each of these addresses."""
    return pytest.mark.parametrize("route", chosen, ids=lambda route: route.name)


of_all = each(all_routes())
of_somebody = each([r for r in all_routes() if set(r.policy.roles) != set(PUBLIC)])


def address(route):
    """The address with something in each place of a parameter."""
    return re.sub(r"<(\w+):\w+>", lambda found: FILLED[found[1]], route.path)


def views(patterns=None):
    """Every callback of the resolver by its path, found apart from `all_routes`."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern


def test_every_address_of_the_resolver_is_declared():
    assert len(list(views())) == len(all_routes())
    assert [route.path for route in all_routes() if route.policy is None] == []


def test_every_address_and_every_name_stands_once():
    for column in ([r.path for r in all_routes()], [r.name for r in all_routes()]):
        assert sorted(column) == sorted(set(column))


@of_all
def test_policy_names_known_methods_and_roles(route):
    known = {*PUBLIC, *SIGNED_IN, *APPLICANT, *Role.values}
    assert route.policy.roles
    assert set(route.policy.roles) - known == set()
    assert route.policy.methods
    assert set(route.policy.methods) - METHODS == set()


@of_all
def test_who_must_be_somebody_is_never_anybody_too(route):
    roles = set(route.policy.roles)
    assert not roles & set(PUBLIC) or roles == set(PUBLIC)


def own_views():
    for pattern in views():
        view = inspect.unwrap(pattern.callback)
        if view.__module__.startswith("loket.") and inspect.isfunction(view):
            yield pattern.name, pattern.callback.policy.methods, inspect.getsource(view)


def test_views_that_read_a_form_accept_one():
    deaf = [name for name, methods, source in own_views() if "request.POST" in source and "POST" not in methods]  # fmt: skip
    assert deaf == []


def test_addresses_of_the_desk_are_the_officers_and_others_are_not():
    wrong = [
        route.path
        for route in all_routes()
        if route.path.startswith("/meja/") != (not set(OFFICERS).isdisjoint(route.policy.roles))
    ]  # fmt: skip
    assert wrong == []


def test_docs_are_fresh():
    made = subprocess.run(
        [sys.executable, "bin/write_docs.py", "--check"],
        cwd=ROOT,
        env=os.environ | {"LOKET_TEST": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.stdout + made.stderr, made.returncode) == ("", 0)


@pytest.fixture
def visitor(db):
    return Client()


@of_somebody
def test_visitor_meets_the_sign_in(visitor, route):
    method = visitor.get if "GET" in route.policy.methods else visitor.post
    answer = method(address(route), {"kunci": "0" * 32})
    assert answer.status_code == 302
    assert answer["Location"].partition("?")[0] == "/masuk/"


@of_all
def test_undeclared_method_is_refused(visitor, route):
    for method in sorted({"PUT", "PATCH", "DELETE", *METHODS} - set(route.policy.methods)):  # fmt: skip
        assert visitor.generic(method, address(route)).status_code == 405


@of_somebody
def test_applicant_stands_before_the_desk(visitor, route):
    visitor.force_login(person())
    method = "GET" if "GET" in route.policy.methods else "POST"
    refused = visitor.generic(method, address(route)).status_code == 403
    assert refused == set(route.policy.roles).issubset(OFFICERS)


@pytest.mark.parametrize("role", OFFICERS)
def test_ticket_of_no_office_of_theirs_does_not_exist_for_officers(bogor, visitor, role):  # fmt: skip
    visitor.force_login(officer(bogor, role))
    assert visitor.get("/meja/tiket/XXX-26-00001/").status_code == 404
