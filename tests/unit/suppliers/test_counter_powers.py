"""A letter on paper that nobody granted in loket: written down at the counter, or refused (C1, D9)."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from loket.kernel import clock
from loket.suppliers.actions.appearing import appear
from loket.suppliers.actions.counter import record_power
from loket.suppliers.models import PowerOfAttorney
from loket.suppliers.queries.people import owners_of
from loket.suppliers.queries.proxies import acts_for
from loket.tickets.models import Event, Ticket
from loket.tickets.queries import asked_documents
from loket.verification.steps import who_may_come
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer
from tests.factories.registering import EMAIL, NIK, post
from tests.flows.story import text_of
from tests.unit.suppliers.test_proxies import (
    at_verification,
    proxy,
    submitted_ticket,
    supplier_of,
)
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PAPERS = ["ktp-kuasa", "surat-kuasa"]


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(depok):
    return at_verification(submitted_ticket(depok))


@pytest.fixture
def verifier(depok):
    return officer(depok)


def grantor(ticket):
    return owners_of(supplier_of(ticket)).get()


def said(ticket, **changes):
    answers = {
        "grantor": grantor(ticket).pk, "name": "Gilang Seta", "nik": NIK, "valid_from": "2026-11-20",
        "valid_until": "2026-11-30", "has_meterai": "on", "originals_seen": "on",
    }  # fmt: skip
    return {name: value for name, value in (answers | changes).items() if value}


def address(ticket):
    return f"/meja/tiket/{ticket.number}/kuasa/catat/"


def test_depok_serves_who_brings_the_letter(ticket, verifier):
    desk = signed_in(verifier)
    shown = desk.get(f"/meja/tiket/{ticket.number}/").content.decode()
    assert shown.count(address(ticket)) == 1
    assert post(desk, address(ticket), said(ticket)).status_code == 302
    power = PowerOfAttorney.objects.get()
    assert (power.is_accepted, power.meterai_seen, power.recorded_by) == (True, True, verifier)  # fmt: skip
    ticket.refresh_from_db()
    assert [name for _key, name in who_may_come(ticket).proxies] == ["Gilang Seta"]
    given = [each for each in asked_documents(ticket) if each.code in PAPERS]
    assert [(each.is_missing, each.document.file, each.document.given_by) for each in given] == [(False, None, verifier)] * 2  # fmt: skip


def test_owner_is_told_who_came_and_sees_the_letter(ticket, verifier):
    power = record_power(ticket, proxy(), grantor=grantor(ticket), by=verifier)
    appear(Ticket.objects.get(), power, by=again(verifier))
    run_jobs_here()
    assert (mail.outbox[-1].to, "Gilang Seta" in mail.outbox[-1].body) == ([EMAIL], True)  # fmt: skip
    own = signed_in(ticket.applicant).get(f"/usaha/{supplier_of(ticket).pk}/kuasa/{power.pk}/")  # fmt: skip
    assert "Surat di atas kertas, dicatat di loket" in text_of(own)


def test_bogor_writes_no_letter_down_and_says_why(bogor):
    ticket, verifier = submitted_ticket(bogor), officer(bogor)
    desk = signed_in(verifier)
    reason = "Berkas ditunjukkan sendiri oleh direksi, pejabat, pimpinan, atau pemilik usaha."  # fmt: skip
    page = desk.get(address(ticket))
    assert (reason in text_of(page), b"<form method" in page.content.split(b"<main")[1]) == (True, False)  # fmt: skip
    assert address(ticket) not in desk.get(f"/meja/tiket/{ticket.number}/").content.decode()  # fmt: skip
    refused = post(desk, address(ticket), said(ticket))
    assert (refused.status_code, PowerOfAttorney.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("originals_seen", ""), ("nik", "123"), ("valid_until", "2026-11-22"), ("has_meterai", ""), ("grantor", "999999"),
    ],
)  # fmt: skip
def test_letter_that_is_not_right_is_not_written_down(ticket, verifier, field, value):
    answered = post(signed_in(verifier), address(ticket), said(ticket, **{field: value}))  # fmt: skip
    assert (answered.status_code, list(answered.context["form"].errors)) == (422, [field])  # fmt: skip
    assert not Event.objects.filter(name="power_recorded").exists()


def test_only_officers_of_the_office_write_it_down(ticket, bogor):
    for stranger in (officer(bogor), ticket.applicant):
        with pytest.raises(PermissionDenied):
            record_power(ticket, proxy(), grantor=grantor(ticket), by=stranger)
        assert post(signed_in(stranger), address(ticket), said(ticket)).status_code in {403, 404}  # fmt: skip


def test_letter_is_no_power_after_its_last_day(ticket, verifier):
    record_power(ticket, proxy(last=0), grantor=grantor(ticket), by=verifier)
    assert len(acts_for(ticket)) == 1
    with clock.at(datetime(2026, 11, 24, 3, 0, tzinfo=UTC)):
        assert acts_for(ticket) == []


def test_same_letter_is_written_down_once(ticket, verifier):
    record_power(ticket, proxy(), grantor=grantor(ticket), by=verifier)
    with pytest.raises(ValidationError, match="sudah ada"):
        record_power(ticket, proxy(), grantor=grantor(ticket), by=verifier)
