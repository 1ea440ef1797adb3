"""Three days of a mail server that is away, slow, refusing or cut off: no mail is lost, and none is lost in silence."""

import logging
from datetime import timedelta

import pytest
from procrastinate import RetryStrategy

from loket.kernel import clock, outbox
from loket.kernel.models import Mail
from loket.kernel.tasks import send_mail
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.proofs.faults import dying
from tests.proofs.faults.weather import PATIENCE, Sky, next_job, pull, weather_at
from tests.unit.tickets.browsing import address, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
THREE_DAYS = timedelta(hours=72)
HOUR = timedelta(hours=1)
EVERY = timedelta(hours=3)  # somebody registers
LAST = timedelta(hours=57)
LOST = "mail_lost"
TEMPLATE = "tickets/mail/received"


@pytest.fixture
def sky(settings, caplog):
    made = Sky()
    caplog.set_level(logging.CRITICAL, "procrastinate")  # it tells of every try
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    settings.EMAIL_TIMEOUT = PATIENCE
    yield made
    made.stop()


def promise(office, number):
    """The mail of a ticket, promised now."""
    ticket = registration(office, name=f"CV Cuaca {number}")
    outbox.promise(
        key=f"cuaca:{number}", to=ticket.applicant.email, template=TEMPLATE,
        context={"ticket": ticket.pk}, office_id=office.pk,
    )  # fmt: skip
    return ticket


def live_through(office, sky):
    """Three days: whoever registers does, the queue works when it has something to do."""
    began, passed, tickets = clock.now(), timedelta(), []
    while passed < THREE_DAYS:
        sky.turn(weather_at(passed))
        if passed <= LAST and passed >= len(tickets) * EVERY:
            with clock.at(began + passed):
                tickets.append(promise(office, len(tickets)))
        dying.work_off_all(began + passed)
        due = next_job()
        # At least an hour: the queue works late, which loses nothing either
        step = min(max(due - clock.now(), HOUR), EVERY) if due else EVERY
        pull(step)
        passed += step
    return tickets


def fates(sky):
    """By how each mail ended: taken exactly once, shown as failed and never taken, and the others."""
    arrived, failed, lost = [], [], []
    for mail in Mail.objects.filter(key__startswith="cuaca:"):
        times = sky.taken[mail.message_id]
        if mail.sent_at and not mail.failed_at and times == 1:
            arrived.append(mail)
        elif mail.failed_at and not mail.sent_at and mail.reason and not times:
            failed.append(mail)
        else:
            lost.append(mail)
    return arrived, failed, lost


def test_each_mail_of_three_bad_days_arrives_or_is_shown_as_failed(bogor, sky):
    tickets = live_through(bogor, sky)
    arrived, failed, lost = fates(sky)
    print(f"{len(tickets)} mails: {len(arrived)} arrived once, {len(failed)} shown as failed, {len(lost)} else; {sky.swallowed.total()} copies swallowed before")  # fmt: skip
    assert lost == []
    assert arrived != []
    assert failed != []
    by_number = {each.pk: each for each in tickets}
    shown = {pk for pk, ticket in by_number.items() if ticket.events.filter(name=LOST).exists()}  # fmt: skip
    assert shown == {mail.context["ticket"] for mail in failed}
    desk = signed_in(again(officer(bogor)))
    page = desk.get(address("ticket", by_number[failed[0].context["ticket"]].number))
    assert failed[0].get_reason_display() in page.content.decode()


def test_sending_that_gives_up_in_silence_is_noticed(bogor, sky, monkeypatch):
    monkeypatch.setattr(send_mail, "retry_strategy", RetryStrategy(max_attempts=1, wait=1))  # fmt: skip
    live_through(bogor, sky)
    found = [len(each) for each in fates(sky)]
    print("control: {} arrived once, {} shown as failed, {} lost".format(*found))
    assert found[2] > 0
