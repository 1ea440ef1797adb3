"""An ended ticket goes on at a step it has stood at; whose turn and which clock follow that step."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.kernel import clock
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.standards.queries import settings_of
from loket.tickets.actions import ask_reopening, reopen, withdraw
from loket.tickets.models import Event, Segment, Verdict
from loket.tickets.queries.hands import steps_to_reopen
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer, person
from tests.unit.tickets.browsing import at_receipt, read, send, signed_in
from tests.unit.tickets.crowd import party

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def head(bogor):
    return again(officer(bogor, Role.KEPALA_TIM, "Gilang Samudra"))


@pytest.fixture
def ended(bogor):
    """A ticket whose request was withdrawn while it waited for its receipt."""
    with clock.at(MONDAY - timedelta(minutes=20)):
        ticket = at_receipt(bogor)
    with clock.at(MONDAY - timedelta(minutes=10)):
        withdraw(ticket, by=again(ticket.applicant))
    return ticket


def stood_at(ticket):
    return [step.code for step in steps_to_reopen(ticket)]


def test_steps_it_stood_at_are_offered_and_no_others(ended):
    codes = [each.step for each in Segment.objects.filter(ticket=ended).order_by("id")]
    offered = stood_at(ended)
    assert offered[-1] == ended.step
    assert set(offered) <= set(codes)
    assert "daftar" not in offered


def test_default_is_the_step_where_it_ended(ended, head):
    step = ended.step
    reopen(ended, by=head, note="Keliru dibatalkan.")
    assert (ended.step, ended.turn, ended.status) == (step, "office", "in_progress")


def test_turn_follows_the_chosen_step(ended, head):
    first = stood_at(ended)[0]
    reopen(ended, by=head, note="Berkas perlu diganti.", step=first)
    assert (ended.step, ended.turn, ended.status) == (first, "applicant", "waiting_applicant")  # fmt: skip
    assert ended.due_at is None
    running = Segment.objects.get(ticket=ended, ended_at=None)
    assert (running.step, running.turn, running.counted) == (first, "applicant", False)
    names = list(Event.objects.filter(ticket=ended).order_by("-id").values_list("name", flat=True)[:2])  # fmt: skip
    assert names == ["ask_applicant", "reopen"]


def test_promise_goes_on_with_what_was_left(ended, head):
    used = sum(s.office_seconds or 0 for s in Segment.objects.filter(ticket=ended, counted=True))  # fmt: skip
    with clock.at(MONDAY + timedelta(minutes=30)):
        reopen(ended, by=head, note="Keliru dibatalkan.")
        assert ended.due_at == clock.now() + timedelta(minutes=15) - timedelta(seconds=used)  # fmt: skip


def test_step_it_never_reached_is_refused(ended, head):
    with pytest.raises(ValidationError):
        reopen(ended, by=head, note="Keliru.", step="tidak-ada")


def test_verdicts_of_the_earlier_round_stay(ended, head):
    before = Verdict.objects.count()
    reopen(ended, by=head, note="Keliru.", step=stood_at(ended)[0])
    assert Verdict.objects.count() == before > 0


def test_holder_who_is_of_no_use_there_loses_it(ended, head, bogor):
    assert ended.assignee is None
    reopen(ended, by=head, note="Keliru.")
    assert ended.assignee is None


def test_page_offers_the_steps_and_says_until_when(ended, head, bogor):
    desk = signed_in(head)
    page = read(desk, "ticket", ended.number)
    assert any("Masa membuka kembali berlangsung sampai" in text for text in page.texts("p"))  # fmt: skip
    late = MONDAY + (settings_of(bogor).reopen_within_days + 1) * DAY
    with clock.at(late):
        desk = signed_in(head)
        page = read(desk, "ticket", ended.number)
        assert any("Masa membuka kembali berakhir" in text for text in page.texts("p"))
        assert send(desk, "reopen", ended.number, note="", step=ended.step).status_code == 422  # fmt: skip
        assert send(desk, "reopen", ended.number, note="Ada putusan baru.", step=ended.step).status_code == 302  # fmt: skip
    assert Event.objects.get(ticket=ended, name="reopen").data["late"] is True


def test_applicant_asks_once_and_the_office_is_told(ended, bogor):
    asker = signed_in(again(ended.applicant))
    assert "Minta dibuka kembali" in read(asker, "own", ended.number).texts("button")
    assert send(asker, "ask_reopening", ended.number, body="").status_code == 422
    assert send(asker, "ask_reopening", ended.number, body="Saya keliru membatalkan.").status_code == 302  # fmt: skip
    assert "Minta dibuka kembali" not in read(asker, "own", ended.number).texts("button")  # fmt: skip
    with pytest.raises(PermissionDenied):
        ask_reopening(ended, by=again(ended.applicant), body="Lagi.")
    run_jobs_here()
    assert Mail.objects.filter(template="tickets/mail/reopen_asked").count() == len(settings_of(bogor).contacts.email)  # fmt: skip


def test_others_and_latecomers_do_not_ask(ended, bogor, head):
    party(ended, staff := person(), as_what="staff")
    for somebody in (staff, person(), head):
        with pytest.raises(PermissionDenied):
            ask_reopening(ended, by=again(somebody), body="Tolong.")
    with clock.at(MONDAY + (settings_of(bogor).reopen_within_days + 1) * DAY), pytest.raises(PermissionDenied):  # fmt: skip
        ask_reopening(ended, by=again(ended.applicant), body="Tolong.")
