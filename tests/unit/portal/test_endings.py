"""The public status on the less usual ways: refused, outside the office, reopened, corrected."""

from datetime import date

import pytest

from loket.offices.roles import Role
from loket.standards.actions import publish
from loket.standards.pack import Step
from loket.standards.queries import in_force, spec_of
from loket.tickets.actions import Finding, judge, reopen
from loket.tickets.actions.events import record
from loket.tickets.queries import asked_documents
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete
from tests.unit.portal.reading import chips, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def verifier(depok):
    return officer(depok, Role.VERIFIKATOR, name="Ratna Widuri")


@pytest.fixture
def head(depok):
    return officer(depok, Role.KEPALA_TIM, name="Bagas Prasetya")


@pytest.fixture
def checked(depok, verifier):
    """A ticket of Depok whose documents all match: the decision comes next."""
    ticket = registration(depok)
    complete(ticket, officer(depok, Role.HELPDESK))
    ticket.refresh_from_db()
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    ticket.refresh_from_db()
    return ticket


@pytest.fixture
def refused(checked, verifier):
    complete(checked, verifier, exit="tolak")
    checked.refresh_from_db()
    complete(checked, verifier, note="Akta tidak terbaca, a.n. Gilang Samudra.")
    checked.refresh_from_db()
    return checked


def status_of(ticket):
    return f"/lacak/{ticket.public_code}/"


def told(page):
    """The sentences of the history, the newest first."""
    [start] = [n for n, e in enumerate(page.elements) if e["class"] == "lk-time"]
    end = next(n for n, e in enumerate(page.elements) if n > start and e.tag == "aside")
    return [" ".join(e.text.split()) for e in page.elements[start:end] if e.tag == "p"]


def test_refused_request_says_so_without_the_reason(visit, refused):
    page = visit(status_of(refused))

    assert page.one("h1").text == "Permohonan ditolak"
    assert chips(page) == ["Ditolak"]
    assert told(page)[0] == "Permohonan ditolak; alasannya disampaikan kepada pemohon."
    assert "Gilang Samudra" not in text_of(page)


def test_refusal_is_a_step_once_it_is_reached(visit, checked, verifier):
    complete(checked, verifier, exit="tolak")
    text = text_of(visit(status_of(checked)))
    assert "Langkah sekarang: Menyampaikan alasan penolakan" in text


def test_reopened_request_is_the_offices_turn_again(visit, refused, head):
    reopen(refused, by=again(head), note="Akta baru sudah dibawa.")

    page = visit(status_of(refused))
    assert page.one("h1").text == "Sekarang giliran kantor"
    assert told(page)[0] == "Tiket dibuka kembali oleh kantor."


def test_documents_of_one_minute_are_told_in_one_line(visit, checked):
    lines = told(visit(status_of(checked)))
    assert [line for line in lines if "erkas" in line] == [
        "Selesai: Mencocokkan berkas dengan data pendaftaran.",
        "Berkas yang sesuai: 6.",
        "Selesai: Membawa berkas ke kantor LPSE.",
        "Berkas diterima kantor: 6.",
    ]


def test_refused_document_is_told_without_its_name(visit, depok, verifier):
    ticket = registration(depok)
    complete(ticket, officer(depok, Role.HELPDESK))
    ticket.refresh_from_db()
    accept_all(ticket, verifier)
    deed = asked_documents(ticket)[4]
    finding = Finding(False, reason="unreadable", note="Halaman dua buram")
    judge(deed.document, finding, by=again(verifier), after=deed.revision)

    text = text_of(visit(status_of(ticket)))
    assert "Berkas yang perlu perbaikan: 1." in text
    assert "Akta" not in text
    assert "buram" not in text


def test_outside_party_is_named_and_the_office_waits(visit, depok, verifier):
    spec = spec_of(in_force(depok, "registrasi-verifikasi").pk)
    asked = Step(
        step="tanya",
        kind="record_outside",
        actor="lkpp",
        text="Menunggu LKPP",
        where="LKPP",
    )
    steps = (*spec.procedure[:3], asked, *spec.procedure[3:])
    changed = spec.model_copy(
        update={"effective": date(2026, 11, 24), "procedure": steps}
    )
    publish(depok, changed, is_first_load=False, by=None)
    ticket = registration(depok)
    complete(ticket, officer(depok, Role.HELPDESK))
    ticket.refresh_from_db()
    accept_all(ticket, verifier)
    complete(ticket, verifier)

    page = visit(status_of(ticket))
    assert page.one("h1").text == "Sedang di pihak luar kantor"
    assert chips(page) == ["Diteruskan"]
    assert "LKPP" in page.texts("small")
    assert told(page)[0] == "Diteruskan ke pihak luar kantor."


def test_event_nobody_decided_to_tell_stays_inside(visit, checked):
    before = told(visit(status_of(checked)))
    record(checked, "something_new", by=None, secret="Gilang Samudra")
    assert told(visit(status_of(checked))) == before
