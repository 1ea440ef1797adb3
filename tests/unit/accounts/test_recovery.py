"""A forgotten password: a link by mail that is good once, and an answer that tells nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loket.accounts.actions import add_second_factor
from loket.accounts.actions.passwords import use_reset
from loket.accounts.models import PasswordReset
from loket.kernel import clock
from loket.kernel.errors import Conflict
from tests.factories.doors import letters, link_in, send, sign_in, who
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, again, person

pytestmark = pytest.mark.django_db
NEW = "Rawa-Lentera-93-Kunyit"
ASK = "/masuk/lupa/"


def reset_link(user):
    send(Client(), ASK, login=user.email)
    run_jobs_here()
    return link_in("reset")


def choose(link, password=NEW, client=None):
    client = client or Client()
    return client, send(client, link, password=password, password_again=password)


def test_link_sets_a_new_password_once():
    user = person()
    link = reset_link(user)
    _, answer = choose(link)
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/")
    assert again(user).check_password(NEW)
    _, second = choose(link, "Rawa-Lentera-94-Kunyit")
    assert second.status_code == 410
    assert again(user).check_password(NEW)


def test_two_uses_of_one_link_at_once_are_one():
    user = person()
    token = reset_link(user).split("/")[-2]
    PasswordReset.objects.update(used_at=clock.now())
    with pytest.raises(Conflict):
        use_reset(token, password=NEW)
    assert again(user).check_password(PASSWORD)


def test_looking_at_the_page_uses_nothing_up():
    link = reset_link(person())
    assert [Client().get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert choose(link)[1].status_code == 302


def test_weak_password_is_refused_and_the_link_stays_good():
    link = reset_link(person())
    assert choose(link, "pendek")[1].status_code == 422
    assert choose(link)[1].status_code == 302


def test_link_runs_out():
    link = reset_link(person())
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert Client().get(link).status_code == 410


def test_a_new_password_kills_the_other_links_and_the_sessions():
    user = person()
    browser, _ = sign_in(user.email)
    first = reset_link(user)
    choose(reset_link(user))
    assert Client().get(first).status_code == 410
    assert browser.get("/akun/")["Location"][:7] == "/masuk/"
    assert letters(user.email)[-1][0] == "password_changed"


def test_token_stands_in_no_table():
    token = reset_link(person()).split("/")[-2]
    assert PasswordReset.objects.filter(token_hash=token).exists() is False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_mail WHERE context::text LIKE %s", [f"%{token}%"])  # fmt: skip
        assert cursor.fetchone() == (0,)


def test_second_factor_is_still_asked_after_a_reset():
    user = person()
    add_second_factor(user, secret="JBSWY3DPEHPK3PXP")
    client, _ = choose(reset_link(user))
    _, answer = sign_in(user.email, NEW, client=client)
    assert (answer["Location"], who(client)) == ("/masuk/kode/", None)


def test_switched_off_account_gets_no_link():
    user = person()
    user.is_active = False
    user.save()
    send(Client(), ASK, login=user.email)
    run_jobs_here()
    assert letters(user.email) == []


def test_asking_costs_the_same_for_known_and_unknown():
    known, seen = person(), []
    for login in (known.email, "siapa@pandan.example", known.user_id, "bukansiapa"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = send(Client(), ASK, login=login)
        seen.append((answer.status_code, answer["Location"], len(captured)))
    assert len(set(seen)) == 1


def test_waiting_job_does_not_show_who_asked():
    user = person()
    send(Client(), ASK, login=user.email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args::text LIKE %s", [f"%{user.email}%"])  # fmt: skip
        assert cursor.fetchone() == (0,)


def test_more_than_five_links_an_hour_are_left_out_silently():
    user = person()
    answers = {send(Client(), ASK, login=user.email).status_code for _ in range(8)}
    run_jobs_here()
    assert (answers, len(letters(user.email))) == ({302}, 5)
