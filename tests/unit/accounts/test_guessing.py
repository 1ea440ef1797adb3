"""Whoever guesses is slowed down; whoever is guessed at still comes in."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.test import Client

from loket.accounts import throttles
from loket.accounts.actions import add_second_factor
from loket.accounts.models import Throttle
from loket.accounts.queries import code_of
from loket.kernel import clock
from tests.factories.doors import WRONG, link_in, send, sign_in, who
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, person

pytestmark = pytest.mark.django_db
ELSEWHERE, AT_HOME = "203.0.113.7", "198.51.100.4"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def cheap_hashes(monkeypatch):
    """A hundred slow hashes would be a slow test."""
    monkeypatch.setattr(ScryptPasswordHasher, "work_factor", 2)


@pytest.fixture
def victim(cheap_hashes):
    user = person()
    user.set_password(PASSWORD)
    user.save()
    return user


def attack(login, times=100, where=lambda number: f"203.0.113.{number}"):
    for number in range(times):
        sign_in(login, WRONG, where=where(number))


def is_in(user, client=None, where=AT_HOME):
    client, _ = sign_in(user.user_id, client=client, where=where)
    return who(client) == str(user.pk)


def test_known_browser_signs_in_while_a_hundred_others_guess(victim):
    browser, _ = sign_in(victim.user_id, where=AT_HOME)
    send(browser, "/keluar/")
    attack(victim.user_id)
    assert not is_in(victim)  # negative control: an unknown browser waits
    assert is_in(victim, browser)


def test_new_browser_signs_in_by_a_reset_link_under_attack(victim):
    attack(victim.user_id)
    send(Client(), "/masuk/lupa/", login=victim.user_id)
    run_jobs_here()
    client = Client()
    new = "Rawa-Lentera-93-Kunyit"
    send(client, link_in("reset"), password=new, password_again=new)
    sign_in(victim.user_id, new, client=client, where=AT_HOME)
    assert who(client) == str(victim.pk)


def test_new_browser_signs_in_after_the_wait(victim):
    attack(victim.user_id)
    assert not is_in(victim)
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert is_in(victim)


def test_one_guesser_does_not_slow_down_another_place(victim):
    attack(victim.user_id, 30, where=lambda number: ELSEWHERE)
    assert is_in(victim, where=AT_HOME)
    assert not is_in(victim, where=ELSEWHERE)


def test_known_browser_guesses_no_more_than_ten_times(victim):
    browser, _ = sign_in(victim.user_id)
    send(browser, "/keluar/")
    for _ in range(10):
        sign_in(victim.user_id, WRONG, client=browser)
    assert not is_in(victim, browser)


def test_cookie_of_one_account_opens_no_way_to_another(victim):
    attacker = person()
    browser, _ = sign_in(attacker.user_id, where=ELSEWHERE)
    send(browser, "/keluar/")
    for _ in range(12):
        sign_in(victim.user_id, WRONG, client=browser, where=ELSEWHERE)
    assert not is_in(victim, where=ELSEWHERE)


def test_cookie_that_loket_did_not_sign_is_nothing(victim):
    attack(victim.user_id)
    forged = Client()
    forged.cookies["kenal"] = '["a", ["b"]]'
    assert not is_in(victim, forged)


def test_one_address_guesses_at_many_people_no_more_than_sixty_times(cheap_hashes):
    for number in range(60):
        sign_in(f"orang-{number}", WRONG, where=ELSEWHERE)
    assert not is_in(person(), where=ELSEWHERE)


def test_right_passwords_are_not_counted(victim):
    for _ in range(3):
        sign_in(victim.user_id)
    assert Throttle.objects.count() == 0


def test_codes_are_counted_like_passwords(victim):
    add_second_factor(victim, secret=SECRET)
    guesser, _ = sign_in(victim.user_id, where=ELSEWHERE)
    for _ in range(11):
        send(guesser, "/masuk/kode/", code="000000", where=ELSEWHERE)
    send(guesser, "/masuk/kode/", code=code_of(SECRET), where=ELSEWHERE)
    assert who(guesser) is None
    owner, _ = sign_in(victim.user_id, where=AT_HOME)
    send(owner, "/masuk/kode/", code=code_of(SECRET), where=AT_HOME)
    assert who(owner) == str(victim.pk)


def test_window_begins_again_when_it_is_over():
    bucket = [(throttles.PAIR, "x" * 64)]
    for _ in range(10):
        throttles.count(bucket)
    assert not throttles.may_try(bucket)
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert throttles.may_try(bucket)
        throttles.count(bucket)
        assert Throttle.objects.get().tries == 1


def test_trusted_proxy_tells_whose_address_it_is(victim, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(12):
        send(Client(headers={"x-forwarded-for": f"6.6.6.6, {ELSEWHERE}"}), "/masuk/", login=victim.user_id, password=WRONG)  # fmt: skip
    client = Client(headers={"x-forwarded-for": AT_HOME})
    send(client, "/masuk/", login=victim.user_id, password=PASSWORD)
    assert who(client) == str(victim.pk)
