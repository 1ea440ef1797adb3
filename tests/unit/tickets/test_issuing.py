"""Numbers of what the office hands out: without gaps, per office, kind and year."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from loket.kernel import clock
from loket.offices.actions import next_number
from loket.offices.roles import Role
from loket.tickets.actions import issue
from loket.tickets.models import Event, IssuedDocument, Party, Ticket
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.unit.tickets.trying import as_owner

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
# The last minute of 2026 in Jakarta, and the first of 2027; both are still 2026 in Greenwich.
OLD_YEAR = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)
NEW_YEAR = OLD_YEAR + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def handed_out(office, kind="tanda-terima", *, at=MONDAY):
    with clock.at(at):
        return issue(registration(office), kind, by=again(officer(office)))


class Changed(Exception):
    """Something goes wrong after the number was given."""


def fails_after(numbering):
    """The number is given, then its transaction fails."""
    with suppress(Changed), transaction.atomic():
        numbering()
        raise Changed


def test_number_is_printed_with_kind_office_and_year(bogor):
    assert handed_out(bogor).number == "0001/TANDA-TERIMA/BGR/2026"


def test_numbers_follow_one_another(bogor):
    assert [handed_out(bogor).serial for _ in range(3)] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_number_of_a_failed_transaction_is_given_again(bogor):
    first = handed_out(bogor).serial
    fails_after(lambda: handed_out(bogor))
    assert (first, handed_out(bogor).serial) == (1, 2)
    assert Ticket.objects.order_by("-pk")[0].number == "BGR-26-00002"


@pytest.mark.django_db(transaction=True)
def test_plain_sequence_of_the_database_would_leave_a_gap(bogor):
    """The control: what the two tests above would show with `nextval`."""

    def serial():
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('plain_numbers')")
            return cursor.fetchone()[0]

    as_owner("CREATE SEQUENCE plain_numbers")
    as_owner("GRANT USAGE ON SEQUENCE plain_numbers TO loket_app")
    try:
        first = serial()
        fails_after(serial)
        assert (first, serial()) == (1, 3)
    finally:
        as_owner("DROP SEQUENCE plain_numbers")


def test_each_office_counts_for_itself(bogor, depok):
    handed_out(bogor)
    assert handed_out(depok).number == "0001/TANDA-TERIMA/DPK/2026"


def test_each_kind_counts_for_itself(bogor):
    handed_out(bogor)
    assert handed_out(bogor, "berita-acara").number == "0001/BERITA-ACARA/BGR/2026"


def test_new_year_of_the_office_begins_at_one(bogor):
    numbers = [
        handed_out(bogor, at=OLD_YEAR).number,
        handed_out(bogor, at=NEW_YEAR).number,
        handed_out(bogor, at=NEW_YEAR).number,
    ]
    assert numbers == [
        "0001/TANDA-TERIMA/BGR/2026",
        "0001/TANDA-TERIMA/BGR/2027",
        "0002/TANDA-TERIMA/BGR/2027",
    ]


def test_number_told_late_belongs_to_its_own_year(bogor):
    handed_out(bogor, at=NEW_YEAR)
    assert handed_out(bogor, at=OLD_YEAR).number == "0001/TANDA-TERIMA/BGR/2026"


def test_tickets_are_numbered_by_the_year_of_the_office(bogor):
    numbers = []
    for moment in (OLD_YEAR, NEW_YEAR):
        with clock.at(moment):
            numbers.append(registration(bogor).number)
    assert numbers == ["BGR-26-00001", "BGR-27-00001"]


def test_asked_twice_a_ticket_keeps_its_one_document(bogor):
    ticket, front = registration(bogor), again(officer(bogor))
    first = issue(ticket, "tanda-terima", by=front)
    assert issue(ticket, "tanda-terima", by=front) == first
    assert IssuedDocument.objects.count() == 1
    assert Event.objects.filter(ticket=ticket, name="issue").count() == 1
    assert next_number(bogor, kind="tanda-terima", year=2026) == 2


def test_only_officers_of_the_office_hand_out_and_none_for_himself(bogor, depok):
    ticket, front = registration(bogor), officer(bogor)
    Party.objects.filter(ticket=ticket).update(user=front)
    for nobody in (front, officer(depok), officer(bogor, Role.AUDITOR), person()):
        with pytest.raises(PermissionDenied):
            issue(ticket, "tanda-terima", by=again(nobody))
    assert IssuedDocument.objects.count() == 0
    assert next_number(bogor, kind="tanda-terima", year=2026) == 1


def test_event_names_the_number_and_nobody(bogor):
    issued = handed_out(bogor)
    event = Event.objects.get(name="issue")
    assert event.data == {"kind": "tanda-terima", "number": issued.number}
    assert (issued.file, issued.at, issued.by) == (None, MONDAY, event.by)
