"""What the busiest pages and forms cost: every statement counted, the frame of the transaction apart."""

from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.kernel import once
from loket.offices.roles import Role
from loket.standards.queries import in_force
from loket.tickets.actions import take, write_message
from loket.tickets.models import Event, Ticket
from loket.tickets.queries import asked_documents
from tests.factories.people import again, officer
from tests.factories.tickets import SERVICE, registration
from tests.flows.story import Supplier, link_in
from tests.unit.tickets.browsing import address, at_verification, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
# A request begins as nobody: only tests must lower the system first, and raise it again
ONLY_IN_TESTS = "'loket.key_paper'"
OFFICES = ("kota-bogor", "kabupaten-batang", "kota-depok")
WORKLIST, TICKET, OWN, COUNTER, REPLY, JUDGE = 5, 10, 10, 13, 8, 15
SUBMIT = 23  # the goal is 20: account, lock of the tax identity and sign-in come on top
EVENTS = 11


@dataclass
class Cost:
    """Session, sign-in and the fence are among the statements; savepoints and commits are the frame."""

    statements: list[str] = field(default_factory=list)
    frame: list[str] = field(default_factory=list)


@contextmanager
def cost_of(what):
    """Count what is sent meanwhile, and print it for whoever runs with -s."""
    found = Cost()
    with CaptureQueriesContext(connection) as captured:
        yield found
    for sent in (each["sql"] for each in captured.captured_queries):
        if ONLY_IN_TESTS not in sent:
            kind = found.frame if sent.startswith(FRAME) else found.statements
            kind.append(sent)
    print(f"{what}: {len(found.statements)} + {len(found.frame)} frame")  # noqa: T201


def read(client, what, where):
    """The cost of a page that was opened before, as all but the first are."""
    assert client.get(where).status_code == 200
    with cost_of(what) as found:
        client.get(where)
    return len(found.statements)


def written(client, what, where, **said):
    """The cost of a form that is accepted."""
    with cost_of(what) as found:
        answered = client.post(where, said | {once.FIELD: once.new_key()})
    assert answered.status_code == 302
    return len(found.statements)


@pytest.fixture
def ratna(bogor):
    return officer(bogor)


@pytest.fixture
def ticket(bogor, ratna):
    """Held by the officer, with documents to judge."""
    found = at_verification(bogor)
    take(found, by=again(ratna))
    return found


def fill(ticket, by):
    """Messages until the timeline shows as many events as the goal names."""
    while Event.objects.filter(ticket=ticket).count() < EVENTS:
        write_message(ticket, by=again(by), body="Mohon bawa berkas asli.")


def filled_in(office):
    supplier = Supplier(office)
    more = {"pkp": "no"} if office.slug == "kota-depok" else {}
    supplier.fill_in(link_in(supplier.ask_for_link()), **more)
    return supplier


def test_worklist_of_fifty_rows_costs_as_much_as_one_of_one(bogor, ratna):
    client, where = signed_in(ratna), address("worklist", bogor.slug, "semua")
    registration(bogor)
    few = read(client, "worklist of 1", where)
    for number in range(49):
        registration(bogor, name=f"CV Lontar {number}")
    many = read(client, "worklist of 50", where)
    assert few == many <= WORKLIST


def test_desks_page_costs_the_same_with_eleven_events(ratna, ticket):
    client, where = signed_in(ratna), address("ticket", ticket.number)
    few = read(client, "ticket at the desk", where)
    fill(ticket, ratna)
    many = read(client, "ticket at the desk, 11 events", where)
    assert few == many <= TICKET


def test_applicants_page_costs_the_same_with_eleven_events(ratna, ticket):
    client, where = signed_in(ticket.applicant), address("own", ticket.number)
    few = read(client, "own ticket", where)
    fill(ticket, ratna)
    many = read(client, "own ticket, 11 events", where)
    assert few == many <= OWN


@pytest.mark.parametrize("slug", OFFICES)
def test_submission_costs_the_same_at_every_office(packs, slug):
    supplier = filled_in(packs[slug])
    where = supplier.page("review")
    assert (
        written(supplier.browser, f"submission, {slug}", where, consent="on") <= SUBMIT
    )
    ticket = Ticket.objects.get(office=packs[slug])
    front = signed_in(officer(packs[slug], Role.FRONT_OFFICE))
    assert read(front, f"its page, {slug}", address("ticket", ticket.number)) <= TICKET


def test_counter_makes_a_ticket_within_twenty(bogor):
    front = signed_in(officer(bogor, Role.FRONT_OFFICE))
    standard = in_force(bogor, SERVICE)
    said = {"asked": f"{standard.pk}:badan-usaha", "channel": "counter", "name": "CV Lontar", "phone": "081200000188"}  # fmt: skip
    where = address("intake", bogor.slug)
    front.get(where)  # the standards are in memory
    assert written(front, "ticket at the counter", where, **said) <= COUNTER


def test_replies_of_both_sides(ratna, ticket):
    desk, own = signed_in(ratna), signed_in(ticket.applicant)
    ours = address("message", ticket.number)
    theirs = address("own_message", ticket.number)
    said = {"is_internal": "no", "body": "Mohon bawa KTP asli."}
    assert written(desk, "officer's reply", ours, **said) <= REPLY
    assert written(own, "applicant's reply", theirs, body="Baik.") <= REPLY


def test_verdict(ratna, ticket):
    asked = asked_documents(ticket)[0]
    where = address("verdict", ticket.number, asked.code)
    said = {"accepted": "yes", "original_seen": "on", "after": 0}
    assert written(signed_in(ratna), "verdict", where, **said) <= JUDGE
