"""The pages of a video call: what the officer and the applicant can do, and what they are told by mail."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loket.kernel import clock
from loket.tickets.models import Ticket
from loket.verification.actions import miss, propose
from loket.verification.models import Session
from loket.verification.tasks import remind_of_sessions
from tests.factories.calling import at_call, held, plan, screenshot
from tests.factories.counting import statements
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer
from tests.unit.tickets.browsing import signed_in
from tests.unit.ui.pages import Page

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 10.30 WIB
CALL = MONDAY + timedelta(hours=1)
PLAN = {"day": "23-11-2026", "time": "11.30", "provider": "phone", "where": "0812 0000 0177"}  # fmt: skip


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def called(bogor):
    return at_call(bogor)


def send(client, name, *args, **said):
    address = reverse(f"verification:{name}", args=args)
    return client.post(address, {**said, "kunci": uuid4().hex})


def page(client, ticket):
    answered = client.get(reverse("verification:session", args=[ticket.number]))
    assert answered.status_code == 200
    return Page(answered.content.decode())


def letters():
    before = len(mail.outbox)
    run_jobs_here()
    return mail.outbox[before:]


def test_whole_call_by_its_page(called):
    ticket, caller = called
    run_jobs_here()
    desk = signed_in(again(caller))
    assert send(desk, "plan", ticket.number, **PLAN).status_code == 302
    session = Session.objects.get()
    [letter] = letters()
    assert letter.subject == f"Tiket {ticket.number}: jadwal panggilan video"
    assert "Senin, 23 November 2026, 11.30 WIB" in letter.body
    assert session.code not in letter.body
    args = (ticket.number, session.pk)
    with clock.at(CALL):
        desk = signed_in(again(caller))
        for act in ("mulai", "setuju", "kode"):
            assert send(desk, "act", *args, act).status_code == 302
        for code in ("ktp-pimpinan", "npwp-perusahaan"):
            said = {"accepted": "yes", "original_seen": "on", "after": 0}
            assert send(desk, "verdict", *args, code, **said).status_code == 302
        refused = send(desk, "finish", *args)
        assert (refused.status_code, "Belum ada gambar bukti" in refused.content.decode()) == (422, True)  # fmt: skip
        file = SimpleUploadedFile("layar.png", screenshot(), "image/png")
        assert send(desk, "picture", *args, file=file).status_code == 302
        assert send(desk, "finish", *args).status_code == 302
        told = letters()
    assert Ticket.objects.get(pk=ticket.pk).step == "aktifkan"
    assert [each.subject for each in told] == [f"Tiket {ticket.number}: verifikasi lewat panggilan video selesai"]  # fmt: skip


def test_what_was_typed_stays_when_the_time_is_refused(called):
    ticket, caller = called
    said = PLAN | {"time": "20.00"}
    refused = send(signed_in(again(caller)), "plan", ticket.number, **said)
    text = refused.content.decode()
    assert (refused.status_code, 'value="20.00"' in text, "di luar jam panggilan video" in text) == (422, True, True)  # fmt: skip


def test_applicant_reads_his_call_and_consents(called):
    ticket, caller = called
    session = propose(ticket, plan(CALL + timedelta(days=1)), by=again(caller))
    own = signed_in(again(ticket.applicant))
    address = reverse("tickets:own", args=[ticket.number])
    text = own.get(address).content.decode()
    assert ("Selasa, 24 November 2026, 11.30 WIB" in text, session.code in text) == (True, False)  # fmt: skip
    assert send(own, "agree", ticket.number, session.pk).status_code == 302
    with clock.at(CALL + timedelta(days=1)):
        own = signed_in(again(ticket.applicant))
        text = own.get(address).content.decode()
    assert ("Anda sudah setuju." in text, session.code in text) == (True, True)


def test_strangers_reach_neither_page_nor_consent(called, depok):
    ticket, caller = called
    session = propose(ticket, plan(CALL), by=again(caller))
    stranger = signed_in(officer(depok))
    address = reverse("verification:session", args=[ticket.number])
    assert stranger.get(address).status_code == 404
    assert send(stranger, "act", ticket.number, session.pk, "batal").status_code == 404
    assert send(stranger, "agree", ticket.number, session.pk).status_code in (403, 404)
    assert Session.objects.get().is_planned


def test_cancelled_and_missed_calls_are_told_by_mail(called):
    ticket, caller = called
    desk = signed_in(again(caller))
    first = propose(ticket, plan(CALL), by=again(caller))
    run_jobs_here()
    send(desk, "act", ticket.number, first.pk, "batal")
    second = propose(ticket, plan(CALL), by=again(caller))
    with clock.at(CALL):
        miss(second, by=again(caller))
        subjects = [each.subject.split(": ")[1] for each in letters()]
    assert subjects == [
        "panggilan video dibatalkan", "jadwal panggilan video", "kami tidak bertemu Anda dalam panggilan video",
    ]  # fmt: skip


def test_reminders_come_a_day_and_an_hour_before_each_once(called):
    ticket, caller = called
    propose(ticket, plan(MONDAY + timedelta(days=2)), by=again(caller))
    run_jobs_here()
    told = []
    for hours in (20, 24, 30, 46.9, 47, 47.5, 49):
        with clock.at(MONDAY + timedelta(hours=hours)):
            remind_of_sessions(0)
            told.append(len(letters()))
    assert told == [0, 1, 0, 0, 1, 0, 0]


def test_call_planned_at_short_notice_has_no_reminder_of_the_day(called):
    ticket, caller = called
    propose(ticket, plan(CALL + timedelta(minutes=30)), by=again(caller))
    run_jobs_here()
    with clock.at(MONDAY + timedelta(minutes=10)):
        remind_of_sessions(0)
    assert letters() == []


def test_session_page_stays_within_its_statements(called):
    ticket, caller = called
    _session, hold = held(ticket, caller)
    with clock.at(CALL):
        desk = signed_in(again(caller))
        hold()
        page(desk, ticket)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            page(desk, ticket)
    asked = [each for each in statements if each["sql"].startswith('SELECT "')]
    assert len(asked) <= 16


def test_ticket_page_stays_within_its_statements(called):
    ticket, caller = called
    propose(ticket, plan(CALL), by=again(caller))
    desk = signed_in(again(caller))
    address = reverse("tickets:ticket", args=[ticket.number])
    desk.get(address)
    with statements() as asked:
        assert desk.get(address).status_code == 200
    assert len(asked) <= 12
