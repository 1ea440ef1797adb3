"""Papers that anybody can check: their codes, when they hold, what the public page says, and 40 at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from loket.kernel import clock, fence
from loket.offices.actions import next_number
from loket.tickets.actions import issue
from loket.tickets.models import Event, IssuedDocument, Ticket
from loket.tickets.queries.paper import issued_by_code, printed_code
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer
from tests.flows.story import text_of
from tests.unit.tickets.browsing import at_receipt

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(bogor):
    return at_receipt(bogor)


@pytest.fixture
def paper(ticket, bogor):
    return issue(ticket, "tanda-terima", by=again(officer(bogor)))


def public(code, client=None):
    return (client or Client()).get(f"/bukti/{code}/")


def gone_back(ticket):
    """The procedure was sent back, whatever led there."""
    Event.objects.create(
        office=ticket.office, ticket=ticket, name="sent_back", as_what="officer",
        at=MONDAY, recorded_at=MONDAY,
    )  # fmt: skip


def test_code_is_long_random_and_printed_in_groups(paper):
    assert len(paper.code) == 16
    assert len(printed_code(paper.code)) == 19


def test_public_page_says_number_kind_office_and_day_and_nothing_about_people(
    paper, ticket
):
    text = text_of(public(printed_code(paper.code)))
    said = (paper.number, "Tanda terima penerimaan berkas", "LPSE Kota Bogor", "23 November 2026", "Asli dan berlaku")  # fmt: skip
    assert [each for each in said if each not in text] == []
    kept = (ticket.applicant_name, ticket.number, paper.by.name)
    assert [each for each in kept if each in text] == []


def test_unknown_and_malformed_codes_get_one_answer(paper):
    answers = [public(code) for code in ("2345-6789-ABCD-EFGH", "x", "ticket")]
    assert [each.status_code for each in answers] == [404, 404, 404]
    assert len({text_of(each) for each in answers}) == 1


def test_guesses_are_slowed_down_together_with_those_at_status_codes(paper):
    client = Client()
    for _ in range(30):
        client.get("/lacak/2345-6789/")
    assert public(printed_code(paper.code), client).status_code == 429


def test_code_opens_this_one_row_for_reading_and_nothing_else(paper, ticket):
    with fence.request(lambda: None):
        assert issued_by_code("2345-6789-ABCD-EFGH") is None
        assert IssuedDocument.objects.count() == 0
        assert issued_by_code(printed_code(paper.code)) == paper
        assert (IssuedDocument.objects.count(), Ticket.objects.count()) == (1, 0)
        assert IssuedDocument.objects.update(serial=99) == 0


def test_after_going_back_a_new_number_takes_its_place(paper, ticket, bogor):
    gone_back(ticket)
    new = issue(ticket, "tanda-terima", by=again(officer(bogor)))
    paper.refresh_from_db()
    assert (new.serial, paper.replaced_by, paper.withdrawn_at) == (2, new, MONDAY)
    assert "Sudah diganti" in text_of(public(paper.code))


def test_without_going_back_it_is_the_same_paper(paper, ticket, bogor):
    assert issue(ticket, "tanda-terima", by=again(officer(bogor))) == paper


def test_two_that_hold_cannot_stand_beside_each_other(paper):
    paper.pk, paper.serial, paper.code = None, 2, "B" * 16
    with pytest.raises(IntegrityError, match="issued_one_that_holds_per_kind"):
        paper.save(force_insert=True)


def test_reopened_behind_its_step_it_still_holds(paper, ticket, bogor):
    Ticket.objects.filter(pk=ticket.pk).update(step="aktifkan", status="waiting_outside")  # fmt: skip
    ticket.refresh_from_db()
    gone_back(ticket)
    run_jobs_here()
    paper.refresh_from_db()
    assert paper.withdrawn_at is None


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_and_every_third_fails_leave_no_gap(bogor):
    class Failed(Exception):
        pass

    def one(turn):
        try:
            with suppress(Failed), transaction.atomic():
                found = next_number(bogor, kind="bukti", year=2026)
                if turn % 3 == 0:
                    raise Failed
                return found
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(40) as crowd:
        given = [each for each in crowd.map(one, range(120)) if each is not None]
    assert sorted(given) == list(range(1, 81))
