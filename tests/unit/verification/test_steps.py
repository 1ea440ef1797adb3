"""Receiving, verifying and the receipt, as the three offices use these kinds of step."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.queries import spec_of
from loket.tickets.actions import Finding, WrongStatus, judge
from loket.tickets.models import Event, IssuedDocument, Ticket, Verdict
from loket.tickets.queries import asked_documents
from loket.tickets.steps import kind_of
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete, step_of
from tests.unit.tickets.browsing import (
    at_receipt,
    at_verification,
    give_all,
    read,
    send,
    signed_in,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def front(bogor):
    return officer(bogor, Role.FRONT_OFFICE)


@pytest.fixture
def verifier(bogor):
    return officer(bogor)


def states(ticket):
    return [each.state for each in asked_documents(ticket)]


def said_at(ticket, code, **form):
    """What the step's form makes of these answers."""
    step = spec_of(ticket.standard_id).step(code)
    filled = kind_of(step).form(ticket, step, form)
    return filled.is_valid(), filled.cleaned_data if filled.is_valid() else None


def at_check(bogor, front):
    """Documents brought along; the front office looks whether all are there."""
    ticket = registration(bogor)
    complete(ticket, front)
    return ticket


def test_officer_notes_every_original_that_was_brought(bogor, front):
    ticket = at_check(bogor, front)
    assert states(ticket) == ["given", "given"]
    given = ticket.documents.order_by("id")
    assert [(each.file, each.given_by) for each in given] == [(None, front)] * 2


def test_uploads_are_not_noted_a_second_time(bogor):
    ticket = registration(bogor)
    give_all(ticket)
    complete(ticket, ticket.applicant)
    assert (ticket.documents.count(), ticket.step) == (2, "periksa")


def test_applicant_who_misses_documents_reads_which(bogor):
    ticket = registration(bogor)
    with pytest.raises(ValidationError) as refusal:
        complete(ticket, ticket.applicant)
    titles = [str(each.requirement.title) for each in asked_documents(ticket)]
    assert refusal.value.messages == [f"Belum ada berkas: {', '.join(titles)}."]
    assert Ticket.objects.get(pk=ticket.pk).step == "siapkan"


def test_auditor_notes_no_original(bogor):
    ticket = registration(bogor)
    with pytest.raises(PermissionDenied):
        complete(ticket, officer(bogor, Role.AUDITOR))
    assert not ticket.documents.exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [("yes", (True, {"complete": True})), ("no", (True, {"complete": False})), ("", (False, None))],
)  # fmt: skip
def test_step_with_a_way_back_asks_whether_all_is_there(bogor, front, answer, said):
    assert said_at(at_check(bogor, front), "periksa", complete=answer) == said


def test_step_without_a_way_back_asks_nothing(depok):
    assert said_at(registration(depok), "datang", complete="no") == (True, {})


def test_incomplete_documents_go_back_to_the_applicant(bogor, front):
    ticket = at_check(bogor, front)
    complete(ticket, front, complete=False)
    assert (ticket.step, ticket.status) == ("siapkan", "waiting_applicant")
    assert Event.objects.filter(ticket=ticket, name="correction_asked").count() == 1
    assert ticket.counting_from is None


def test_clock_starts_when_the_documents_are_found_complete(bogor, front):
    ticket = at_check(bogor, front)
    complete(ticket, front, complete=False)
    complete(ticket, front)
    complete(ticket, front, complete=True)
    assert (ticket.step, ticket.counting_from) == ("verifikasi", MONDAY)


def test_document_refused_at_verification_is_noted_again_when_shown(
    bogor, front, verifier
):
    ticket = at_check(bogor, front)
    complete(ticket, front, complete=True)
    for place, asked in enumerate(asked_documents(ticket)):
        judge(asked.document, Finding(place > 0, place > 0, "expired"), by=again(verifier), after=0)  # fmt: skip
    complete(ticket, verifier)
    assert states(ticket) == ["refused", "accepted"]
    complete(ticket, front)
    versions = [each.version for each in asked_documents(ticket)]
    assert (states(ticket), versions) == (["given", "accepted"], [2, 1])


@pytest.mark.parametrize("judged", [0, 1])
def test_verification_waits_for_every_verdict(bogor, verifier, judged):
    ticket = at_verification(bogor)
    for asked in asked_documents(ticket)[:judged]:
        judge(
            asked.document,
            Finding(True, original_seen=True),
            by=again(verifier),
            after=0,
        )
    with pytest.raises(ValidationError):
        complete(ticket, verifier)
    assert Ticket.objects.get(pk=ticket.pk).step == "verifikasi"


@pytest.mark.parametrize(
    ("refused", "step", "button"),
    [
        ([], "tanda-terima", "Semua berkas sesuai"),
        ([0], "siapkan", "Kembalikan untuk diperbaiki"),
        ([1], "siapkan", "Kembalikan untuk diperbaiki"),
        ([0, 1], "siapkan", "Kembalikan untuk diperbaiki"),
    ],
)
def test_verdicts_decide_where_it_goes_and_what_the_button_says(
    bogor, verifier, refused, step, button
):
    ticket = at_verification(bogor)
    for place, asked in enumerate(asked_documents(ticket)):
        finding = Finding(place not in refused, place not in refused, "differs")
        judge(asked.document, finding, by=again(verifier), after=0)
    standing = step_of(ticket)
    assert kind_of(standing).button(ticket, standing) == button
    complete(ticket, verifier)
    assert ticket.step == step


def test_front_office_does_not_verify(bogor, front, verifier):
    ticket = at_verification(bogor)
    accept_all(ticket, verifier)
    with pytest.raises(PermissionDenied):
        complete(ticket, front)
    assert Verdict.objects.count() == 2


def test_receipt_is_numbered_and_the_ticket_goes_on(bogor, front):
    ticket = at_receipt(bogor)
    complete(ticket, front)
    assert IssuedDocument.objects.get().number == "0001/TANDA-TERIMA/BGR/2026"
    assert ticket.step == "aktifkan"


def test_receipt_asked_for_twice_is_one_receipt(bogor, front):
    ticket = at_receipt(bogor)
    stale, step = Ticket.objects.get(pk=ticket.pk), step_of(ticket)
    complete(ticket, front)
    with pytest.raises(WrongStatus):
        kind_of(step).complete(stale, step, by=again(front))
    assert [each.serial for each in IssuedDocument.objects.all()] == [1]


def test_receipt_refused_to_somebody_leaves_no_number(bogor):
    ticket = at_receipt(bogor)
    with pytest.raises(PermissionDenied):
        complete(ticket, ticket.applicant)
    front = officer(bogor, Role.FRONT_OFFICE)
    complete(ticket, front)
    assert IssuedDocument.objects.get().serial == 1


def test_page_of_the_counter_lists_what_is_missing(bogor, front):
    ticket = registration(bogor)
    page = read(signed_in(again(front)), "ticket", ticket.number)
    assert "Berkas sudah lengkap" in page.texts("button")
    assert send(signed_in(again(front)), "step", ticket.number, "siapkan").status_code == 302  # fmt: skip
