"""Steps a ticket passes, repeats, leaves by an exit, or cannot do now."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.queries import spec_of
from loket.tickets.actions import (
    Applicant,
    Request,
    WrongStatus,
    complete_step,
    open_ticket,
    send_back,
    withdraw,
)
from loket.tickets.models import Event, Segment, Ticket
from loket.tickets.queries import pending_optional, progress, timeline
from loket.tickets.steps import kind_of, offers
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete, step_of
from tests.unit.tickets import uji
from tests.unit.tickets.browsing import read, send, signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10.00 WIB


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def helpdesk(depok):
    return officer(depok, Role.HELPDESK)


@pytest.fixture
def verifier(depok):
    return officer(depok)


@pytest.fixture
def to_decide(depok, helpdesk, verifier):
    ticket = registration(depok)
    complete(ticket, helpdesk)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    return ticket


def named(ticket, code):
    return spec_of(ticket.standard_id).step(code)


def states(ticket):
    found = progress(ticket, timeline(ticket, for_office=True))
    return {each.step.code: each.state for each in found}


def done(ticket):
    events = Event.objects.filter(ticket=ticket, name="step_done").order_by("id")
    return [event.step for event in events]


def test_optional_step_is_passed_over_and_stays_open(bogor):
    ticket = registration(bogor)
    assert (ticket.step, states(ticket)["booking"]) == ("siapkan", "open")


@pytest.mark.parametrize("code", ["evaluasi", "ikm"])
def test_optional_step_ahead_cannot_be_recorded_yet(bogor, code):
    ticket = registration(bogor)
    with pytest.raises(WrongStatus):
        complete_step(ticket, named(ticket, code), by=again(ticket.applicant))


def test_optional_step_is_recorded_once(bogor):
    ticket = registration(bogor)
    user = again(ticket.applicant)
    complete_step(ticket, named(ticket, "booking"), by=user)
    with pytest.raises(WrongStatus):
        complete_step(ticket, named(ticket, "booking"), by=user)


def test_optional_step_ends_with_the_ticket(bogor):
    ticket = registration(bogor)
    withdraw(ticket, by=again(ticket.applicant))
    with pytest.raises(WrongStatus):
        complete_step(ticket, named(ticket, "booking"), by=again(ticket.applicant))
    assert states(ticket)["booking"] == "skipped"


def test_optional_step_touches_neither_clock_nor_turn(bogor):
    ticket = registration(bogor)
    before = [*Segment.objects.filter(ticket=ticket).values()]
    row = Ticket.objects.filter(pk=ticket.pk).values().get()
    complete_step(ticket, named(ticket, "booking"), by=again(ticket.applicant))
    assert [*Segment.objects.filter(ticket=ticket).values()] == before
    assert Ticket.objects.filter(pk=ticket.pk).values().get() == row


def test_optional_steps_never_hold_the_procedure(bogor):
    front, verifier = officer(bogor, Role.FRONT_OFFICE), officer(bogor)
    ticket = registration(bogor)
    complete(ticket, front)
    complete(ticket, front, complete=True)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    complete(ticket, front)
    complete(ticket, verifier, system="SPSE")
    complete(ticket, verifier, result="confirmed", source="SIKaP")
    assert (ticket.status, done(ticket)) == (
        "done",
        ["daftar", "siapkan", "periksa", "verifikasi", "tanda-terima", "aktifkan", "sikap"],
    )  # fmt: skip
    assert [step.code for step in pending_optional(ticket)] == ["booking", "evaluasi", "ikm"]  # fmt: skip


@pytest.mark.parametrize(("way", "step"), [("terima", "aktifkan"), ("tolak", "tolak")])
def test_decision_leads_to_its_exit(to_decide, verifier, way, step):
    complete(to_decide, verifier, exit=way)
    event = Event.objects.get(ticket=to_decide, step="putuskan", name="step_done")
    assert (to_decide.step, event.data["exit"]) == (step, way)


def test_decision_without_an_answer_is_asked_again(to_decide, verifier):
    answered = send(signed_in(again(verifier)), "step", to_decide.number, "putuskan")
    assert answered.status_code == 422
    assert Ticket.objects.get(pk=to_decide.pk).step == "putuskan"


def test_decision_knows_no_other_exit(to_decide, verifier):
    desk = signed_in(again(verifier))
    answered = send(desk, "step", to_decide.number, "putuskan", exit="entah")
    assert answered.status_code == 422


def test_reason_of_a_refusal_reaches_the_applicant(to_decide, verifier):
    complete(to_decide, verifier, exit="tolak")
    complete(to_decide, verifier, note="Alamat usaha tidak dapat dibuktikan.")
    own = read(signed_in(again(to_decide.applicant)), "own", to_decide.number)
    assert own.texts("blockquote") == ["Alamat usaha tidak dapat dibuktikan."]


def test_step_without_a_way_back_is_not_sent_back(to_decide, verifier):
    with pytest.raises(WrongStatus):
        send_back(to_decide, step_of(to_decide), by=again(verifier))
    assert Ticket.objects.get(pk=to_decide.pk).step == "putuskan"


def test_sending_back_is_for_those_who_do_the_step(depok, helpdesk):
    ticket = registration(depok)
    complete(ticket, helpdesk)
    for somebody in (helpdesk, ticket.applicant):
        with pytest.raises(PermissionDenied):
            send_back(ticket, step_of(ticket), by=again(somebody))


def test_step_that_was_done_or_lies_ahead_is_a_conflict(to_decide, verifier):
    for code in ("cocokkan", "aktifkan", "bukti"):
        with pytest.raises(WrongStatus):
            complete_step(to_decide, named(to_decide, code), by=again(verifier))
    assert done(to_decide) == ["daftar", "datang", "cocokkan"]


def test_step_code_of_another_offices_ticket_is_not_found(to_decide, verifier, bogor):
    desk = signed_in(again(verifier))
    assert send(desk, "step", to_decide.number, "booking").status_code == 404
    other = registration(bogor)
    assert send(desk, "step", other.number, "putuskan").status_code == 404


def test_step_ahead_by_its_address_is_a_conflict_and_issues_nothing(
    to_decide, verifier
):
    desk = signed_in(again(verifier))
    assert send(desk, "step", to_decide.number, "bukti").status_code == 409
    assert not to_decide.issued.exists()


def test_step_for_another_way_of_coming_is_not_found(batang):
    """Batang makes appointments for video calls only; this ticket came to the counter."""
    ticket, desk = registration(batang), signed_in(again(officer(batang)))
    assert send(desk, "step", ticket.number, "jadwal").status_code == 404


def test_unknown_step_answers_with_the_page_of_lost_addresses(to_decide, verifier):
    answered = send(signed_in(again(verifier)), "step", to_decide.number, "entah")
    assert answered.status_code == 404
    assert "error" not in answered.content.decode()[:15]


def test_ended_ticket_takes_no_step(to_decide, verifier):
    withdraw(to_decide, by=again(to_decide.applicant))
    with pytest.raises(WrongStatus):
        complete(to_decide, verifier, exit="terima")


def test_two_rooms_cannot_implement_one_kind(to_decide):
    with pytest.raises(ValueError, match="two rooms implement the kind 'decide'"):
        offers("decide", kind_of(step_of(to_decide)))


OUTSIDE = [
    "step: datang, kind: receive_documents, actor: applicant, with: helpdesk, text: Datang, emits: documents_received",
    "step: teruskan, kind: record_outside, actor: lkpp, with: helpdesk, text: Menunggu LKPP, where: LKPP",
    "step: jawab, kind: record_outside, actor: applicant, with: helpdesk, text: Menjawab, where: LKPP",
    "step: serahkan, kind: issue_document, actor: helpdesk, text: Menyerahkan, document: bukti, ends: true",
]  # fmt: skip
COVERED = "{kind: max, value: 15, unit: service_minutes, from: documents_received, covers: [teruskan, serahkan]}"  # fmt: skip


def test_ticket_goes_out_of_the_office_and_comes_back(tmp_path):
    """An outside step may follow an applicant's and be followed by one."""
    office = uji.office(tmp_path, OUTSIDE, time=COVERED)
    helpdesk, ticket = officer(office, Role.HELPDESK), uji.ticket_at(office)
    seen = [(ticket.step, ticket.status, ticket.turn, ticket.due_at)]
    for _ in range(4):
        complete(ticket, helpdesk)
        seen.append((ticket.step, ticket.status, ticket.turn, ticket.due_at))
    assert seen == [
        ("datang", "waiting_applicant", "applicant", None),
        ("teruskan", "waiting_outside", "outside", None),
        ("jawab", "waiting_applicant", "applicant", None),
        ("serahkan", "in_progress", "office", MONDAY + timedelta(minutes=15)),
        ("serahkan", "done", "nobody", None),
    ]


