"""A ticket walks through the procedure of its own standard, step by step."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.queries import spec_of
from loket.tickets.actions import (
    Answer,
    Finding,
    WrongStatus,
    judge,
    record_check,
    reopen,
    take,
    withdraw,
)
from loket.tickets.models import Event, Segment, Status, Ticket, Turn
from loket.tickets.queries import (
    asked_documents,
    clock_face,
    pending_optional,
    progress,
    timeline,
)
from loket.tickets.steps import kind_of
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete, step_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10.00 WIB


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def test_submission_gives_a_number_and_waits_for_the_applicant(bogor):
    ticket = registration(bogor)

    assert ticket.number == "BGR-26-00001"
    assert (ticket.status, ticket.turn, ticket.step) == (
        Status.WAITING_APPLICANT, Turn.APPLICANT, "siapkan",
    )  # fmt: skip
    assert ticket.due_at is None


def test_registration_steps_keep_their_true_times(batang):
    ticket = registration(batang)

    done = Event.objects.filter(ticket=ticket, name="step_done").order_by("id")
    assert [event.step for event in done] == ["daftar", "isi"]
    assert {event.at for event in done} == {MONDAY - timedelta(minutes=2)}
    assert {event.recorded_at for event in done} == {MONDAY}


@pytest.mark.parametrize(
    ("slug", "kind", "facts", "codes"),
    [
        ("kota-bogor", "badan-usaha", [], 2),
        ("kota-depok", "badan-usaha", [], 6),
        ("kota-depok", "badan-usaha", ["pkp"], 7),
        ("kabupaten-batang", "badan-usaha", [], 2),
    ],
)
def test_a_company_is_asked_for_what_the_office_prints(packs, slug, kind, facts, codes):
    ticket = registration(packs[slug], kind=kind, facts=facts)

    assert len(asked_documents(ticket)) == codes


def test_bogor_runs_from_upload_to_sikap(bogor):
    front, verifier = officer(bogor, Role.FRONT_OFFICE), officer(bogor)
    ticket = registration(bogor)

    complete(ticket, front)  # the documents were brought, nothing was uploaded
    assert (ticket.step, ticket.turn, ticket.due_at) == ("periksa", Turn.OFFICE, None)
    complete(ticket, front, complete=True)
    assert ticket.step == "verifikasi"
    assert ticket.due_at == MONDAY + timedelta(minutes=15)

    with clock.at(MONDAY + timedelta(minutes=6)):
        accept_all(ticket, verifier)
        complete(ticket, verifier)
        complete(ticket, front)
    assert ticket.step == "aktifkan"
    assert {step.code for step in pending_optional(ticket)} == {
        "booking",
        "evaluasi",
        "ikm",
    }
    assert [issued.number for issued in ticket.issued.all()] == [
        "0001/TANDA-TERIMA/BGR/2026"
    ]
    face = clock_face(ticket, ticket.segments.all())
    assert (face.used_minutes, face.promise_minutes) == (6, 15)


def test_depok_may_refuse_with_a_reason(depok):
    helpdesk, verifier = officer(depok, Role.HELPDESK), officer(depok)
    ticket = registration(depok)
    complete(ticket, helpdesk)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    complete(ticket, verifier, exit="tolak")

    with pytest.raises(ValidationError):
        complete(ticket, verifier, note=" ")
    complete(ticket, verifier, note="Alamat tidak dapat dibuktikan.")

    assert (ticket.status, ticket.outcome, ticket.turn) == (
        "rejected",
        "rejected",
        "nobody",
    )
    assert [message.body for message in ticket.messages.all()] == [
        "Alamat tidak dapat dibuktikan."
    ]
    assert Segment.objects.filter(ticket=ticket, ended_at=None).count() == 0


def test_batang_promises_no_time_but_measures_each_step(batang):
    verifier = officer(batang)
    ticket = registration(batang)
    complete(ticket, verifier)
    accept_all(ticket, verifier)
    with clock.at(MONDAY + timedelta(minutes=20)):
        complete(ticket, verifier)

    assert ticket.step == "setujui"
    assert ticket.due_at is None
    states = progress(ticket, timeline(ticket, for_office=True))
    assert [(each.step.code, each.minutes, each.step.norm) for each in states[:4]] == [
        ("daftar", 7, 5), ("isi", 7, 10), ("ajukan", 0, 5), ("verifikasi", 20, 30),
    ]  # fmt: skip


def test_only_the_refused_document_is_asked_again(depok):
    helpdesk, verifier = officer(depok, Role.HELPDESK), officer(depok)
    ticket = registration(depok)
    complete(ticket, helpdesk)
    first, *others = asked_documents(ticket)
    judge(first.document, Finding(False, reason="cut_off"), by=again(verifier), after=0)
    for asked in others:
        judge(
            asked.document,
            Finding(True, original_seen=True),
            by=again(verifier),
            after=0,
        )
    with clock.at(MONDAY + timedelta(minutes=5)):
        complete(ticket, verifier)

    assert (ticket.step, ticket.status) == ("datang", Status.WAITING_APPLICANT)
    assert ticket.due_at is None
    assert [each.code for each in asked_documents(ticket) if each.is_missing] == [
        first.code
    ]


def test_the_clock_stands_while_the_applicant_mends(depok):
    helpdesk, verifier = officer(depok, Role.HELPDESK), officer(depok)
    ticket = registration(depok)
    complete(ticket, helpdesk)
    first, *others = asked_documents(ticket)
    judge(first.document, Finding(False, reason="cut_off"), by=again(verifier), after=0)
    for asked in others:
        judge(
            asked.document,
            Finding(True, original_seen=True),
            by=again(verifier),
            after=0,
        )
    with clock.at(MONDAY + timedelta(minutes=5)):
        complete(ticket, verifier)
    tuesday = MONDAY + timedelta(days=1)
    with clock.at(tuesday):
        complete(ticket, helpdesk)
        face = clock_face(ticket, ticket.segments.all())

    assert ticket.due_at == tuesday + timedelta(minutes=10)
    assert (face.used_minutes, face.elapsed) == (5, timedelta(days=1))


def test_elapsed_time_is_the_sum_of_the_segments(bogor):
    ticket = registration(bogor)
    with clock.at(MONDAY + timedelta(hours=3)):
        complete(ticket, officer(bogor, Role.FRONT_OFFICE))
    with clock.at(MONDAY + timedelta(hours=4)):
        withdraw(ticket, by=again(ticket.applicant))

    own = Segment.objects.filter(ticket=ticket, started_at__gte=MONDAY)
    assert sum(
        (each.ended_at - each.started_at for each in own), timedelta()
    ) == timedelta(hours=4)


def test_a_second_completion_of_a_step_is_refused(bogor):
    front = officer(bogor, Role.FRONT_OFFICE)
    ticket = registration(bogor)
    step = step_of(ticket)
    stale = Ticket.objects.get(pk=ticket.pk)
    complete(ticket, front)

    with pytest.raises(WrongStatus):
        kind_of(step).complete(stale, step, by=again(front))


def test_a_stranger_may_not_complete_a_step(bogor, depok):
    ticket = registration(bogor)

    for stranger in (person(), officer(depok, Role.FRONT_OFFICE)):
        with pytest.raises(PermissionDenied):
            complete(ticket, stranger)


def test_the_applicant_cannot_say_complete_with_documents_missing(bogor):
    ticket = registration(bogor)

    with pytest.raises(ValidationError):
        complete(ticket, ticket.applicant)


def test_a_verdict_given_by_two_officers_at_once_stands_once(depok):
    helpdesk, verifier = officer(depok, Role.HELPDESK), officer(depok)
    ticket = registration(depok)
    complete(ticket, helpdesk)
    asked = asked_documents(ticket)[0]
    judge(
        asked.document, Finding(True, original_seen=True), by=again(verifier), after=0
    )

    with pytest.raises(WrongStatus):
        judge(
            asked.document,
            Finding(False, reason="differs"),
            by=again(officer(depok)),
            after=0,
        )


def test_an_optional_step_is_recorded_without_moving_the_ticket(bogor):
    front = officer(bogor, Role.FRONT_OFFICE)
    ticket = registration(bogor)
    booking = spec_of(ticket.standard_id).step("booking")

    kind_of(booking).complete(
        ticket, booking, by=again(front), at=MONDAY - timedelta(hours=1)
    )

    assert ticket.step == "siapkan"
    assert pending_optional(ticket) == []
    event = Event.objects.get(ticket=ticket, step="booking")
    assert (event.at, event.recorded_at) == (MONDAY - timedelta(hours=1), MONDAY)


def test_taking_makes_the_ticket_mine(bogor):
    front = officer(bogor, Role.FRONT_OFFICE)
    ticket = registration(bogor)
    complete(ticket, front)

    take(ticket, by=again(front))

    assert ticket.assignee_id == front.pk


def test_a_check_needs_an_officer_who_may_record_it(bogor):
    front, verifier = officer(bogor, Role.FRONT_OFFICE), officer(bogor)
    ticket = registration(bogor)

    with pytest.raises(PermissionDenied):
        record_check(ticket, "kswp", Answer("good", "DJP"), by=again(front))
    found = record_check(ticket, "kswp", Answer("good", "DJP"), by=again(verifier))

    assert (found.by, found.source) == (verifier, "DJP")


def test_the_head_reopens_with_a_reason(bogor):
    head = officer(bogor, Role.KEPALA_TIM)
    ticket = registration(bogor)
    withdraw(ticket, by=again(ticket.applicant))

    with pytest.raises(ValidationError):
        reopen(ticket, by=again(head), note="")
    with pytest.raises(PermissionDenied):
        reopen(ticket, by=again(officer(bogor)), note="Keliru")
    reopen(ticket, by=again(head), note="Keliru dibatalkan.")

    assert (ticket.status, ticket.turn, ticket.outcome) == (
        "waiting_applicant",
        "applicant",
        "",
    )


def test_a_ticket_is_free_to_take_when_the_next_step_is_another_roles(bogor):
    front = officer(bogor, Role.FRONT_OFFICE)
    ticket = registration(bogor)
    complete(ticket, front)
    take(ticket, by=again(front))

    complete(ticket, front, complete=True)

    assert (ticket.step, ticket.assignee) == ("verifikasi", None)
