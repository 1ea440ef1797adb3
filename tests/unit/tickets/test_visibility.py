"""Who sees which ticket: a matrix of people and offices, for the query and for both pages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.actions import appoint
from loket.offices.roles import Role
from loket.tickets.models import Party, Ticket
from loket.tickets.permissions import does_step, is_party
from loket.tickets.queries.desk import at_desk, own_tickets
from loket.tickets.queries.reading import reachable_parties
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.factories.walking import complete, step_of
from tests.unit.tickets.browsing import address, send, signed_in
from tests.unit.tickets.crowd import former_officer, former_party, future_officer, party

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def tickets(bogor, batang, depok):
    """One request at each office, each of another applicant, by the office's code."""
    return {
        office.code: registration(office, kind="badan-usaha")
        for office in (bogor, batang, depok)
    }


def codes(found):
    return {ticket.number[:3] for ticket in found}


def in_two_offices(tickets):
    user = officer(tickets["BGR"].office, Role.AUDITOR)
    appoint(
        tickets["DPK"].office,
        user,
        role=Role.AUDITOR,
        by=None,
        until=MONDAY + timedelta(days=9),
    )
    return user


def officer_who_applies_elsewhere(tickets):
    user = officer(tickets["BGR"].office)
    party(tickets["BTG"], user)
    return user


def until(moment):
    def build(tickets):
        user = person()
        party(tickets["BGR"], user, until=moment)
        return user

    return build


def since(moment):
    def build(tickets):
        user = person()
        party(tickets["BGR"], user, since=moment)
        return user

    return build


PEOPLE = {
    **{role: (lambda t, role=role: officer(t["BGR"].office, role), {"BGR"}) for role in Role},
    "auditor of two offices": (in_two_offices, {"BGR", "DPK"}),
    "officer no more": (lambda t: former_officer(t["BGR"].office), set()),
    "officer not yet": (lambda t: future_officer(t["BGR"].office), set()),
    "officer who applies elsewhere": (officer_who_applies_elsewhere, {"BGR", "BTG"}),
    "applicant": (lambda t: t["DPK"].applicant, {"DPK"}),
    "party revoked": (lambda t: former_party(t["BGR"]), set()),
    "party until a second ago": (until(MONDAY - SECOND), set()),
    "party until now": (until(MONDAY), set()),
    "party for a second more": (until(MONDAY + SECOND), {"BGR"}),
    "party from now": (since(MONDAY), {"BGR"}),
    "party in a second": (since(MONDAY + SECOND), set()),
    "stranger": (lambda _: person(), set()),
}  # fmt: skip


@pytest.mark.parametrize("who", PEOPLE)
def test_people_see_these_tickets_and_no_others(who, tickets):
    build, seen = PEOPLE[who]
    assert codes(Ticket.objects.visible_to(again(build(tickets)))) == seen


def test_visitor_sees_no_ticket(tickets):
    assert codes(Ticket.objects.visible_to(AnonymousUser())) == set()


def test_ticket_of_two_rights_is_listed_once(tickets):
    user = officer(tickets["BGR"].office)
    party(tickets["BGR"], user)
    party(tickets["BGR"], user, as_what="proxy")
    assert [*own_tickets(again(user))] == [tickets["BGR"]]
    assert Ticket.objects.visible_to(again(user)).count() == 1


def test_membership_ends_with_its_last_second(bogor, tickets):
    user = person()
    appoint(bogor, user, role=Role.HELPDESK, by=None, until=MONDAY + timedelta(days=1))
    seen = {}
    for moment in (MONDAY, MONDAY + timedelta(days=1) - SECOND, MONDAY + timedelta(days=1)):  # fmt: skip
        with clock.at(moment):
            seen[moment] = codes(Ticket.objects.visible_to(again(user)))
    assert [*seen.values()] == [{"BGR"}, {"BGR"}, set()]


def test_desk_holds_the_offices_tickets_only(tickets):
    user = again(officer_who_applies_elsewhere(tickets))
    assert (codes(at_desk(user)), codes(own_tickets(user))) == ({"BGR"}, {"BTG"})


# What an address answers: the applicant's page and the desk's page of a ticket of Bogor.
ANSWERS = {
    "verifikator": (404, 200),
    "auditor": (404, 200),
    "applicant": (200, 403),
    "stranger": (404, 403),
    "foreigner": (404, 404),
    "former_party": (404, 403),
    "former_officer": (404, 403),
    "future_officer": (404, 403),
}


@pytest.mark.parametrize("word", ANSWERS)
def test_pages_answer_as_the_matrix_says(word, tickets):
    ticket = tickets["BGR"]
    build = {
        "verifikator": lambda: officer(ticket.office),
        "auditor": lambda: officer(ticket.office, Role.AUDITOR),
        "applicant": lambda: ticket.applicant,
        "stranger": person,
        "foreigner": lambda: officer(tickets["DPK"].office),
        "former_party": lambda: former_party(ticket),
        "former_officer": lambda: former_officer(ticket.office),
        "future_officer": lambda: future_officer(ticket.office),
    }
    browser = signed_in(again(build[word]()))
    answered = tuple(
        browser.get(address(page, ticket.number)).status_code
        for page in ("own", "ticket")
    )
    assert answered == ANSWERS[word]


@pytest.mark.parametrize("page", ["own", "ticket", "documents", "mine", "desk"])
def test_visitor_is_led_to_the_sign_in(client, tickets, page):
    args = [] if page in {"mine", "desk"} else [tickets["BGR"].number]
    answered = client.get(address(page, *args))
    assert (answered.status_code, answered["Location"][:13]) == (302, "/masuk/?next=")


@pytest.mark.parametrize(
    "row", [{"until": MONDAY}, {"since": MONDAY + SECOND}, {"revoked_at": MONDAY}]
)
def test_party_out_of_its_time_does_nothing_and_is_told_nothing(bogor, row):
    ticket, user = registration(bogor), person()
    party(ticket, user, **row)
    late = again(user)
    assert (is_party(late, ticket), does_step(late, ticket, step_of(ticket))) == (
        False,
        False,
    )
    assert reachable_parties(ticket) == [ticket.applicant]


def test_officer_whose_party_ended_has_no_own_page_of_it(bogor):
    ticket, user = registration(bogor), officer(bogor)
    party(ticket, user, until=MONDAY)
    assert signed_in(again(user)).get(address("own", ticket.number)).status_code == 404


def test_ticket_without_an_account_is_seen_by_the_office_only(bogor, tickets):
    counter = registration(bogor)
    Party.objects.filter(ticket=counter).update(revoked_at=MONDAY)
    assert counter in Ticket.objects.visible_to(again(officer(bogor)))
    assert reachable_parties(counter) == []
    assert not Mail.objects.filter(to=counter.applicant.email).exists()


def test_nobody_decides_about_his_own_request(depok):
    """Nobody approves what he submitted: not by a step, not by a verdict."""
    user = officer(depok)
    ticket = registration(depok, user=user)
    complete(ticket, officer(depok, Role.HELPDESK))
    assert does_step(again(user), ticket, step_of(ticket)) is False
    answered = send(signed_in(again(user)), "step", ticket.number, "cocokkan")
    assert answered.status_code in {403, 404}
