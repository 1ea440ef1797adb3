"""An auditor reads what his scope names, until his last day, and writes nothing; officers who left hold nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.kernel import clock
from loket.kernel.routes import all_routes
from loket.offices.actions import appoint, dismiss
from loket.offices.models import Membership
from loket.offices.roles import OFFICERS, Role
from loket.tickets.actions import take, write_message
from loket.tickets.models import Event, Ticket
from loket.tickets.queries.search import search
from loket.tickets.queries.worklists import counts, worklist
from loket.tickets.tasks import release_left_behind
from tests.factories.people import again, officer, person
from tests.factories.registering import post
from tests.factories.tickets import SERVICE, registration
from tests.unit.tickets.browsing import at_receipt, at_verification, read, signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def auditor(office, *services, until=MONDAY + MONTH):
    user = person("Puspa Handayani")
    appoint(office, user, role=Role.AUDITOR, by=None, until=until, services=services)
    return again(user)


SCOPES = [((), 1), ((SERVICE,), 1), ((SERVICE, "lain"), 1), (("lain",), 0)]


@pytest.mark.parametrize(("services", "seen"), SCOPES)
def test_lists_counts_and_search_hold_what_the_scope_names(bogor, services, seen):
    ticket, user = registration(bogor), auditor(bogor, *services)
    assert (
        Ticket.objects.visible_to(user).count(),
        worklist(bogor, user, "semua").count(),
        counts(bogor, user)["semua"].all,
        len(search(user, ticket.number).ids),
    ) == (seen,) * 4


def test_scope_of_one_office_says_nothing_about_another(bogor, depok):
    registration(bogor), registration(depok)
    user = auditor(bogor, "lain")
    appoint(depok, user, role=Role.AUDITOR, by=None, until=MONDAY + MONTH)
    assert [each.office for each in Ticket.objects.visible_to(again(user))] == [depok]


def test_wider_role_lifts_the_scope(bogor):
    registration(bogor)
    user = auditor(bogor, "lain")
    appoint(bogor, user, role=Role.FRONT_OFFICE, by=None)
    assert Ticket.objects.visible_to(again(user)).count() == 1


def addresses(ticket):
    """Every page of officers about this ticket."""
    places = {
        "number": ticket.number,
        "document": ticket.documents.latest("pk").pk,
        "page": 1,
        "issued": getattr(ticket.issued.first(), "pk", 0),
    }
    for route in all_routes():
        is_desk = set(route.policy.roles) == set(OFFICERS) and "GET" in route.policy.methods  # fmt: skip
        if is_desk and "number" in route.id_params and set(route.id_params) <= {*places}:  # fmt: skip
            path = route.path
            for name, value in places.items():
                path = path.replace(f"<str:{name}>", str(value)).replace(f"<int:{name}>", str(value))  # fmt: skip
            yield path


def test_no_page_of_a_ticket_outside_the_scope_is_there(bogor):
    ticket = at_receipt(bogor)
    outside, inside = (signed_in(auditor(bogor, code)) for code in ("lain", SERVICE))
    found = list(addresses(ticket))
    assert len(found) >= 3
    assert {path: outside.get(path).status_code for path in found} == dict.fromkeys(found, 404)  # fmt: skip
    assert inside.get(min(found, key=len)).status_code == 200


def test_access_ends_by_itself(bogor):
    registration(bogor)
    user = auditor(bogor, SERVICE)
    with clock.at(MONDAY + MONTH):
        assert Ticket.objects.visible_to(again(user)).count() == 0
        assert signed_in(again(user)).get("/meja/").status_code == 403


def test_auditor_reads_internal_notes_as_evidence(bogor):
    ticket = at_verification(bogor)
    write_message(ticket, by=again(officer(bogor)), body="Catatan uji", is_internal=True)  # fmt: skip
    page = read(signed_in(auditor(bogor, SERVICE)), "ticket", ticket.number)
    assert "Catatan uji" in page.source


def test_auditor_writes_nothing(bogor):
    ticket = at_verification(bogor)
    client, before = signed_in(auditor(bogor)), Event.objects.count()
    posts = [
        each.path.replace("<str:number>", ticket.number)
        .replace("<slug:step>", ticket.step)
        .replace("<slug:requirement>", "npwp")
        for each in all_routes()
        if each.path.startswith("/meja/tiket/") and "POST" in each.policy.methods
    ]
    said = {"body": "x", "note": "x", "result": "good", "verdict": "accepted"}
    answers = {path: post(client, path, said).status_code for path in posts}
    assert {path for path, status in answers.items() if status < 400} == set()
    assert Event.objects.count() == before


@pytest.mark.parametrize("build", [auditor, officer])
def test_officers_are_led_from_own_tickets_to_the_desk(bogor, build):
    page = read(signed_in(again(build(bogor))), "mine")
    assert "Ke meja kerja" in page.source


@pytest.fixture
def held(bogor):
    """A ticket in the hands of a helpdesk officer, and the head."""
    with clock.at(MONDAY - MONTH):
        head, holder = officer(bogor, Role.KEPALA_BAGIAN), officer(bogor)
    ticket = at_verification(bogor)
    take(ticket, by=again(holder))
    return ticket, Membership.objects.get(user=holder), again(head)


def test_ticket_of_a_dismissed_officer_is_free_again(bogor, held):
    ticket, term, head = held
    dismiss(term, by=head)
    release_left_behind(0)
    release_left_behind(0)
    ticket.refresh_from_db()
    released = Event.objects.filter(ticket=ticket, name="release")
    assert (ticket.assignee, released.count()) == (None, 1)
    assert worklist(bogor, head, "belum-diambil").get() == ticket


def test_ticket_of_an_officer_who_stays_is_left_alone(held):
    ticket, term, _ = held
    release_left_behind(0)
    ticket.refresh_from_db()
    assert ticket.assignee == term.user
