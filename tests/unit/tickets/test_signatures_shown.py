"""What is signed inside a PDF stands beside the document and at the register of e-meterai, on every page of the desk."""

from datetime import UTC, datetime

import pytest

from loket.files.models import SignatureReport
from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.roles import Role
from loket.tickets.actions import give_document
from loket.tickets.models import Check, Ticket
from loket.tickets.queries import asked_checks, asked_documents
from tests.factories.jobs import run_jobs_here
from tests.factories.papers import pdf
from tests.factories.people import again, officer
from tests.factories.signing import Certified
from tests.factories.tickets import registration
from tests.unit.tickets.browsing import as_page, read, send, signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
STATEMENT = "surat-pernyataan"
PERURI = Certified("Root Meterai Uji")
STAMP = Certified("Meterai 0000000000000000000012", PERURI)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def trusting(depok):
    """The office supplies the root of the stamps."""
    root = {"name": "Uji", "use": "meterai", "certificate": PERURI.pem}
    depok.settings["signature_roots"] = [root]
    depok.hours_version += 1
    depok.save()
    return Office.objects.get(pk=depok.pk)


def given(office, data, code=STATEMENT):
    ticket = registration(office)
    give_document(ticket, code, by=again(ticket.applicant), data=data, name="s.pdf")
    run_jobs_here()
    return Ticket.objects.get(pk=ticket.pk)


def shown(page):
    """What is told about the chosen document."""
    lists = page.all("ul", **{"aria-label": "Tanda tangan di dalam PDF"})
    return [" ".join(each.text.split()) for each in lists]


def test_stamp_is_told_beside_its_document_and_at_its_register(trusting):
    ticket = given(trusting, STAMP.sign(pdf()))
    page = read(signed_in(officer(trusting)), "ticket", ticket.number, berkas=STATEMENT)
    [told] = shown(page)
    assert told.startswith("E-meterai Utuh dan tepercaya Meterai 0000000000000000000012 · penerbit Root Meterai Uji · ")  # fmt: skip
    hints = [each for each in page.texts("p") if "E-meterai, Utuh" in each]
    assert hints == ["Surat pernyataan kebenaran dokumen: E-meterai, Utuh dan tepercaya"]  # fmt: skip


def test_finding_is_no_answer_of_the_register(trusting):
    ticket = given(trusting, STAMP.sign(pdf()))
    asked = {each.kind: each.check for each in asked_checks(ticket)}
    assert (asked["e-meterai"], Check.objects.count()) == (None, 0)


def test_paper_stamp_does_not_apply_at_the_register(trusting):
    ticket, ratna = given(trusting, pdf()), officer(trusting)
    said = {"kind": "e-meterai", "result": "exempt", "source": "Surat asli"}
    assert send(signed_in(ratna), "check", ticket.number, **said).status_code == 302


@pytest.mark.parametrize("made", ["D:99991231235959Z", "D:00010101000000+14'00", "kemarin"])  # fmt: skip
def test_day_no_calendar_has_does_not_take_the_page_away(trusting, made):
    ticket = given(trusting, STAMP.sign(pdf(), made=made))
    page = read(signed_in(officer(trusting)), "ticket", ticket.number, berkas=STATEMENT)
    assert len(shown(page)) == 1


def test_signatures_stay_on_the_page_of_whoever_was_refused(trusting):
    head = officer(trusting, Role.KEPALA_TIM)
    ticket = given(trusting, STAMP.sign(pdf()))
    refused = send(signed_in(head), "waive", ticket.number, note="")
    assert refused.status_code == 422
    first = next(each.code for each in asked_documents(ticket))
    assert (first, len(shown(as_page(refused)))) == (STATEMENT, 1)


def test_other_office_sees_nothing_of_it(trusting, bogor):
    ticket = given(trusting, STAMP.sign(pdf()))
    read(signed_in(officer(bogor)), "ticket", ticket.number, status=404)
    assert SignatureReport.objects.get().office == trusting
