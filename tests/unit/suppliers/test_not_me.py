"""The owner of an address says: not me. What stops, what stays, and who hears of it."""

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.test import Client

from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.suppliers.actions import answer, confirm, new_link, new_report_link, report
from loket.suppliers.actions.submitting import Taken
from loket.suppliers.models import Link, LinkRequest, Registration
from loket.suppliers.tasks import tell_of_report
from loket.tickets.models import Event
from loket.tickets.queries.reading import timeline
from tests.factories.jobs import run_jobs_here
from tests.factories.people import officer, person
from tests.factories.registering import (
    BUSINESS,
    EMAIL,
    browser_of,
    filled_in,
    post,
    requested,
    send,
    submitted,
)

pytestmark = pytest.mark.django_db
URL = "/kantor/kota-bogor/daftar/"
NOT_ME = re.compile(r"/kantor/[a-z-]+/daftar/bukan-saya/[A-Za-z0-9_-]{43}/")


def reported(draft):
    """Its owner says so by the link of a mail."""
    report(new_report_link(draft.office, registration=draft, request=None))


def link_of(letter):
    return NOT_ME.search(letter.body)[0]


def test_every_mail_of_a_registration_can_be_reported(bogor):
    person_known = person()
    requested(bogor, person_known.email)
    submitted(bogor)
    run_jobs_here()
    assert len(outbox.outbox) == 3
    links = {link_of(letter) for letter in outbox.outbox}
    assert {Client().get(link).status_code for link in links} == {200}
    assert len(links) == 3


def test_looking_at_the_page_stops_nothing(bogor):
    draft = filled_in(bogor)
    token = new_report_link(bogor, registration=draft, request=None)
    page = Client().get(f"{URL}bukan-saya/{token}/")
    assert (page.status_code, EMAIL in page.content.decode()) == (200, False)
    assert Registration.objects.get().stopped_at is None


def test_report_stops_the_draft_and_deletes_what_was_typed(bogor):
    draft = filled_in(bogor)
    browser, link = browser_of(draft), new_link(draft)
    token = new_report_link(bogor, registration=draft, request=None)
    assert post(Client(), f"{URL}bukan-saya/{token}/").status_code == 302
    draft.refresh_from_db()
    assert (draft.typed, draft.password_hash, draft.stopped_at is None) == ({}, "", False)  # fmt: skip
    assert browser.get(f"{URL}usaha/").url == URL
    assert Client().get(f"{URL}tautan/{link}/").status_code == 410
    with pytest.raises(Conflict):
        confirm(link)


def test_stopped_draft_takes_no_answer_and_is_not_sent(bogor):
    draft = filled_in(bogor)
    reported(draft)
    with pytest.raises(Conflict):
        answer(draft, page="business", said=BUSINESS)
    with pytest.raises(Taken):
        send(draft)


def test_report_of_another_office_or_of_no_one_is_refused(bogor, depok):
    token = new_report_link(bogor, registration=filled_in(bogor), request=None)
    pages = [f"/kantor/kota-depok/daftar/bukan-saya/{token}/", f"{URL}bukan-saya/x/"]
    for page in pages:
        assert {Client().get(page).status_code, post(Client(), page).status_code} == {410}  # fmt: skip
    assert Registration.objects.get().stopped_at is None


def test_link_of_a_draft_reports_nothing(bogor):
    with pytest.raises(Conflict):
        report(new_link(filled_in(bogor)))


def test_address_is_left_in_peace_for_a_day(bogor):
    moment = clock.now()
    with clock.at(moment):
        reported(filled_in(bogor))
        held = requested(bogor)
    with clock.at(moment + timedelta(hours=25)):
        later = requested(bogor)
    assert (held.held_until, held.mail) == (moment + timedelta(hours=24), None)
    assert later.mail.template == "suppliers/mail/confirm"


def test_report_of_a_known_address_leaves_the_account_alone(bogor):
    known = person()
    asked = requested(bogor, known.email)
    report(new_report_link(bogor, registration=None, request=asked))
    known.refresh_from_db()
    assert (known.is_active, requested(bogor, known.email).mail) == (True, None)


def test_report_of_a_sent_registration_is_told_on_the_ticket_inside_the_office(bogor):
    draft = submitted(bogor)
    helper = officer(bogor, Role.HELPDESK)
    reported(draft)
    run_jobs_here()
    ticket = draft.ticket
    assert Event.objects.filter(ticket=ticket, name="reported").count() == 1
    told = [each.name for each in timeline(ticket, for_office=False)]
    assert "reported" not in told
    letter = next(each for each in outbox.outbox if each.to == [helper.email])
    assert (ticket.number in letter.body, EMAIL in letter.body) == (True, False)
    draft.refresh_from_db()
    assert draft.stopped_at is None


def test_second_report_and_second_job_change_nothing(bogor):
    draft = submitted(bogor)
    officer(bogor, Role.KEPALA_TIM)
    token = new_report_link(bogor, registration=draft, request=None)
    for _again in range(2):
        report(token)
    run_jobs_here()
    tell_of_report(
        link_id=Link.objects.get(purpose=Link.REPORT, used_at__isnull=False).pk
    )
    assert Event.objects.filter(name="reported").count() == 1
    assert Mail.objects.filter(template="suppliers/mail/reported").count() == 1


def test_requests_of_a_stopped_address_are_no_alarm(bogor):
    reported(filled_in(bogor))
    requested(bogor)
    assert LinkRequest.objects.filter(mail=None).exclude(held_until=None).count() == 1