def test_ticket_may_begin_outside_the_office(tmp_path):
    office = uji.office(tmp_path, OUTSIDE[1:], time=uji.NO_PROMISE)
    ticket = uji.ticket_at(office)
    assert (ticket.step, ticket.status) == ("teruskan", "waiting_outside")


def test_officer_opens_a_ticket_for_somebody_without_an_account(bogor):
    """Name and phone are enough at the counter (X6)."""
    front = again(officer(bogor, Role.FRONT_OFFICE))
    standard = registration(bogor).standard
    request = Request(standard, "counter", "badan-usaha", "counter")
    ticket = open_ticket(bogor, request, Applicant("CV Pinus", None, "0812"), by=front)
    assert (ticket.step, ticket.status, ticket.parties.count()) == (
        "siapkan",
        "waiting_applicant",
        0,
    )


ELSEWHERE = "kind: record_outside, text: Mencatat, where: Aplikasi lain"


@pytest.mark.parametrize(
    "procedure",
    [
        ["step: daftar, kind: register, actor: applicant, text: Mendaftar, ends: true"],
        [
            f"step: antre, actor: applicant, optional: true, {ELSEWHERE}",
            f"step: nilai, actor: helpdesk, optional: true, ends: true, {ELSEWHERE}",
        ],
    ],
)
def test_procedure_without_anything_left_to_do_is_done_at_once(tmp_path, procedure):
    ticket = uji.ticket_at(uji.office(tmp_path, procedure))
    assert (ticket.status, ticket.turn, ticket.due_at) == ("done", "nobody", None)


