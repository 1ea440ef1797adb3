"""Many people do the same thing at the same moment: one of them did it, the others are told.

Each race has its control: with the protection taken away the same test must see a second winner.
"""

import threading

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error, connection
from psycopg import sql

from config import env
from loket.offices.roles import Role
from loket.tickets.actions import WrongStatus
from loket.tickets.models import Event, IssuedDocument, Ticket
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS = 40


def all_at_once(acts):
    """Run all at the same moment; how many did it, and how many were told somebody was faster."""
    gate = threading.Barrier(len(acts))
    results = []

    def run(act):
        try:
            gate.wait()
            act()
            results.append("did it")
        except WrongStatus:
            results.append("told")
        except (PermissionDenied, Error) as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def ticket_to_decide(office):
    helpdesk, verifier = officer(office, Role.HELPDESK), officer(office)
    ticket = registration(office)
    complete(ticket, helpdesk)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    return ticket


def decide_at_once(ticket, officers):
    """Half of the officers accept, half refuse, each from an own copy of the page."""
    ways = ["terima", "tolak"]
    pages = [Ticket.objects.get(pk=ticket.pk) for _ in officers]
    return all_at_once(
        [
            lambda page=page, by=by, way=ways[place % 2]: complete(page, by, exit=way)
            for place, (page, by) in enumerate(zip(pages, officers, strict=True))
        ]
    )


def test_forty_officers_make_one_decision(depok):
    ticket = ticket_to_decide(depok)
    officers = [officer(depok) for _ in range(OFFICERS)]

    results = decide_at_once(ticket, officers)

    assert results == ["did it"] + ["told"] * (OFFICERS - 1)
    decisions = Event.objects.filter(ticket=ticket, name="step_done", step="putuskan")
    assert decisions.count() == 1


def test_without_lock_and_constraint_more_than_one_decides(depok, monkeypatch):
    ticket = ticket_to_decide(depok)
    officers = [officer(depok) for _ in range(OFFICERS)]
    monkeypatch.setattr(Ticket, "lock", lambda self: self.refresh_from_db())
    with without("tickets_segment", "segment_one_running"):
        decide_at_once(ticket, officers)

    decisions = Event.objects.filter(ticket=ticket, name="step_done", step="putuskan")
    assert decisions.count() > 1


def test_forty_officers_hand_out_one_receipt(depok):
    ticket = ticket_to_decide(depok)
    verifier = officer(depok)
    complete(ticket, verifier, exit="terima")
    complete(ticket, verifier, system="SPSE")
    officers = [officer(depok) for _ in range(OFFICERS)]
    pages = [Ticket.objects.get(pk=ticket.pk) for _ in officers]

    results = all_at_once(
        [
            lambda page=page, by=by: complete(page, by)
            for page, by in zip(pages, officers, strict=True)
        ]
    )

    assert results == ["did it"] + ["told"] * (OFFICERS - 1)
    assert [issued.serial for issued in IssuedDocument.objects.all()] == [1]


def without(table, constraint):
    """Take a constraint away for a while, as the owner of the table."""
    return Removed(table, constraint)


class Removed:
    """A unique index or constraint that is dropped on entering and made again on leaving."""

    def __init__(self, table, name):
        self.table, self.name = sql.Identifier(table), name

    def __enter__(self):
        with owner() as link:
            found = link.execute(FOUND, {"name": self.name}).fetchall()
            is_constraint, definition = found[0]
            drop, make = ABOUT[is_constraint]
            name = sql.Identifier(self.name)
            self.again = sql.SQL(make).format(table=self.table, name=name, definition=sql.SQL(definition))  # fmt: skip
            link.execute(sql.SQL(drop).format(table=self.table, name=name))

    def __exit__(self, *_):
        with owner() as link:
            link.execute(sql.SQL("DELETE FROM {}").format(self.table))
        with owner() as link:
            link.execute(self.again)


FOUND = """
    SELECT true, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %(name)s
    UNION ALL
    SELECT false, indexdef FROM pg_indexes WHERE indexname = %(name)s ORDER BY 1 DESC
"""
ABOUT = {
    True: (
        "ALTER TABLE {table} DROP CONSTRAINT {name}",
        "ALTER TABLE {table} ADD CONSTRAINT {name} {definition}",
    ),
    False: ("DROP INDEX {name}", "{definition}"),
}


def owner():
    """A connection of the owner role to the test's database."""
    parts = env.database(settings.DATABASE_OWNER_URL)
    return psycopg.connect(
        dbname=connection.settings_dict["NAME"],
        user=parts["USER"],
        password=parts["PASSWORD"],
        host=parts["HOST"],
        port=parts["PORT"] or None,
    )


def test_numbers_of_forty_tickets_are_all_different(bogor):
    people = [officer(bogor) for _ in range(OFFICERS)]

    results = all_at_once(
        [lambda by=by: registration(bogor, user=again(by)) for by in people]
    )

    assert results == ["did it"] * OFFICERS
    numbers = Ticket.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [
        f"BGR-{Ticket.objects.first().number[4:6]}-{serial:05d}"
        for serial in range(1, OFFICERS + 1)
    ]
