"""The lists of the desk: each open ticket in exactly one, the most urgent first, nothing of others."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions import take, withdraw
from loket.tickets.models import Ticket, Turn
from loket.tickets.models.ticket import OPEN
from loket.tickets.queries.desk import equation, rail
from loket.tickets.queries.worklists import WORKLISTS, Numbers, counts, worklist
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.factories.walking import complete
from tests.unit.tickets.browsing import address, signed_in
from tests.unit.tickets.trying import undone

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
# Where a ticket may stand: waiting, free, held by one or the other, outside, ended.
PLACES = ("waiting", "free", "ratna", "bayu", "outside", "ended")


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ratna(bogor):
    return again(officer(bogor, Role.VERIFIKATOR))


@pytest.fixture
def bayu(bogor):
    return again(officer(bogor, Role.FRONT_OFFICE, "Bayu Lesmana"))


def placed(office, place, *, ratna, bayu):
    ticket = registration(office)
    if place in {"free", "ratna", "bayu"}:
        complete(ticket, bayu)
    if place in {"ratna", "bayu"}:
        take(ticket, by={"ratna": ratna, "bayu": bayu}[place])
    if place == "outside":
        Ticket.objects.filter(pk=ticket.pk).update(
            turn=Turn.OUTSIDE, status="waiting_outside"
        )
    if place == "ended":
        withdraw(ticket, by=again(ticket.applicant))
    return ticket


def numbers(office, user, code):
    return [ticket.number for ticket in worklist(office, user, code)]


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(places=st.lists(st.sampled_from(PLACES), max_size=6))
def test_every_open_ticket_stands_in_exactly_one_list(bogor, ratna, bayu, places):
    with undone():
        made = [placed(bogor, place, ratna=ratna, bayu=bayu) for place in places]
        still_open = sorted(
            ticket.number
            for ticket, place in zip(made, places, strict=True)
            if place != "ended"
        )
        for reader in (ratna, bayu):
            lists = [numbers(bogor, reader, code) for code in WORKLISTS if code != "semua"]  # fmt: skip
            assert sorted(number for each in lists for number in each) == still_open
            assert sorted(numbers(bogor, reader, "semua")) == still_open


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("waiting", "menunggu-pemohon"),
        ("free", "belum-diambil"),
        ("ratna", "giliran-saya"),
        ("bayu", "dipegang-rekan"),
        ("outside", "diteruskan"),
    ],
)
def test_place_decides_the_list(bogor, ratna, bayu, place, code):
    ticket = placed(bogor, place, ratna=ratna, bayu=bayu)
    assert {
        each for each in WORKLISTS if ticket.number in numbers(bogor, ratna, each)
    } == {code, "semua"}


def test_ended_ticket_stands_in_no_list(bogor, ratna, bayu):
    placed(bogor, "ended", ratna=ratna, bayu=bayu)
    assert counts(bogor, ratna) == dict.fromkeys(WORKLISTS, Numbers())


def test_numbers_are_the_lengths_of_the_lists(bogor, ratna, bayu):
    for place in (*PLACES, *PLACES[:3]):
        placed(bogor, place, ratna=ratna, bayu=bayu)
    assert counts(bogor, ratna) == {
        code: Numbers(len(numbers(bogor, ratna, code))) for code in WORKLISTS
    }


def test_sum_under_the_lists_counts_what_colleagues_hold(bogor, ratna, bayu):
    for place in PLACES:
        placed(bogor, place, ratna=ratna, bayu=bayu)
    assert equation(rail(bogor, ratna)) == (
        "1 giliran saya + 1 belum diambil + 1 dipegang rekan + 1 menunggu pemohon + 1 diteruskan"
        " = 5 terbuka"
    )


def test_nearest_due_time_first_then_the_longest_untouched(bogor, ratna, bayu):
    made = {}
    for name, minute in (("old", 0), ("young", 30), ("due later", 10), ("due", 5)):
        with clock.at(MONDAY + timedelta(minutes=minute)):
            made[name] = ticket = registration(bogor)
            complete(ticket, bayu)
            if name.startswith("due"):
                complete(ticket, bayu, complete=True)
    expected = [made[name].number for name in ("due", "due later", "old", "young")]
    assert numbers(bogor, ratna, "belum-diambil") == expected


def test_lists_of_one_office_hold_nothing_of_another(bogor, depok, ratna, bayu):
    placed(bogor, "free", ratna=ratna, bayu=bayu)
    both = officer(depok, Role.HELPDESK)
    complete(registration(depok), both)
    other = again(both)
    assert numbers(bogor, other, "semua") == []
    assert counts(bogor, other)["semua"] == Numbers()
    assert numbers(depok, other, "semua") == ["DPK-26-00001"]


@pytest.mark.parametrize("code", WORKLISTS)
def test_people_without_a_desk_find_every_list_empty(bogor, ratna, bayu, code):
    for place in PLACES:
        placed(bogor, place, ratna=ratna, bayu=bayu)
    assert numbers(bogor, again(person()), code) == []


def test_counting_is_one_statement(
    bogor, ratna, bayu, django_assert_num_queries, packs
):
    placed(bogor, "free", ratna=ratna, bayu=bayu)
    counts(bogor, ratna)
    with django_assert_num_queries(1):
        counts(bogor, ratna)


def test_ticket_taken_by_a_colleague_changes_hands(bogor, ratna, bayu):
    ticket = placed(bogor, "ratna", ratna=ratna, bayu=bayu)
    take(ticket, by=bayu)
    assert numbers(bogor, ratna, "giliran-saya") == []
    assert numbers(bogor, bayu, "giliran-saya") == [ticket.number]


def test_ticket_sent_on_to_the_applicant_leaves_my_list(bogor, ratna, bayu):
    ticket = placed(bogor, "bayu", ratna=ratna, bayu=bayu)
    complete(ticket, bayu, complete=False)
    assert numbers(bogor, bayu, "giliran-saya") == []
    assert numbers(bogor, bayu, "menunggu-pemohon") == [ticket.number]


# Every combination the constraints allow: who holds it, whose turn, open or not
@pytest.mark.parametrize("turn", [each.value for each in Turn if each != Turn.NOBODY])
@pytest.mark.parametrize("holder", ["nobody", "ratna", "bayu", "somebody who left"])
@pytest.mark.parametrize("status", [each.value for each in OPEN])
def test_no_combination_of_turn_holder_and_status_falls_between_the_lists(
    bogor, ratna, bayu, turn, holder, status
):
    ticket = registration(bogor)
    holders = {"nobody": None, "ratna": ratna, "bayu": bayu, "somebody who left": person("Laras Puri")}  # fmt: skip
    Ticket.objects.filter(pk=ticket.pk).update(
        turn=turn, assignee=holders[holder], status=status
    )
    for reader in (ratna, bayu):
        lists = [code for code in WORKLISTS if numbers(bogor, reader, code)]
        assert len(lists) == 2
        assert lists[1] == "semua"


def test_late_and_soon_are_counted_to_the_second(bogor, ratna, bayu):
    ticket = placed(bogor, "free", ratna=ratna, bayu=bayu)
    due = MONDAY + timedelta(hours=1)
    soon = due - timedelta(minutes=5)
    Ticket.objects.filter(pk=ticket.pk).update(
        counting_from=MONDAY, due_at=due, soon_at=soon
    )

    def found(moment):
        with clock.at(moment):
            return counts(bogor, ratna)["belum-diambil"]

    second = timedelta(seconds=1)
    assert found(soon - second) == Numbers(1, late=0, soon=0)
    assert found(soon) == Numbers(1, late=0, soon=1)
    assert found(due) == Numbers(1, late=0, soon=1)
    assert found(due + second) == Numbers(1, late=1, soon=0)


def test_an_open_ticket_is_somebodys_turn(bogor):
    ticket = registration(bogor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(turn=Turn.NOBODY)


@pytest.mark.parametrize("code", WORKLISTS)
def test_page_counts_its_rows_as_the_rail_does(bogor, ratna, bayu, code):
    for place in ("ratna", "free"):
        placed(bogor, place, ratna=ratna, bayu=bayu)
    response = signed_in(ratna).get(address("worklist", bogor.slug, code))
    assert (
        response.context["page"].paginator.count == worklist(bogor, ratna, code).count()
    )
