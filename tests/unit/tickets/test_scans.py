"""What the scanner says of a document, as the ticket, its pages and its mails tell it."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from loket.files.models import FileView, Scan, StoredFile
from loket.files.scanning import settle
from loket.kernel import clock
from loket.tickets.actions import Finding, judge
from loket.tickets.models import Document, Event
from loket.tickets.queries import asked_documents
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer
from tests.factories.walking import complete
from tests.unit.tickets.browsing import address, at_verification, read, signed_in

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(bogor):
    return at_verification(bogor)


@pytest.fixture
def document(ticket):
    return Document.objects.filter(ticket=ticket).select_related("file").first()


def put(document, scan):
    StoredFile.objects.filter(pk=document.file_id).update(scan=scan)
    document.file.refresh_from_db()


def applicant(document):
    """Whoever asked, with his rights read anew."""
    return again(document.ticket.parties.get().user)


def asked(document):
    return next(each for each in asked_documents(document.ticket) if each.code == document.requirement)  # fmt: skip


def desk(document, **query):
    return read(signed_in(officer(document.office)), "ticket", document.ticket.number, berkas=document.requirement, **query)  # fmt: skip


def answers(document):
    """Status of picture and original, for an officer and for the applicant."""
    ticket = document.ticket
    ratna, tirta = (
        signed_in(officer(document.office)),
        signed_in(applicant(document)),
    )
    return [
        ratna.get(address("page", ticket.number, document.pk, 1)).status_code,
        tirta.get(address("own_page", ticket.number, document.pk, 1)).status_code,
        ratna.get(address("original", ticket.number, document.pk)).status_code,
        tirta.get(address("own_original", ticket.number, document.pk)).status_code,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scan", "expected", "looks"),
    [
        (Scan.NOT_SCANNED, [200, 200, 409, 409], 2),
        (Scan.HELD, [409, 409, 409, 409], 0),
        (Scan.INFECTED, [409, 409, 409, 409], 0),
        (Scan.CLEAN, [200, 200, 200, 200], 4),
    ],
)
def test_scan_decides_what_leaves_and_only_that_is_logged(
    document, scan, expected, looks
):
    put(document, scan)
    assert (answers(document), FileView.objects.count()) == (expected, looks)


def test_original_is_called_by_what_it_is_not_as_its_sender_called_it(document):
    put(document, Scan.CLEAN)
    StoredFile.objects.update(name="npwp\u202efdp.html")
    ratna = signed_in(officer(document.office))
    answer = ratna.get(address("original", document.ticket.number, document.pk))
    name = f"{document.ticket.number.lower()}-{document.requirement}-v1.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("scan", "words"),
    [
        (Scan.NOT_SCANNED, "belum dipindai"),
        (Scan.HELD, "Berkas sedang dipindai."),
        (Scan.INFECTED, "Berkas ini mengandung virus."),
        (Scan.CLEAN, "Unduh aslinya"),
    ],
)
def test_desk_says_in_words_how_it_stands(document, scan, words):
    put(document, scan)
    assert desk(document).source.count(words) == 1


@pytest.mark.parametrize(
    ("scan", "forms"),
    [(Scan.NOT_SCANNED, 1), (Scan.CLEAN, 1), (Scan.HELD, 0), (Scan.INFECTED, 0)],
)
def test_verdict_is_asked_only_of_what_can_be_seen(document, scan, forms):
    put(document, scan)
    assert desk(document).source.count("Simpan putusan") == forms


@pytest.mark.parametrize(
    ("scan", "words"),
    [
        (Scan.HELD, "sedang dipindai. Anda tidak perlu menunggu."),
        (Scan.INFECTED, "Berkas ini mengandung virus."),
        (Scan.CLEAN, "Unduh aslinya"),
    ],
)
def test_applicant_reads_it_too(document, scan, words):
    put(document, scan)
    tirta = signed_in(applicant(document))
    assert read(tirta, "documents", document.ticket.number).source.count(words) == 1


def test_infected_document_counts_as_refused_whatever_was_said_before(document):
    by = officer(document.office)
    judge(document, Finding(accepted=True, original_seen=True), by=by, after=0)
    assert asked(document).state == "accepted"
    put(document, Scan.INFECTED)
    row = asked(document)
    assert (row.state, row.is_missing, row.is_judged) == ("refused", True, True)


def test_infected_document_sends_the_ticket_back_for_that_one(document):
    by = officer(document.office)
    for each in Document.objects.filter(ticket=document.ticket).exclude(pk=document.pk):
        judge(each, Finding(accepted=True, original_seen=True), by=by, after=0)
    put(document, Scan.INFECTED)
    ticket = complete(document.ticket, by) or document.ticket
    ticket.refresh_from_db()
    assert (ticket.turn, asked(document).is_missing) == ("applicant", True)


@pytest.mark.parametrize("scan", [Scan.HELD, Scan.INFECTED])
def test_nobody_accepts_what_nobody_could_look_at(document, scan):
    put(document, scan)
    with pytest.raises(ValidationError):
        judge(document, Finding(accepted=True, original_seen=True), by=officer(document.office), after=0)  # fmt: skip


def test_virus_is_noted_on_the_ticket_and_the_applicant_told_once(document):
    mail.outbox.clear()
    assert settle(document.file, virus="Loket.Uji")
    assert not settle(document.file, virus="Loket.Uji")
    run_jobs_here()
    noted = Event.objects.get(name="document_infected")
    assert (noted.ticket, noted.by, noted.data["requirement"]) == (document.ticket, None, document.requirement)  # fmt: skip
    letters = [each for each in mail.outbox if "mengandung virus" in each.subject]
    assert [each.to for each in letters] == [[applicant(document).email]]
