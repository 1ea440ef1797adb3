"""Events and what follows from them: one job a subscriber, done once, tried again when it fails."""

from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from loket.kernel import clock
from loket.kernel.models import Mail
from loket.kernel.outbox import promise
from loket.offices.roles import Role
from loket.tickets import subscriptions
from loket.tickets.actions import take, withdraw, write_message
from loket.tickets.actions.events import record
from loket.tickets.models import Delivery, Event, Message, Ticket
from loket.tickets.subscriptions import deliver, on
from tests.factories.jobs import run_jobs
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import complete

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
committed = pytest.mark.django_db(transaction=True)
DELIVER = "loket.tickets.subscriptions.deliver"


@pytest.fixture
def heard(monkeypatch):
    """Two subscribers of an event nobody else knows; the first can be told to fail."""
    monkeypatch.setattr(subscriptions, "_subscribers", dict(subscriptions._subscribers))
    wanting = {name: list(wants) for name, wants in subscriptions._wanting.items()}
    monkeypatch.setattr(subscriptions, "_wanting", defaultdict(list, wanting))
    told = Heard()
    on("bell")(told.first)
    on("bell")(told.second)
    return told


class Heard:
    """What was heard, and how often the first listener still fails."""

    def __init__(self):
        self.calls = Counter()
        self.failures = 0

    def first(self, event):
        """Leaves a mail behind, and sometimes fails after it."""
        self.calls["first"] += 1
        promise(
            key=f"bell:{event.pk}:{self.calls['first']}", to="a@pandan.example",
            template="tickets/mail/rejected", context={"ticket": event.ticket_id},
        )  # fmt: skip
        if self.failures:
            self.failures -= 1
            raise RuntimeError("deaf today")

    def second(self, event):
        self.calls["second"] += 1


def ring(ticket):
    return record(ticket, "bell", by=None)


def deliveries():
    return ProcrastinateJob.objects.filter(task_name=DELIVER)


def try_again():
    """What the worker put off for later is due now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")
    run_jobs()


@pytest.mark.django_db
def test_event_makes_one_job_for_each_subscriber(bogor, heard):
    event = ring(registration(bogor))
    jobs = [job.args for job in deliveries() if job.args["event_id"] == event.pk]
    names = sorted(job["name"].rpartition(".")[2] for job in jobs)
    assert names == ["first", "second"]


@pytest.mark.django_db
def test_event_nobody_wants_makes_no_job(bogor):
    ticket = registration(bogor)
    before = deliveries().count()
    record(ticket, "nobody_listens", by=None)
    assert deliveries().count() == before


@pytest.mark.django_db
def test_event_delivered_twice_is_heard_once(bogor, heard):
    event = ring(registration(bogor))
    job = next(job for job in deliveries() if job.args["name"].endswith("first"))
    for _ in range(3):
        deliver.func(**job.args)
    assert (heard.calls["first"], Mail.objects.count()) == (1, 1)
    assert Delivery.objects.filter(event_id=event.pk).count() == 1


@pytest.mark.django_db
def test_each_subscriber_has_a_delivery_of_its_own(bogor, heard):
    ring(registration(bogor))
    for job in deliveries().exclude(args__name__startswith="loket"):
        deliver.func(**job.args)
    assert heard.calls == {"first": 1, "second": 1}


@committed
def test_worker_tells_every_subscriber_once(bogor, heard):
    ring(registration(bogor))
    run_jobs()
    run_jobs()
    assert heard.calls == {"first": 1, "second": 1}
    assert deliveries().count() == 0


@committed
def test_failed_subscriber_leaves_nothing_and_is_told_again(bogor, heard):
    heard.failures = 1
    event = ring(registration(bogor))
    run_jobs()
    assert (Mail.objects.count(), Delivery.objects.filter(event_id=event.pk).count()) == (0, 1)  # fmt: skip
    [waiting] = deliveries()
    assert (waiting.status, waiting.attempts) == ("todo", 1)
    assert waiting.scheduled_at is not None
    try_again()
    assert (heard.calls["first"], Mail.objects.count()) == (2, 1)
    assert deliveries().count() == 0


@committed
def test_failure_of_one_subscriber_does_not_hold_up_the_other(bogor, heard):
    heard.failures = 1
    ring(registration(bogor))
    run_jobs()
    assert heard.calls["second"] == 1


@committed
def test_verb_that_is_rolled_back_leaves_neither_event_nor_job(bogor, heard):
    ticket = registration(bogor)
    before = Event.objects.count(), deliveries().count()
    with transaction.atomic():
        ring(ticket)
        withdraw(ticket, by=again(ticket.applicant))
        transaction.set_rollback(True)
    assert (Event.objects.count(), deliveries().count()) == before
    assert Ticket.objects.get(pk=ticket.pk).status == "waiting_applicant"


@committed
def test_nobody_hears_of_an_event_before_it_is_committed(bogor, heard):
    ticket = registration(bogor)
    with transaction.atomic():
        ring(ticket)
        run_jobs()  # in another connection
        assert heard.calls == {}
    run_jobs()
    assert heard.calls == {"first": 1, "second": 1}


@pytest.mark.django_db
def test_event_keeps_when_it_happened_and_when_it_was_entered(batang):
    with clock.at(MONDAY):
        ticket = registration(batang)
    entered = MONDAY.replace(hour=8)
    with clock.at(entered):
        event = record(ticket, "bell", by=None, at=MONDAY.replace(hour=5))
    assert (event.at, event.recorded_at) == (MONDAY.replace(hour=5), entered)


@pytest.mark.django_db
def test_rows_of_a_walk_are_all_entered_now(depok):
    with clock.at(MONDAY):
        helpdesk = officer(depok, Role.HELPDESK)
        ticket = registration(depok)
        complete(ticket, helpdesk)
        write_message(ticket, by=again(helpdesk), body="Halo")
        take(ticket, by=again(helpdesk))
    rows = [
        *Event.objects.filter(ticket=ticket), *Message.objects.filter(ticket=ticket),
        *ticket.segments.all(), *ticket.documents.all(), ticket,
    ]  # fmt: skip
    assert {row.recorded_at for row in rows} == {MONDAY}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "as_what"),
    [("officer", "officer"), ("applicant", "party"), ("foreigner", "party"), (None, "system")],
)  # fmt: skip
def test_event_says_as_what_its_actor_acted(bogor, depok, who, as_what):
    ticket = registration(bogor)
    people = {
        "officer": officer(bogor),
        "applicant": ticket.applicant,
        "foreigner": officer(depok),
        None: None,
    }
    by = again(people[who]) if who else None
    assert record(ticket, "bell", by=by).as_what == as_what
