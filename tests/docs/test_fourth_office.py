"""An office whose pack was written from docs/howto alone: checked, loaded, and each of its services walked to its end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache

from config.cli import main
from loket.kernel import clock
from loket.standards.actions import load_packs
from loket.tickets.models import Outcome, Status
from loket.tickets.tasks import close_old_tickets
from tests.docs.pages import ROOT
from tests.factories.jobs import run_jobs_here
from tests.flows.test_every_service import Telling

PACK = ROOT / "tests/docs/packs/kabupaten-pandan-raya"
MONDAY = datetime(2026, 12, 7, 0, 0, tzinfo=UTC)  # 09.00 WIT
CLOSED = Status.CLOSED, Outcome.FULFILLED
REFUSED = Status.REJECTED, Outcome.REJECTED


@pytest.fixture
def office(db):
    cache.clear()  # throttles outlive a test
    with clock.at(MONDAY):
        (made,) = load_packs([PACK], by=None)
        yield made


def steps_done(ticket):
    done = ticket.events.filter(name__in=("step_done", "reject")).order_by("pk")
    return [event.step for event in done]


def walked(office, service, kind, chosen=0):
    story = Telling(office, service, kind, "loket", chosen)
    story.applicant()
    story.ask()
    run_jobs_here()
    assert [each.to for each in mail.outbox] == [[story.user.email]]
    story.to_the_end()
    ticket = story.ticket
    with clock.at(ticket.ended_at + timedelta(days=60)):
        close_old_tickets(0)
    ticket.refresh_from_db()
    return ticket


def test_the_pack_is_right_and_says_everything_in_english(capsys):
    assert main(["pack", "check", str(PACK)]) == 0
    printed = capsys.readouterr().out
    assert "padanan Inggris" not in printed
    assert "akun-pejabat.yaml:2: catatan: lengkap 14/14" in printed


def test_a_question_is_answered(office):
    ticket = walked(office, "tanya-jawab", "siapa-saja")
    assert steps_done(ticket) == ["tanya", "jawab"]
    assert ticket.number == "PDR-26-00001"
    assert (ticket.status, ticket.outcome) == CLOSED
    assert ticket.messages.filter(is_internal=False).exists()


@pytest.mark.parametrize("kind", ["penyedia", "pegawai"])
def test_trouble_is_passed_on_and_the_answer_told(office, kind):
    ticket = walked(office, "gangguan-jaringan", kind)
    assert steps_done(ticket) == ["lapor", "teruskan", "tunggu", "sampaikan"]
    assert (ticket.status, ticket.outcome) == CLOSED
    assert ticket.messages.filter(is_internal=False).exists()


def test_an_account_is_made_after_its_documents_are_checked(office):
    ticket = walked(office, "akun-pejabat", "pejabat")
    assert steps_done(ticket) == ["mohon", "berkas", "periksa", "buat", "serahkan"]
    assert (ticket.status, ticket.outcome) == CLOSED
    assert [paper.number for paper in ticket.issued.all()] == [
        "0001/TANDA-AKUN/PDR/2026"
    ]


@pytest.mark.parametrize("kind", ["penyedia", "perangkat-daerah"])
@pytest.mark.parametrize(
    ("chosen", "last", "ended"),
    [(0, "izin", CLOSED), (1, "tolak", REFUSED)],
)
def test_the_room_is_granted_or_refused(office, kind, chosen, last, ended):
    ticket = walked(office, "pemakaian-ruang", kind, chosen)
    assert steps_done(ticket) == ["ajukan", "putuskan", last]
    assert (ticket.status, ticket.outcome) == ended
    assert ticket.issued.exists() is (ended == CLOSED)
