"""What keeps machines from asking for links, and that people who ask learn only of their own mail."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from threading import Barrier

import pytest
from altcha import verify_solution
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loket.kernel import clock
from loket.kernel.crypto import derived_key
from loket.kernel.models import Mail
from loket.suppliers import captcha
from loket.suppliers.actions import TooMany, admit, ask, begin, solve
from loket.suppliers.actions.limits import BY_NETWORK, BY_OFFICE
from loket.suppliers.models import LinkRequest, SpentPuzzle, Tally
from loket.suppliers.tasks import begin_registration
from tests.factories.jobs import run_jobs_here
from tests.factories.people import person
from tests.factories.registering import (
    EMAIL,
    ask_on_page,
    filled_in,
    post,
    proof_of,
    requested,
)

pytestmark = pytest.mark.django_db
URL = "/kantor/kota-bogor/daftar/"
QUESTION = re.compile(r'name="question" value="([^"]+)"')
NUMBERS = {
    "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11, "dua belas": 12,
}  # fmt: skip


def proof():
    return proof_of(json.loads(captcha.new_challenge()))


def sum_of(text):
    """What a person answers to the question."""
    first, second = re.search(r"Berapa (.+) ditambah (.+)\?", text).groups()
    return sum(NUMBERS[each] for each in (first, second))


def by_question(client, email=EMAIL, **more):
    """Ask the way a browser without JavaScript does."""
    page = unescape(client.get(URL).content.decode())
    said = {"question": QUESTION.search(page)[1], "answer": sum_of(page)}
    return post(client, URL, {"email": email} | said | more)


def test_work_done_is_accepted_once(bogor):
    done = proof()
    assert [solve(captcha.Sent(done)), solve(captcha.Sent(done))] == ["proof", ""]


def test_the_library_alone_would_accept_it_again(bogor):
    done = proof()
    solve(captcha.Sent(done))
    assert verify_solution(done, derived_key("captcha")).verified


def test_work_for_another_key_or_none_is_refused(bogor):
    challenge = json.loads(captcha.new_challenge())
    easier = challenge | {"parameters": challenge["parameters"] | {"keyPrefix": "00"}}
    for sent in (proof_of(easier), "", "e30=", "x" * 3000):
        assert solve(captcha.Sent(sent)) == ""
    assert SpentPuzzle.objects.count() == 0


@pytest.mark.parametrize(("minutes", "way"), [(19, "proof"), (21, "")])
def test_work_is_accepted_for_twenty_minutes(bogor, minutes, way):
    done = proof()
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        assert solve(captcha.Sent(done)) == way


def test_question_is_answered_once_right_or_wrong(bogor):
    right, wrong = captcha.new_question(), captcha.new_question()
    answer = sum_of(right.text)
    ways = [
        solve(captcha.Sent(question=right.token, answer=answer)),
        solve(captcha.Sent(question=right.token, answer=answer)),
        solve(captcha.Sent(question=wrong.token, answer=sum_of(wrong.text) + 1)),
        solve(captcha.Sent(question=wrong.token, answer=sum_of(wrong.text))),
    ]
    assert ways == ["question", "", "", ""]


def test_answer_belongs_to_its_question(bogor):
    first, second = captcha.new_question(), captcha.new_question()
    name, seal = first.token.rpartition(".")[0], second.token.rpartition(".")[2]
    forged = captcha.Sent(question=f"{name}.{seal}", answer=sum_of(second.text))
    assert solve(forged) == ""


def test_browser_without_javascript_asks_by_a_sum(client, bogor):
    assert by_question(client).url == f"{URL}terkirim/"
    assert LinkRequest.objects.get().email == EMAIL


def test_address_without_proof_is_asked_the_question_and_kept(client, bogor):
    shown = post(client, URL, {"email": EMAIL})
    page = shown.content.decode()
    assert (shown.status_code, LinkRequest.objects.count()) == (422, 0)
    assert (f'value="{EMAIL}"' in page, "<noscript>" in page) == (True, False)


def test_program_that_fills_in_everything_is_not_heard(client, bogor):
    shown = ask_on_page(client, URL, website="https://pandan.example")
    assert (shown.status_code, LinkRequest.objects.count()) == (422, 0)


def test_questions_are_limited_more_strictly_and_say_when_again(bogor):
    for each in range(BY_NETWORK["question"]):
        assert by_question(Client(), f"a{each}@pandan.example").status_code == 302
    refused = by_question(Client(), "b@pandan.example")
    assert (refused.status_code, 3500 < int(refused["Retry-After"]) <= 3600) == (429, True)  # fmt: skip
    assert ask_on_page(Client(), URL, "b@pandan.example").status_code == 302


def test_network_and_office_have_their_own_hours(bogor, depok):
    for network in range(BY_OFFICE["question"] // BY_NETWORK["question"]):
        for _each in range(BY_NETWORK["question"]):
            admit(bogor, network=str(network), way="question")
    with pytest.raises(TooMany):
        admit(bogor, network="fresh", way="question")
    admit(depok, network="other", way="question")
    with clock.at(clock.now() + timedelta(hours=1, seconds=1)):
        admit(bogor, network="fresh", way="question")


def test_refused_requests_do_not_prolong_the_hour(bogor):
    began = clock.now()
    for minutes in range(59):
        with clock.at(began + timedelta(minutes=minutes)):
            if minutes < BY_NETWORK["question"]:
                admit(bogor, network="eager", way="question")
                continue
            with pytest.raises(TooMany) as full:
                admit(bogor, network="eager", way="question")
            assert full.value.until == began + timedelta(hours=1)
    with clock.at(began + timedelta(minutes=61)):
        admit(bogor, network="eager", way="question")


def test_counts_name_nobody(bogor):
    ask(bogor, email=EMAIL, language="id")
    assert {len(each.bucket) for each in Tally.objects.all()} == {64}


def statements(client, email):
    """How many statements the database was given while the page took an address."""
    page = client.get(URL).content.decode()
    challenge = json.loads(unescape(re.search(r'data-challenge="([^"]+)"', page)[1]))
    said = {"email": email, "altcha": proof_of(challenge)}
    with CaptureQueriesContext(connection) as seen:
        assert post(client, URL, said).status_code == 302
    with CaptureQueriesContext(connection) as shown:
        client.get(f"{URL}terkirim/")
    return len(seen), len(shown)


def test_every_address_costs_the_page_the_same_statements(bogor):
    known = person().email
    filled_in(bogor, "isi@pandan.example")
    counted = {
        statements(Client(), email)
        for email in (known, "isi@pandan.example", "baru@pandan.example")
    }
    assert len(counted) == 1


def test_request_decided_twice_sends_one_mail(bogor):
    asked = requested(bogor)
    begin_registration(request_id=asked.pk)
    begin(LinkRequest.objects.get(pk=asked.pk))
    assert Mail.objects.count() == 1


def test_page_tells_how_the_mail_stands(client, bogor):
    ask_on_page(client, URL)
    words = [client.get(f"{URL}terkirim/").content.decode()]
    run_jobs_here()
    words.append(client.get(f"{URL}terkirim/").content.decode())
    Mail.objects.update(failed_at=clock.now(), reason="unknown_mailbox")
    words.append(client.get(f"{URL}terkirim/").content.decode())
    for said, word in zip(words, ("Menunggu dikirim", "Terkirim", "Tidak dapat dikirim"), strict=True):  # fmt: skip
        assert word in said


def test_mail_is_sent_again_after_a_minute(client, bogor):
    moment = clock.now()
    with clock.at(moment):
        ask_on_page(client, URL)
        post(client, f"{URL}kirim-ulang/")
        assert LinkRequest.objects.count() == 1
    with clock.at(moment + timedelta(seconds=61)):
        post(client, f"{URL}kirim-ulang/")
        run_jobs_here()
    assert [each.template for each in Mail.objects.all()] == ["suppliers/mail/confirm"] * 2  # fmt: skip


def test_browser_that_asked_nothing_is_sent_nothing_again(client, bogor):
    assert post(client, f"{URL}kirim-ulang/").url == reverse("suppliers:email", args=["kota-bogor"])  # fmt: skip
    assert LinkRequest.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_one_proof_sent_by_eight_at_once_is_accepted_once(bogor):
    done, start = proof(), Barrier(8)

    def trying(_each):
        try:
            start.wait(timeout=30)
            return solve(captcha.Sent(done))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        ways = list(pool.map(trying, range(8)))
    assert sorted(ways) == [""] * 7 + ["proof"]
