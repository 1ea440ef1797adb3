"""A step may ask for another officer than the one before; a head may waive that, with a reason (G9)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.offices.roles import Role
from loket.standards.actions import PackRefused
from loket.tickets.actions import WrongStatus, send_back, waive_second
from loket.tickets.actions.events import record
from loket.tickets.models import Event, Message, Ticket
from tests.factories.people import again, officer
from tests.factories.walking import complete, step_of
from tests.unit.tickets import uji
from tests.unit.tickets.browsing import address, read, send, signed_in

pytestmark = pytest.mark.django_db
STEPS = (
    "step: periksa, kind: record_outside, where: Buku, actor: verifikator, with: helpdesk, text: Memeriksa",
    "step: setujui, kind: decide, actor: verifikator, with: kepala_tim, text: Menyetujui, not_by: [periksa], exits: {ya: serahkan, ulang: ulangi}",
    "step: ulangi, kind: record_outside, where: Buku, actor: helpdesk, text: Mengulangi, next: serahkan",
    "step: serahkan, kind: record_outside, where: Buku, actor: helpdesk, text: Menyerahkan, ends: true",
)


@pytest.fixture
def office(tmp_path):
    return uji.office(tmp_path, STEPS)


@pytest.fixture
def ratna(office):
    return officer(office)


@pytest.fixture
def head(office):
    return officer(office, Role.KEPALA_TIM, "Gilang Samudra")


@pytest.fixture
def ticket(office, ratna):
    found = uji.ticket_at(office)
    complete(found, ratna)
    return found


def test_who_did_the_first_step_does_not_do_the_second(ticket, ratna, office):
    with pytest.raises(PermissionDenied):
        complete(ticket, ratna, exit="ya")
    complete(ticket, officer(office, name="Sari Wening"), exit="ya")
    assert ticket.step == "serahkan"


def test_ticket_leaves_the_hands_of_who_may_not_go_on(ticket):
    assert Ticket.objects.get(pk=ticket.pk).assignee is None


def test_head_waives_it_with_a_reason_that_stays_inside(ticket, ratna, head):
    waive_second(ticket, by=again(head), note="Hanya ada satu verifikator hari ini.")
    complete(ticket, ratna, exit="ya")
    event = Event.objects.get(ticket=ticket, name="second_waived")
    note = Message.objects.get(pk=event.data["message"])
    assert (event.by, event.step, note.is_internal) == (head, "setujui", True)
    assert ticket.step == "serahkan"


def test_nobody_else_waives_it_and_never_without_reason(ticket, ratna, head):
    with pytest.raises(PermissionDenied):
        waive_second(ticket, by=again(ratna), note="Saya saja.")
    with pytest.raises(ValidationError):
        waive_second(ticket, by=again(head), note=" ")


def test_step_that_asks_for_nobody_has_nothing_to_waive(ticket, head, office):
    complete(ticket, officer(office, name="Sari Wening"), exit="ya")
    with pytest.raises(WrongStatus):
        waive_second(ticket, by=again(head), note="Percuma.")


def test_waiver_ends_when_the_first_step_is_done_again(ticket, ratna, head, office):
    waive_second(ticket, by=again(head), note="Hanya ada satu verifikator.")
    Ticket.objects.filter(pk=ticket.pk).update(step="periksa")
    ticket.refresh_from_db()
    complete(ticket, officer(office, name="Sari Wening"))
    complete(ticket, ratna, exit="ya")  # who did it first is free: another did it last
    assert ticket.step == "serahkan"


def test_page_says_that_another_officer_is_waited_for(ticket, ratna, head):
    page = read(signed_in(ratna), "ticket", ticket.number)
    said = "Standar meminta petugas lain daripada yang mengerjakan: Memeriksa."
    assert said in page.texts("p")
    assert "Izinkan petugas yang sama" not in page.texts("button")
    desk = signed_in(head)
    assert send(desk, "waive", ticket.number, note="").status_code == 422
    assert send(desk, "waive", ticket.number, note="Satu orang.")["Location"] == address("ticket", ticket.number)  # fmt: skip
    assert "Kepala mengizinkan petugas yang sama mengerjakan langkah ini." in " ".join(read(signed_in(ratna), "ticket", ticket.number).texts("b"))  # fmt: skip


@pytest.mark.parametrize(
    ("name", "reason"), [("hilang", "tidak ada"), ("serahkan", "mendahuluinya")]
)
def test_pack_check_refuses_a_name_that_does_not_come_before(name, reason, tmp_path):
    steps = [each.replace("[periksa]", f"[{name}]") for each in STEPS]
    with pytest.raises(PackRefused) as refused:
        uji.office(tmp_path, steps)
    assert [reason in each.message for each in refused.value.problems] == [True]


def test_who_judged_a_document_there_does_not_follow_himself(ticket, ratna, office):
    """A colleague pressed the button, the verdicts were hers."""
    Ticket.objects.filter(pk=ticket.pk).update(step="periksa")
    ticket.refresh_from_db()
    sari, wulan = (officer(office, name=name) for name in ("Sari Wening", "Wulan Prameswari"))  # fmt: skip
    record(ticket, "document_accepted", by=sari, requirement="ktp")
    complete(ticket, wulan)
    for one in (sari, wulan):
        with pytest.raises(PermissionDenied):
            complete(ticket, one, exit="ya")
    complete(ticket, ratna, exit="ya")
    assert ticket.step == "serahkan"


def test_second_round_is_followed_by_another_than_its_own_officers(tmp_path):
    """Sent back for a correction, judged again by somebody else: the second round counts."""
    steps = [STEPS[0], STEPS[1].replace("exits", "returns_to: periksa, exits"), *STEPS[2:]]  # fmt: skip
    office = uji.office(tmp_path, steps)
    ratna, sari, wulan = (officer(office, name=name) for name in ("Ratna Widuri", "Sari Wening", "Wulan Prameswari"))  # fmt: skip
    ticket = uji.ticket_at(office)
    complete(ticket, ratna)
    send_back(ticket, step_of(ticket), by=again(sari))
    assert ticket.step == "periksa"
    complete(ticket, sari)
    with pytest.raises(PermissionDenied):
        complete(ticket, sari, exit="ya")
    complete(ticket, wulan, exit="ya")
    assert ticket.step == "serahkan"


def test_sent_back_by_the_first_officer_is_refused_too(tmp_path):
    steps = [STEPS[0], STEPS[1].replace("exits", "returns_to: periksa, exits"), *STEPS[2:]]  # fmt: skip
    office = uji.office(tmp_path, steps)
    ticket, ratna = uji.ticket_at(office), officer(office)
    complete(ticket, ratna)
    with pytest.raises(PermissionDenied):
        send_back(ticket, step_of(ticket), by=again(ratna))
