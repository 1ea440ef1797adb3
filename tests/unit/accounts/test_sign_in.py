"""Sign-in by User ID or e-mail, a second factor where there is one, and no hint about who exists."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from loket.accounts.actions import add_second_factor
from loket.accounts.queries import code_of, current_codes
from loket.kernel import once
from tests.factories.people import PASSWORD, officer, person

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Throttles count in the cache, which outlives a test."""
    cache.clear()


def sign_in(login, password=PASSWORD, *, client=None, follow="", key=None):
    client = client or Client()
    said = {"login": login, "password": password, once.FIELD: key or once.new_key()}
    return client, client.post(f"/masuk/{follow}", said)


def who(client):
    return client.session.get("_auth_user_id")


def words(answer):
    """What the page says, without what differs on every page and what was typed."""
    text = re.sub(r'value="[^"]*"', "", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"[0-9a-f]{32}", "", text))


@pytest.mark.parametrize("change", [str, str.upper, str.title])
@pytest.mark.parametrize("field", ["user_id", "email"])
def test_sign_in_by_user_id_or_email_in_any_capitals(field, change):
    user = person()
    client, answer = sign_in(change(getattr(user, field)))
    assert (answer.status_code, answer["Location"]) == (302, "/mulai/")
    assert who(client) == str(user.pk)


def test_person_is_led_to_where_he_wanted_to_go():
    _, answer = sign_in(person().email, follow="?next=/tiket/")
    assert answer.status_code == 302


@pytest.mark.parametrize("next_page", ["https://jahat.example/", "//jahat.example/x"])
def test_sign_in_never_leads_off_the_site(next_page):
    user = person()
    said = {"login": user.email, "password": PASSWORD, "next": next_page, once.FIELD: once.new_key()}  # fmt: skip
    answer = Client().post("/masuk/", said)
    assert "jahat.example" not in answer["Location"]


def test_unknown_person_and_wrong_password_are_answered_alike():
    known = person()
    client, wrong = sign_in(known.email, "Keliru-Pandan-27")
    stranger, unknown = sign_in("siapa@pandan.example", "Keliru-Pandan-27")
    assert words(wrong) == words(unknown)
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert (who(client), who(stranger)) == (None, None)


def test_unknown_user_id_is_answered_like_a_wrong_password():
    _, wrong = sign_in(person(user_id="tirtapandan").user_id, "Keliru-Pandan-27")
    _, unknown = sign_in("bukansiapa", "Keliru-Pandan-27")
    assert words(wrong) == words(unknown)


def test_switched_off_account_does_not_sign_in():
    user = person()
    user.is_active = False
    user.save()
    client, _ = sign_in(user.email)
    assert who(client) is None


def test_sign_in_without_the_forms_key_is_refused():
    client = Client()
    answer = client.post("/masuk/", {"login": person().email, "password": PASSWORD})
    assert (answer.status_code, who(client)) == (400, None)


def test_refused_sign_in_may_be_corrected_with_the_same_form():
    user, client, key = person(), Client(), once.new_key()
    client.get("/masuk/")
    sign_in(user.email, "Keliru-Pandan-27", client=client, key=key)
    _, answer = sign_in(user.email, client=client, key=key)
    assert (answer.status_code, who(client)) == (302, str(user.pk))


def test_many_wrong_passwords_are_slowed_down():
    user, client = person(), Client()
    for _ in range(12):
        sign_in(user.email, "Keliru-Pandan-27", client=client)
    _, right = sign_in(user.email, client=client)
    assert (who(client), right.status_code == 302) == (None, False)


@pytest.fixture
def guarded(bogor):
    user = officer(bogor)
    add_second_factor(user, secret=SECRET)
    return user


def answer_code(client, code):
    said = {"code": code, once.FIELD: once.new_key()}
    return client.post("/masuk/kode/", said)


def test_second_factor_is_asked_before_anybody_is_signed_in(guarded):
    client, answer = sign_in(guarded.email)
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/kode/")
    assert who(client) is None
    assert client.get("/meja/").status_code == 302


def test_right_code_signs_in(guarded):
    client, _ = sign_in(guarded.email)
    answer = answer_code(client, code_of(SECRET))
    assert (answer.status_code, answer["Location"]) == (302, "/mulai/")
    assert who(client) == str(guarded.pk)


def test_wrong_code_signs_nobody_in(guarded):
    client, _ = sign_in(guarded.email)
    wrong = f"{(int(code_of(SECRET)) + 1) % 10**6:06d}"
    assert answer_code(client, wrong).status_code == 422
    assert who(client) is None


def test_code_is_good_once(guarded):
    code = code_of(SECRET)
    first, _ = sign_in(guarded.email)
    answer_code(first, code)
    second, _ = sign_in(guarded.email)
    answer_code(second, code)
    assert (who(first), who(second)) == (str(guarded.pk), None)


def test_code_without_a_password_before_it_is_nothing(guarded):
    client = Client()
    assert answer_code(client, code_of(SECRET)).status_code == 302
    assert who(client) is None


def test_secret_of_a_second_factor_is_never_in_clear(guarded):
    kept = Authenticator.objects.get(user=guarded, type=Authenticator.Type.TOTP)
    assert SECRET not in str(kept.data)
    assert current_codes() == [(guarded, code_of(SECRET))]


def test_sign_out_is_a_form_not_a_link():
    client, _ = sign_in(person().email)
    assert client.get("/keluar/").status_code == 200
    assert who(client) is not None
    client.post("/keluar/", {once.FIELD: once.new_key()})
    assert who(client) is None


def test_session_gets_a_new_key_at_sign_in():
    client = Client()
    client.get("/masuk/")
    sign_in(person().email, client=client)
    first = client.session.session_key
    client.post("/keluar/", {once.FIELD: once.new_key()})
    sign_in(person().email, client=client)
    assert client.session.session_key != first