def test_verification_without_a_way_back_takes_verdicts(tmp_path):
    office = uji.office(
        tmp_path,
        [OUTSIDE[0], "step: cocokkan, kind: verify_documents, actor: helpdesk, text: Mencocokkan", OUTSIDE[-1]],
    )  # fmt: skip
    helpdesk, ticket = officer(office, Role.HELPDESK), uji.ticket_at(office)
    complete(ticket, helpdesk)
    accept_all(ticket, helpdesk)
    complete(ticket, helpdesk)
    assert ticket.step == "serahkan"


def at_approval(batang):
    """A ticket of Batang at its approval, which may have happened before it is written down."""
    verifier = officer(batang)
    ticket = registration(batang)
    complete(ticket, verifier)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    return ticket, verifier


def entered_last(ticket):
    return Segment.objects.get(ticket=ticket, ended_at=None).started_at


def test_what_was_done_elsewhere_keeps_its_true_time(batang):
    ticket, verifier = at_approval(batang)
    with clock.at(MONDAY + timedelta(hours=2)):
        complete(ticket, verifier, system="SPSE", at=MONDAY + timedelta(hours=1))
    event = Event.objects.get(ticket=ticket, step="setujui", name="step_done")
    assert (event.at, event.recorded_at) == (
        MONDAY + timedelta(hours=1),
        MONDAY + timedelta(hours=2),
    )
    assert entered_last(ticket) == MONDAY + timedelta(hours=1)


def test_nothing_is_recorded_before_it_happened(batang):
    ticket, verifier = at_approval(batang)
    with pytest.raises(ValidationError):
        complete(ticket, verifier, system="SPSE", at=MONDAY + timedelta(minutes=1))
    assert Ticket.objects.get(pk=ticket.pk).step == "setujui"


def test_late_entry_never_turns_the_clock_back(batang):
    """Something done before its step was entered: the event says when, the clocks run forward."""
    ticket, verifier = at_approval(batang)
    early = MONDAY - timedelta(days=1)
    complete(ticket, verifier, system="SPSE", at=early)
    assert Event.objects.get(ticket=ticket, step="setujui", name="step_done").at == early  # fmt: skip
    assert entered_last(ticket) == MONDAY
