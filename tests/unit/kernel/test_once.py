"""A form sent twice is done once, and both answers are the same."""

import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from loket.kernel import clock, once
from loket.kernel.models import Mail, OnceKey
from loket.kernel.tasks import KEYS_ARE_KEPT, sweep_once_keys

committed = pytest.mark.django_db(transaction=True)
COOKIE = "x" * 32


@pytest.fixture(autouse=True)
def small_site(settings):
    settings.ROOT_URLCONF = "tests.unit.kernel.addresses"


def browser(secret=COOKIE):
    client = Client()
    client.cookies["csrf"] = secret
    return client


def post(client, address, key, **more):
    answer = client.post(address, {once.FIELD: key, **more})
    return answer.status_code, answer.get("Location", "")


def at_once(*acts):
    """Run all at the same moment in threads of their own; their results in order."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            gate.wait()
            results[place] = act()
        except IntegrityError as error:
            results[place] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@committed
def test_double_click_has_one_effect_and_one_answer():
    key = once.new_key()

    answers = at_once(*[lambda: post(browser(), "/tulis/", key)] * 8)

    assert answers == [(302, "/hasil/1/")] * 8
    assert Mail.objects.count() == 1


@committed
def test_without_the_unique_key_both_would_act(monkeypatch):
    """The control: the key looked up before and kept after, as one would write it at first."""

    def look(key, *, owner):
        found = OnceKey.objects.filter(key=key).first()
        time.sleep(0.2)
        return found

    def keep(key, *, location):
        said = {"owner": "x", "at": clock.now(), "location": location}
        OnceKey.objects.get_or_create(key=key, defaults=said)

    monkeypatch.setattr(once, "claim", look)
    monkeypatch.setattr(once, "settle", keep)
    key = once.new_key()

    at_once(*[lambda: post(browser(), "/tulis/", key)] * 8)

    assert Mail.objects.count() > 1


@pytest.mark.django_db
def test_form_sent_again_is_led_to_where_the_first_led():
    key = once.new_key()
    first = post(browser(), "/tulis/", key)
    assert post(browser(), "/tulis/", key) == first == (302, "/hasil/1/")
    assert Mail.objects.count() == 1


@pytest.mark.django_db
def test_key_of_a_stranger_leads_nowhere():
    key = once.new_key()
    post(browser(), "/tulis/", key)
    assert post(browser("y" * 32), "/tulis/", key) == (409, "")
    assert Mail.objects.count() == 1


@pytest.mark.django_db
def test_refused_form_may_be_corrected_and_sent_again():
    key = once.new_key()
    assert post(browser(), "/tolak/", key) == (422, "")
    assert post(browser(), "/tolak/", key, benar="1") == (302, "/hasil/1/")
    assert post(browser(), "/tolak/", key, benar="1") == (302, "/hasil/1/")


@pytest.mark.django_db
def test_conflict_rolls_back_everything_and_says_why():
    key = once.new_key()
    answer = browser().post("/dahului/", {once.FIELD: key})
    assert answer.status_code == 409
    assert "Tiket ini sudah berakhir." in answer.content.decode()
    assert (Mail.objects.count(), OnceKey.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "0" * 31, "0" * 33, "G" * 32, "0" * 31 + "'"])
def test_form_without_a_good_key_does_nothing(key):
    assert post(browser(), "/tulis/", key) == (400, "")
    assert Mail.objects.count() == 0


@committed
def test_second_taker_acts_when_the_first_rolls_back():
    key, taken, go = once.new_key(), threading.Event(), threading.Event()

    def first():
        with transaction.atomic():
            once.claim(key, owner="a")
            taken.set()
            go.wait(5)
            transaction.set_rollback(True)

    def second():
        taken.wait(5)
        threading.Timer(0.2, go.set).start()
        with transaction.atomic():
            return once.claim(key, owner="b")

    assert at_once(first, second) == [None, None]
    assert OnceKey.objects.get().owner == "b"


@pytest.mark.django_db
def test_database_itself_refuses_a_second_row_of_one_key():
    OnceKey.objects.create(key="k" * 32, owner="a", at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        OnceKey.objects.create(key="k" * 32, owner="b", at=clock.now())


def test_keys_are_fresh_and_well_formed():
    keys = {once.new_key() for _ in range(100)}
    assert len(keys) == 100
    assert [key for key in keys if not once.SHAPE.match(key)] == []


def test_owner_is_the_person_or_the_browser_and_never_in_clear():
    assert once.owner_of(7, "cookie") == once.owner_of(7, "other")
    assert once.owner_of(None, "cookie") != once.owner_of(None, "other")
    assert once.owner_of(7, "") != once.owner_of(8, "")
    assert "cookie" not in once.owner_of(None, "cookie")


@pytest.mark.django_db
def test_visitor_cannot_pass_for_a_person_by_a_cookie():
    assert once.owner_of(7, "") != once.owner_of(None, "7")


@pytest.mark.django_db
def test_keys_nobody_can_still_have_open_are_swept():
    now = clock.now()
    OnceKey.objects.create(key="o" * 32, owner="a", at=now - KEYS_ARE_KEPT * 1.01)
    OnceKey.objects.create(key="n" * 32, owner="a", at=now - KEYS_ARE_KEPT * 0.99)
    sweep_once_keys.func(0)
    assert [row.key for row in OnceKey.objects.all()] == ["n" * 32]
