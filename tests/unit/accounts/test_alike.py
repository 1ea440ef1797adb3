"""No answer tells who exists: the same status, the same words, the same work for everybody."""

import re

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.kernel.models import Mail
from tests.factories.doors import WRONG, send, sign_in
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, officer, person

pytestmark = pytest.mark.django_db
UNKNOWN = ("bukansiapa", "siapa@pandan.example")


@pytest.fixture
def hashed(monkeypatch):
    """How often a password was hashed: the time an answer takes, without a clock."""
    done, encode = [], ScryptPasswordHasher.encode

    def counting(hasher, *args, **said):
        done.append(1)
        return encode(hasher, *args, **said)

    monkeypatch.setattr(ScryptPasswordHasher, "encode", counting)
    return done


@pytest.fixture
def logins(bogor):
    """Everybody there can be: by User ID, by address, an officer, switched off, nobody."""
    user, off, works = person(), person(), officer(bogor)
    off.is_active = False
    off.save()
    return (user.user_id, user.email, works.user_id, off.user_id, off.email, *UNKNOWN)


def words(answer):
    """What the page says, without what differs on every page and what was typed."""
    text = re.sub(r'value="[^"]*"', "", answer.content.decode())
    return re.sub(r"[0-9a-f]{32}", "", text)


def costs(hashed, logins, ask):
    """Status, target, words, hashes and statements of each answer."""
    found = []
    for login in logins:
        hashed.clear()
        with CaptureQueriesContext(connection) as captured:
            answer = ask(login)
        found.append((answer.status_code, answer.get("Location"), words(answer), len(hashed), len(captured)))  # fmt: skip
    return found


def test_wrong_password_looks_and_costs_the_same_for_everybody(hashed, logins):
    found = costs(hashed, logins, lambda login: sign_in(login, WRONG)[1])
    assert len(set(found)) == 1
    assert (found[0][0], found[0][3]) == (422, 1)


def test_whoever_is_slowed_down_is_slowed_down_alike(hashed, logins):
    for login in logins:
        for _ in range(10):
            sign_in(login, WRONG)
    elsewhere = "203.0.113.9"  # the address itself has reached its limit
    for login in logins:
        for _ in range(10):
            sign_in(login, WRONG, where=elsewhere)
    found = costs(hashed, logins, lambda login: sign_in(login, PASSWORD, where=elsewhere)[1])  # fmt: skip
    assert len(set(found)) == 1
    assert (found[0][0], found[0][3]) == (422, 0)


def test_wish_for_a_new_password_looks_and_costs_the_same_for_everybody(hashed, logins):
    found = costs(hashed, logins, lambda login: send(Client(), "/masuk/lupa/", login=login))  # fmt: skip
    assert len(set(found)) == 1
    run_jobs_here()
    assert Mail.objects.count() == 3  # negative control: some of them did exist


def test_other_address_looks_and_costs_the_same_whoever_has_it(hashed, logins):
    def ask(email):
        client, _ = sign_in(person().email)
        hashed.clear()
        with CaptureQueriesContext(connection) as captured:
            answer = send(client, "/akun/email/", email=email, old_password=PASSWORD)
        return answer.status_code, answer["Location"], len(hashed), len(captured)

    found = {ask(login) for login in logins if "@" in login}
    assert len(found) == 1
