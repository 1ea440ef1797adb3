"""The search of the desk: what it looks into, in which order, and whose tickets it never finds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.offices.roles import Role
from loket.tickets.actions import write_message
from loket.tickets.models import Message
from loket.tickets.queries import search as searching
from loket.tickets.queries.search import search
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper(bogor):
    return officer(bogor, Role.HELPDESK)


def numbers(user, text):
    return search(again(user), text).ids


FOUND = ["pandan", "Tunas Pandan", "tun", "PANDAN!", "cv &(tunas:*"]
MISSED = ["andan", "pandan rotan", "'", "", "--", "%", ":*"]


@pytest.mark.parametrize("text", FOUND)
def test_words_of_the_applicants_name_are_found_from_their_beginning(
    bogor, helper, text
):
    ticket = registration(bogor)
    assert numbers(helper, text) == [ticket.pk]


@pytest.mark.parametrize("text", MISSED)
def test_other_words_and_signs_find_nothing(bogor, helper, text):
    registration(bogor)
    assert numbers(helper, text) == []


def test_ticket_is_found_by_its_number_and_by_the_end_of_it(bogor, helper):
    ticket = registration(bogor)
    serial = str(int(ticket.number.rpartition("-")[2]))
    found = [numbers(helper, each) for each in (ticket.number, ticket.number.lower(), serial)]  # fmt: skip
    assert found == [[ticket.pk]] * 3


def test_people_of_a_ticket_are_searched(bogor, helper):
    ticket = registration(bogor, user=person("Kirana Lembayung"))
    assert numbers(helper, "lembayung") == [ticket.pk]


def test_messages_and_notes_are_searched_and_each_ticket_stands_once(bogor, helper):
    ticket, _other = registration(bogor), registration(bogor)
    for is_internal in (True, False):
        write_message(ticket, by=helper, body="Akta ter-meterai", is_internal=is_internal)  # fmt: skip
    assert numbers(helper, "meterai akta") == [ticket.pk]


def test_the_ticket_recorded_last_comes_first_whatever_matches(bogor, helper):
    first, second, third = (registration(bogor) for _ in range(3))
    write_message(first, by=helper, body="pandan")
    found = [first.pk, second.pk, third.pk]
    assert numbers(helper, "pandan") == found[::-1]


def test_counting_stops(bogor, helper, monkeypatch):
    tickets = [registration(bogor) for _ in range(3)]
    monkeypatch.setattr(searching, "COUNTED", 2)
    hits = search(again(helper), "pandan")
    assert (hits.ids, hits.is_more) == ([each.pk for each in tickets[:0:-1]], True)


def test_other_offices_are_searched_by_nobody_else(bogor, depok, helper):
    write_message(registration(depok), by=officer(depok, Role.HELPDESK), body="kenanga")
    assert (numbers(helper, "kenanga"), numbers(helper, "pandan")) == ([], [])


def ask(actor, office):
    """What the function itself answers to a caller who names this office, as the page server's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('loket.actor', %s, true)", [actor])
        cursor.execute(
            "SELECT array(SELECT loket_search('pandan', %s::bigint[], '{}', 10))",
            [[office.pk]],
        )
        return cursor.fetchone()[0]


def test_the_function_asks_the_fence_and_not_its_caller(bogor):
    ticket = registration(bogor)
    assert (ask("system", bogor), ask("", bogor)) == ([ticket.pk], [])


def test_page_costs_the_same_for_one_hit_and_many(bogor, helper):
    counts = []
    for _ in range(2):
        registration(bogor)
        browser = signed_in(helper)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get("/meja/cari/?q=pandan").content.decode()
        counts.append((len(asked), page.count('class="lk-code')))
    (one, first), (two, second) = counts
    assert (one == two, first < second) == (True, True)


def test_page_says_when_there_are_more_than_it_counts(bogor, helper, monkeypatch):
    registration(bogor), registration(bogor)
    monkeypatch.setattr(searching, "COUNTED", 1)
    page = signed_in(helper).get("/meja/cari/?q=pandan").content.decode()
    assert "lebih dari 1" in " ".join(page.split())


@pytest.mark.parametrize("often", [2, 120])
def test_frequent_words_are_found_by_walking_and_give_the_same(bogor, helper, often):
    early, late = registration(bogor), registration(bogor)
    now = early.submitted_at
    Message.objects.bulk_create(
        Message(office=bogor, ticket=each, author=helper, body="Meterai", at=now, recorded_at=now)
        for each in (early, late) for _ in range(often)
    )  # fmt: skip
    assert numbers(helper, "meterai") == [late.pk, early.pk]
