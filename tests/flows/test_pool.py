"""One connection serves A, then B, then nobody: what was said about A is gone before B asks."""

import copy
import threading

import pytest
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client

from loket.offices import middleware, permissions
from tests.factories.people import again
from tests.factories.tickets import registration

pytestmark = pytest.mark.django_db(transaction=True)
EACH = 100


@pytest.fixture
def pooled(settings):
    """As page servers connect: nobody at first, by a pool that here has a single connection."""
    plain = connections.settings["default"]
    made = copy.deepcopy(plain)
    made["NAME"] = connection.settings_dict["NAME"]
    made |= {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    made["CONN_HEALTH_CHECKS"] = False
    made["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 1, "timeout": 20}}
    settings.DATABASE_ACTOR = ""
    connections.settings["default"] = made
    yield
    connections.settings["default"] = plain
    DatabaseWrapper._connection_pools.pop("default").close()


@pytest.fixture
def tickets(packs, bogor, depok):
    return registration(bogor, name="CV Pertama"), registration(depok, name="CV Kedua")


def visits(client, own, foreign, found):
    """Many pages of one person; after each, what the connection still tells nobody."""
    try:
        for _ in range(EACH):
            text = client.get("/tiket/").content.decode()
            found += [] if own.number in text else ["own is missing"]
            found += ["foreign"] if foreign.number in text else []
            connection.close()  # back to the pool, as at the end of a request
            found += left_behind()
    finally:
        connection.close()


def left_behind():
    """What somebody without a name meets on the next connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('loket.person', true), ''),"
            " (SELECT count(*) FROM tickets_ticket)"
        )
        person, seen = cursor.fetchone()
    connection.close()
    return [f"said {person}, seen {seen}"] if person or seen else []


def both_at_once(tickets):
    one, other = tickets
    found, threads = [], []
    for own, foreign in ((one, other), (other, one)):
        client = Client()
        client.force_login(again(own.applicant))
        threads.append(threading.Thread(target=visits, args=(client, own, foreign, found)))  # fmt: skip
    return found, threads


def run(threads):
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def test_pooled_connection_never_carries_a_person(tickets, request):
    found, threads = both_at_once(tickets)
    request.getfixturevalue("pooled")
    run(threads)
    assert found == []
    assert DatabaseWrapper._connection_pools["default"].get_stats()["connections_num"] == 1  # fmt: skip


def test_what_outlives_its_transaction_would_be_found(tickets, request, monkeypatch):
    """The negative control: said for the session instead of the transaction."""

    def carelessly(user):
        permissions.enter(user)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('loket.person', %s, false)", [str(user.pk or "")])  # fmt: skip

    monkeypatch.setattr(middleware, "enter", carelessly)
    found, threads = both_at_once(tickets)
    request.getfixturevalue("pooled")
    run(threads)
    assert [each for each in found if each.startswith("said")] != []
