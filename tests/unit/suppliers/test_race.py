"""Many at once: one tax identity goes to one supplier, and one registration becomes one ticket."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from django.db import connection
from django.db.models import QuerySet

from config import env
from loket.kernel.errors import Conflict
from loket.suppliers.actions import confirm, new_link
from loket.suppliers.models import Link, Registration, Supplier
from loket.tickets.models import Ticket
from tests.factories.registering import filled_in, send

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 40
RULE = "supplier_one_per_tax_identity"


def at_once(drafts):
    """Send all of them at the same moment; what each one got, a conflict as its class."""
    start = Barrier(len(drafts))

    def sending(pk):
        try:
            draft = Registration.objects.get(pk=pk)
            start.wait(timeout=30)
            return send(draft).number
        except Conflict as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(drafts)) as pool:
        return list(pool.map(sending, [draft.pk for draft in drafts]))


def rivals(office, count):
    return [
        filled_in(office, f"saingan{n}@pandan.example", user_id=f"saingan{n}")
        for n in range(count)
    ]


def as_owner(statement):
    """Change the test database's tables, which the serving role may not."""
    owner = env.database(os.environ["DATABASE_OWNER_URL"])
    with psycopg.connect(
        dbname=connection.settings_dict["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
        host=owner["HOST"],
        port=owner["PORT"] or None,
    ) as link:
        link.execute(statement)


@pytest.fixture
def without_the_rule(bogor):
    """The table as it would be without its unique index."""
    connection.close()
    as_owner(f"DROP INDEX {RULE}")
    yield
    connection.close()
    as_owner("TRUNCATE suppliers_supplier, suppliers_registration CASCADE")
    as_owner(
        f"CREATE UNIQUE INDEX {RULE} ON suppliers_supplier (tax_id_digest)"
        " WHERE freed_at IS NULL"
    )


def test_one_number_sent_by_forty_makes_one_supplier(bogor):
    results = at_once(rivals(bogor, THREADS))
    assert sorted(set(results) - {"Taken"}) == [Ticket.objects.get().number]
    assert (Supplier.objects.count(), results.count("Taken")) == (1, THREADS - 1)


def test_without_the_unique_index_more_would_get_it(bogor, without_the_rule):
    at_once(rivals(bogor, 8))
    assert Supplier.objects.count() == 8


def test_one_registration_sent_forty_times_is_one_ticket(bogor):
    draft = filled_in(bogor)
    numbers = at_once([draft] * THREADS)
    assert set(numbers) == {Ticket.objects.get().number}
    assert Supplier.objects.count() == 1


def opened_at_once(token, count):
    """What each of so many browsers gets that open one link at the same moment."""
    start = Barrier(count)

    def opening(_):
        try:
            start.wait(timeout=30)
            confirm(token)
        except Conflict:
            return "refused"
        else:
            return "opened"
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return sorted(pool.map(opening, range(count)))


@pytest.mark.django_db(transaction=True)
def test_one_link_opened_twenty_times_at_once_gives_one_browser_the_draft(bogor):
    token = new_link(filled_in(bogor))
    assert opened_at_once(token, 20) == ["opened"] + ["refused"] * 19


@pytest.mark.django_db(transaction=True)
def test_without_the_condition_one_link_would_open_more_often(bogor, monkeypatch):
    token, meeting, update = new_link(filled_in(bogor)), Barrier(4), QuerySet.update

    def unconditional(rows, **changes):
        if rows.model is not Link or "used_at" not in changes:
            return update(rows, **changes)
        meeting.wait(timeout=30)
        return update(Link.objects.exclude(pk=None), **changes)

    monkeypatch.setattr(QuerySet, "update", unconditional)
    assert opened_at_once(token, 4) == ["opened"] * 4
