"""A draft goes on at another device; what is left is deleted; what does not arrive is noticed."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client

from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.suppliers.actions import answer, confirm, new_link
from loket.suppliers.models import Link, LinkRequest, Registration
from loket.suppliers.tasks import alarm_of_late_mails, sweep_drafts
from tests.factories.jobs import run_jobs_here
from tests.factories.people import officer
from tests.factories.registering import (
    BUSINESS,
    EMAIL,
    NPWP,
    asked,
    browser_of,
    confirmed,
    post,
    requested,
    submitted,
)

pytestmark = pytest.mark.django_db
URL = "/kantor/kota-bogor/daftar/"
LINK = re.compile(r"/kantor/[a-z-]+/daftar/tautan/[A-Za-z0-9_-]{43}/")


def moved(browser):
    """Ask on a page of the draft for a link, and open it in another browser."""
    post(browser, f"{URL}perangkat-lain/", {"page": "tax"})
    run_jobs_here()
    other = Client()
    link = LINK.search(outbox.outbox[-1].body)[0]
    assert post(other, link).url == f"{URL}usaha/"
    return other


def test_draft_goes_on_at_another_device_and_at_the_first(bogor):
    draft = confirmed(bogor)
    first = browser_of(draft)
    post(first, f"{URL}usaha/", BUSINESS)
    second = moved(first)
    assert 'value="cv"' in second.get(f"{URL}usaha/").content.decode()
    assert [each.get(f"{URL}npwp/").status_code for each in (first, second)] == [200] * 2  # fmt: skip
    assert Registration.objects.count() == 1


def test_devices_keep_one_anothers_pages(bogor):
    draft = confirmed(bogor)
    here, there = (Registration.objects.get(pk=draft.pk) for _device in range(2))
    answer(here, page="business", said=BUSINESS)
    answer(there, page="tax", said={"number": NPWP})
    draft.refresh_from_db()
    assert (draft.typed["business"], draft.typed["tax"]) == (BUSINESS, {"number": NPWP})


def test_whoever_asks_again_gets_his_draft_back(bogor):
    draft = confirmed(bogor)
    again = requested(bogor, EMAIL.upper())
    assert (again.registration, again.mail.template) == (draft, "suppliers/mail/resume")


def test_draft_of_another_office_is_another_draft(bogor, depok):
    draft = confirmed(bogor)
    assert requested(depok).registration != draft


def test_link_lasts_from_what_was_saved_last(bogor):
    moment = clock.now()
    with clock.at(moment):
        draft = confirmed(bogor)
        link = new_link(draft)
    with clock.at(moment + timedelta(hours=70)):
        answer(draft, page="business", said=BUSINESS)
    with clock.at(moment + timedelta(hours=141)):
        assert confirm(link) == draft


def test_resuming_needs_a_draft(client, bogor):
    assert post(client, f"{URL}perangkat-lain/").url == URL
    assert LinkRequest.objects.count() == 0


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_unfinished_draft_is_deleted_with_its_links(bogor, days, left):
    moment = clock.now()
    with clock.at(moment):
        new_link(asked(bogor))
    with clock.at(moment + timedelta(days=days)):
        sweep_drafts(timestamp=0)
    assert (Registration.objects.count(), Link.objects.count()) == (left, left)


def test_sent_registration_is_not_swept(bogor):
    submitted(bogor)
    with clock.at(clock.now() + timedelta(days=400)):
        sweep_drafts(timestamp=0)
    assert Registration.objects.count() == 1


def alarms(office_letters):
    return Mail.objects.filter(template="suppliers/mail/late").count() == office_letters


@pytest.mark.parametrize(("hours", "mails"), [(47, 0), (49, 1)])
def test_mail_not_sent_in_time_alarms_the_office_once(batang, hours, mails):
    officer(batang, Role.HELPDESK)
    moment = clock.now()
    with clock.at(moment):
        requested(batang)
    with clock.at(moment + timedelta(hours=hours)):
        for _run in range(2):
            alarm_of_late_mails(timestamp=0)
    assert alarms(mails)


def test_office_without_a_promise_is_told_of_refused_mails_only(bogor):
    officer(bogor, Role.KASUBAG_LPSE)
    requested(bogor)
    requested(bogor, "salah@pandan.example")
    refused = Mail.objects.filter(to="salah@pandan.example")
    refused.update(failed_at=clock.now(), reason="unknown_mailbox")
    with clock.at(clock.now() + timedelta(days=5)):
        alarm_of_late_mails(timestamp=0)
    assert alarms(1)
    assert LinkRequest.objects.exclude(alarmed_at=None).get().email == "salah@pandan.example"  # fmt: skip


def test_sent_mail_is_no_alarm(batang):
    officer(batang, Role.HELPDESK)
    requested(batang)
    run_jobs_here()
    with clock.at(clock.now() + timedelta(days=5)):
        alarm_of_late_mails(timestamp=0)
    assert alarms(0)


@pytest.mark.django_db(transaction=True)
def test_one_link_opened_by_eight_at_once_opens_once(bogor):
    token, start = new_link(asked(bogor)), Barrier(8)

    def opening(_each):
        try:
            start.wait(timeout=30)
            return confirm(token).pk
        except Conflict:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(opening, range(8)))
    assert opened.count(None) == 7
