"""Every address, by everybody, about somebody else's request: nothing is read and nothing changes."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client

from loket.kernel import fence, once
from loket.offices.models import Office
from loket.tickets.models import Ticket
from loket.tickets.models.ticket import TicketQuerySet
from loket.tickets.queries import desk
from loket.tickets.views import applicant, files
from tests.factories.people import again, person
from tests.flows.foreign import (
    addresses,
    is_about_a_ticket,
    is_closed,
    kept,
    routes,
    side,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
# Enough for every form of a request to be whole, so that only its right is asked.
SAID = {
    "body": "Halo", "is_internal": "no", "complete": "yes", "accepted": "no",
    "reason": "cut_off", "note": "Alasan", "after": "0", "kind": "npwp", "result": "good",
    "source": "DJP", "system": "SPSE", "exit": "terima", "consent": "on", "route": "counter",
}  # fmt: skip


@pytest.fixture
def sides(bogor, depok):
    """Bogor's request waits for its activation, Depok's is done; both have a paper."""
    return side(bogor, until="aktifkan"), side(depok, until="")


@pytest.fixture
def strangers(sides):
    """Everybody with the sides that are not his."""
    one, other = sides
    found = [(name, who, (other,)) for name, who in one.people.items()]
    found += [(name, who, (one,)) for name, who in other.people.items()]
    found += [("another applicant", person(), sides), ("nobody", None, sides)]
    return found


def browser_of(who):
    client = Client(raise_request_exception=False)
    if who is not None:
        client.force_login(again(who))
    return client


def got(client, address, **query):
    """Status, and all that came: headers, cookies and body."""
    answered = client.get(address, query)
    body = b"".join(answered) if answered.streaming else answered.content
    return answered.status_code, f"{answered.headers} {answered.cookies} {body.decode(errors='replace')}"  # fmt: skip


def take_down(standing, monkeypatch):
    """Leave only one of the two fences."""
    if standing == "only the database":
        monkeypatch.setattr(TicketQuerySet, "visible_to", lambda rows, user: rows)
        everywhere = list(Office.objects.values_list("pk", flat=True))
        monkeypatch.setattr(desk, "_office_ids", lambda user: everywhere)
        for views in (applicant, files):
            monkeypatch.setattr(
                views, "own_tickets", lambda user: Ticket.objects.with_names()
            )
    if standing == "only the code":
        monkeypatch.setattr(fence, "request", as_everything)


@contextmanager
def as_everything(enter):
    """The person is known, but the connection stays the system, before which every policy steps aside."""
    with transaction.atomic():
        enter()
        yield


def leaks(text, address, foreign):
    """The foreign words in an answer; an address about the ticket may repeat how it is called."""
    named = any(word in address for word in foreign.open_words)
    may_stand = foreign.open_words if named else ()
    return [word for word in foreign.words if word in text and word not in may_stand]


def test_side_can_be_read_by_its_own_people(sides):
    """Otherwise the sweep would find nothing because there is nothing."""
    for one in sides:
        verifier = one.people[f"verifikator of {one.office.code}"]
        desk = got(browser_of(verifier), f"/meja/tiket/{one.ticket.number}/")
        own = got(browser_of(one.applicant), f"/tiket/{one.ticket.number}/")
        mark = one.words[0]
        assert (desk[0], own[0]) == (200, 200)
        wanted = [f"CV {mark} Kenanga", f"Gang {mark} Nomor 9", f"Catatan {mark}"]
        assert [word for word in wanted if word not in desk[1]] == []
        assert [f"Pesan {mark}" in own[1], f"Catatan {mark}" in own[1]] == [True, False]
        assert one.ids["issued"]
        assert one.ids["document"]


@pytest.mark.parametrize("standing", ["both", "only the database", "only the code"])
def test_nothing_foreign_is_read_at_any_address(strangers, standing, monkeypatch):
    """Each fence holds alone: with `visible_to` disabled, and with every policy letting everything pass."""
    take_down(standing, monkeypatch)
    found, opened, failed, asked = [], [], [], 0
    for name, who, others in strangers:
        client = browser_of(who)
        for foreign in others:
            for route in routes("GET"):
                if route.name == "account_logout":
                    continue
                for address in addresses(route, foreign.ids):
                    status, text = got(client, address)
                    asked += 1
                    found += [(name, address, word) for word in leaks(text, address, foreign)]  # fmt: skip
                    opened += [(name, address)] if status == 200 and is_closed(route) else []  # fmt: skip
                    failed += [(name, address)] if status >= 500 else []
    if standing == "only the database":
        opened = []  # an empty list of another office may stand open then
    assert (found, opened, failed) == ([], [], [])
    assert asked > len(strangers) * len(routes("GET"))


def test_search_and_own_lists_find_nothing_foreign(strangers):
    found = []
    for name, who, others in strangers:
        client = browser_of(who)
        for foreign in others:
            mark = foreign.words[0]
            for query in (mark, foreign.ticket.number, ""):
                _status, text = got(client, "/meja/cari/", q=query)
                text = text.replace(query, "") if query else text
                found += [(name, query) for word in foreign.words if word in text]
    assert found == []


def mixed(route, own, foreign):
    """Addresses about one's own ticket with a document or paper of the other."""
    inner = {"document", "issued"} & set(route.id_params)
    if not inner or "number" not in route.id_params:
        return []
    return addresses(route, own.ids | {name: foreign.ids[name] for name in inner})


def test_foreign_papers_are_not_reached_through_ones_own_ticket(sides):
    opened, asked = [], 0
    for own, foreign in (sides, sides[::-1]):
        for name, who in own.people.items():
            client = browser_of(who)
            for route in routes("GET"):
                for address in mixed(route, own, foreign):
                    asked += 1
                    status, _text = got(client, address)
                    opened += [(name, address)] if status == 200 else []
    assert opened == []
    assert asked > 0


def test_no_form_about_a_foreign_request_changes_a_row(strangers):
    wrong, asked = [], 0
    for name, who, others in strangers:
        client = browser_of(who)
        before = kept()
        for foreign in others:
            for route in filter(is_about_a_ticket, routes("POST")):
                for address in addresses(route, foreign.ids):
                    answered = client.post(address, SAID | {once.FIELD: once.new_key()})
                    asked += 1
                    is_sign_in = answered.get("Location", "").startswith("/masuk/")
                    if answered.status_code not in {403, 404} and not is_sign_in:
                        wrong.append((name, address, answered.status_code))
        after = kept()
        wrong += [(name, table) for table in before if before[table] != after[table]]
    assert wrong == []
    assert asked > len(strangers) * 10
