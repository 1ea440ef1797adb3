"""Video calls: when they may be planned, what must have happened before they end, and what follows (G7)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions import Finding, WrongStatus, judge
from loket.tickets.models import Event, Message, Proof
from loket.tickets.queries import asked_documents
from loket.verification import actions
from loket.verification.models import Session, SessionDocument
from loket.verification.queries import call_link, is_code_day, standing_of
from tests.factories.calling import (
    at_call,
    give_all,
    held,
    judge_all,
    plan,
    screenshot,
)
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import complete

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 10.30 WIB
CALL = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def called(bogor):
    return at_call(bogor)


def fresh(session):
    return Session.objects.select_related("ticket__office", "office").get(pk=session.pk)


def test_remote_documents_are_uploaded_and_never_only_noted(bogor):
    ticket = registration(bogor, route="remote")
    with pytest.raises(ValidationError):
        complete(ticket, officer(bogor, Role.HELPDESK))
    assert not ticket.documents.exists()


def test_remote_way_leads_past_the_counter(called):
    ticket, _caller = called
    assert ticket.step == "panggilan-video"


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"at": MONDAY - timedelta(minutes=6)}, "day"),
        ({"at": MONDAY + timedelta(days=15)}, "day"),
        ({"at": MONDAY + timedelta(hours=8)}, "anyway"),
        ({"provider": "fax"}, "provider"),
        ({"where": "0812"}, "where"),
        ({"provider": "link", "where": "http://rapat.example/a"}, "where"),
        ({"provider": "link", "where": "javascript:alert(1)"}, "where"),
    ],
)
def test_a_plan_that_cannot_be_held_is_refused_at_its_field(called, how, field):
    ticket, caller = called
    with pytest.raises(ValidationError) as refusal:
        actions.propose(ticket, plan(**how), by=again(caller))
    assert list(refusal.value.message_dict) == [field]
    assert not Session.objects.exists()


def test_outside_the_hours_only_on_purpose(called):
    ticket, caller = called
    late = plan(MONDAY + timedelta(hours=8), anyway=True)
    assert actions.propose(ticket, late, by=again(caller)).is_planned


def test_only_who_does_the_step_plans(called, bogor, depok):
    ticket, _caller = called
    others = (officer(bogor, Role.TRAINER), officer(depok), ticket.applicant)
    for other in others:
        with pytest.raises(PermissionDenied):
            actions.propose(ticket, plan(), by=again(other))


@pytest.mark.parametrize(("minutes", "is_free"), [(0, False), (14, False), (15, True)])
def test_one_officer_holds_one_call_at_a_time(bogor, minutes, is_free):
    (first, caller), (second, _other) = at_call(bogor), at_call(bogor)
    actions.propose(first, plan(CALL), by=again(caller))
    again_at = plan(CALL + timedelta(minutes=minutes))
    if is_free:
        actions.propose(second, again_at, by=again(caller))
    else:
        with pytest.raises(ValidationError) as refusal:
            actions.propose(second, again_at, by=again(caller))
        assert list(refusal.value.message_dict) == ["time"]
    assert Session.objects.count() == 1 + is_free


def test_the_table_itself_refuses_two_calls_at_once(bogor):
    (first, caller), (second, _other) = at_call(bogor), at_call(bogor)
    planned = actions.propose(first, plan(CALL), by=again(caller))
    planned.pk, planned.ticket = None, second
    with pytest.raises(IntegrityError), transaction.atomic():
        planned.save(force_insert=True)


def test_another_colleague_calls_at_the_same_time(bogor):
    (first, caller), (second, other) = at_call(bogor), at_call(bogor)
    actions.propose(first, plan(CALL), by=again(caller))
    actions.propose(second, plan(CALL), by=again(other))
    assert Session.objects.planned().count() == 2


def test_another_time_takes_the_place_of_the_first(called):
    ticket, caller = called
    actions.propose(ticket, plan(CALL), by=again(caller))
    actions.propose(ticket, plan(CALL + timedelta(minutes=10)), by=again(caller))
    found = Session.objects.order_by("round").values_list("round", "status")
    assert list(found) == [(1, "cancelled"), (2, "planned")]
    names = Event.objects.filter(ticket=ticket, name__startswith="session")
    assert [each.name for each in names.order_by("id")] == ["session_planned", "session_moved"]  # fmt: skip


def test_a_call_never_begins_before_its_time(called):
    ticket, caller = called
    session = actions.propose(ticket, plan(CALL), by=again(caller))
    with pytest.raises(ValidationError):
        actions.begin(session, by=again(caller))
    with clock.at(CALL):
        actions.begin(session, by=again(caller))
    assert fresh(session).started_at == CALL


ACTS = ("begin", "consent", "code", "verdicts", "picture")


@pytest.mark.parametrize("left_out", ACTS)
def test_nothing_is_finished_while_one_thing_is_missing(called, left_out):
    ticket, caller = called
    session = actions.propose(ticket, plan(CALL), by=again(caller))
    acts = {
        "begin": lambda: actions.begin(session, by=again(caller)),
        "consent": lambda: actions.consent(session, by=again(caller)),
        "code": lambda: actions.see_code(session, by=again(caller)),
        "verdicts": lambda: judge_all(session, caller),
        "picture": lambda: actions.keep_picture(
            session, data=screenshot(), name="a.png", by=again(caller)
        ),
    }
    with clock.at(CALL):
        for name, act in acts.items():
            if name != left_out and left_out != "begin":
                act()
        with pytest.raises(ValidationError):
            actions.finish(session, by=again(caller))
        ticket.refresh_from_db()
        assert (ticket.step, fresh(session).status) == ("panggilan-video", "planned")


@pytest.mark.parametrize("act", ["consent", "see_code"])
def test_nothing_of_the_call_is_ticked_before_it_began(called, act):
    ticket, caller = called
    session = actions.propose(ticket, plan(CALL), by=again(caller))
    with clock.at(CALL), pytest.raises(ValidationError):
        getattr(actions, act)(session, by=again(caller))


def test_a_call_in_which_all_agrees_goes_on(called):
    ticket, caller = called
    session, hold = held(ticket, caller)
    with clock.at(CALL):
        hold()
        actions.finish(session, by=again(caller), note="Terima kasih.")
    ticket.refresh_from_db()
    kept = fresh(session)
    assert (ticket.step, kept.status, kept.is_accepted) == ("aktifkan", "held", True)
    assert SessionDocument.objects.filter(session=session).count() == 2
    message = Message.objects.get(ticket=ticket)
    assert (message.is_internal, message.body.splitlines()) == (
        False,
        ["Verifikasi lewat panggilan video 23 November 2026, 11.30 WIB selesai. Semua berkas sesuai.", "Terima kasih."],
    )  # fmt: skip
    proof = Proof.objects.get()
    assert (proof.purpose, proof.file.content_type) == (f"session-{session.pk}", "image/jpeg")  # fmt: skip


def test_a_refused_document_alone_is_asked_again_and_shown_again(called):
    ticket, caller = called
    session, hold = held(ticket, caller, refused=("npwp-perusahaan",))
    with clock.at(CALL):
        hold()
        actions.finish(session, by=again(caller))
        ticket.refresh_from_db()
        assert (ticket.step, ticket.status) == ("siapkan", "waiting_applicant")
        missing = [each.code for each in asked_documents(ticket) if each.is_missing]
        assert missing == ["npwp-perusahaan"]
        give_all(ticket)
        complete(ticket, ticket.applicant)
        complete(ticket, caller, complete=True)
        second = actions.propose(ticket, plan(), by=again(caller))
        assert len([each for each in standing_of(second).lacks if "NPWP" in each or "KTP" in each]) == 1  # fmt: skip


def test_a_verdict_given_outside_the_call_does_not_count(called):
    ticket, caller = called
    session, hold = held(ticket, caller)
    with clock.at(CALL):
        hold()
        asked = asked_documents(ticket)[0]
        judge(asked.document, Finding(True, original_seen=True), by=again(caller), after=asked.revision)  # fmt: skip
        with pytest.raises(ValidationError):
            actions.finish(session, by=again(caller))


def test_who_did_not_come_gets_another_time(called):
    ticket, caller = called
    session = actions.propose(ticket, plan(CALL), by=again(caller))
    with pytest.raises(ValidationError):
        actions.miss(session, by=again(caller))
    with clock.at(CALL):
        actions.miss(session, by=again(caller))
        with pytest.raises(WrongStatus):
            actions.begin(session, by=again(caller))
        actions.propose(ticket, plan(), by=again(caller))
    found = Session.objects.order_by("round").values_list("status", flat=True)
    assert list(found) == ["missed", "planned"]


def test_the_applicant_consents_on_his_page_before_the_call(called):
    ticket, caller = called
    session = actions.propose(ticket, plan(CALL), by=again(caller))
    actions.consent(session, by=again(ticket.applicant))
    kept = fresh(session)
    assert (kept.consent_at, kept.consent_by) == (MONDAY, ticket.applicant)
    assert kept.consent_text.endswith("Gambar bukti dimusnahkan 90 hari setelah tiket berakhir.")  # fmt: skip


def test_evidence_is_refused_when_it_is_no_picture(called):
    ticket, caller = called
    session = actions.propose(ticket, plan(CALL), by=again(caller))
    with clock.at(CALL):
        actions.begin(session, by=again(caller))
        with pytest.raises(ValidationError):
            actions.keep_picture(session, data=b"halo", name="a.png", by=again(caller))
    assert not Proof.objects.exists()


@pytest.mark.parametrize(
    ("where", "link"),
    [
        ("0812 0000 0177", "https://wa.me/6281200000177"),
        ("+62 812-0000-0177", "https://wa.me/6281200000177"),
        ("+65 8123 0001", "https://wa.me/6581230001"),
    ],
)
def test_a_number_leads_to_whatsapp(where, link):
    assert call_link(Session(provider="phone", where=where)) == link


def test_the_code_is_new_for_each_call_and_seen_on_its_day_only(called):
    ticket, caller = called
    first = actions.propose(ticket, plan(CALL + timedelta(days=1)), by=again(caller))
    assert (is_code_day(first, MONDAY), is_code_day(first, CALL + timedelta(days=1))) == (False, True)  # fmt: skip
    second = actions.propose(ticket, plan(CALL), by=again(caller))
    assert (len(first.code), first.code != second.code) == (5, True)


def test_batang_tells_the_time_as_a_step_of_its_own(batang):
    ticket = registration(batang, route="remote", kind="perorangan")
    give_all(ticket)
    complete(ticket, ticket.applicant)
    caller = officer(batang)
    said = {"at": CALL, "provider": "link", "where": "https://rapat.example/a", "anyway": False}  # fmt: skip
    assert ticket.step == "jadwal"
    complete(ticket, caller, **said)
    assert (ticket.step, Session.objects.get().is_planned) == ("verifikasi-daring", True)  # fmt: skip
