"""What follows from events: the PDF of a receipt, and the mails to the applicant."""

import subprocess
from datetime import UTC, datetime

import pypdfium2
import pytest
from django.core import mail
from django.template.loader import render_to_string
from weasyprint.urls import FatalURLFetchingError

from loket.files.actions import contents
from loket.files.drawing import StaticOnly, pdf_of
from loket.kernel import clock
from loket.kernel.failing import fail
from loket.kernel.models import Mail
from loket.kernel.tasks import tell_failed
from loket.offices.roles import Role
from loket.tickets.actions import Finding, judge
from loket.tickets.models import IssuedDocument
from loket.tickets.queries import asked_documents, readable_code
from loket.tickets.queries.story import history, read_events
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer
from tests.factories.smtp import Desk, serving
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete
from tests.unit.tickets.browsing import at_receipt, at_verification, give_all

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def issued(bogor):
    ticket = at_receipt(bogor)
    complete(ticket, officer(bogor, Role.FRONT_OFFICE, "Bayu Lesmana"))
    run_jobs_here()
    return IssuedDocument.objects.select_related("ticket", "file__key__office").get()


def text_of(issued):
    document = pypdfium2.PdfDocument(contents(issued.file))
    return " ".join(document[0].get_textpage().get_text_range().split())


def letters(subject):
    return [letter for letter in mail.outbox if letter.subject.endswith(subject)]


def test_receipt_is_drawn_once_and_kept_as_a_file(issued):
    assert (issued.file.content_type, issued.file.pages, issued.file.stored_by) == (
        "application/pdf",
        1,
        None,
    )


def test_receipt_names_number_ticket_officer_and_code(issued):
    text = text_of(issued)
    named = (
        "Tanda terima penerimaan berkas",
        "Nomor Number 0001/TANDA-TERIMA/BGR/2026",
        issued.ticket.number,
        "CV Tunas Pandan",
        "Bayu Lesmana",
        "23 November 2026, 11.00 WIB",
        readable_code(issued.ticket.public_code),
    )
    assert [each for each in named if each not in text] == []


def test_receipt_says_which_originals_were_seen(issued):
    assert text_of(issued).count(" Asli Original Diterima Accepted ") == 2


def test_receipt_has_title_language_and_tags(issued):
    data = contents(issued.file)
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == (
        "Tanda terima penerimaan berkas 0001/TANDA-TERIMA/BGR/2026"
    )
    assert document.is_tagged()


def test_drawing_reads_nothing_but_static_files():
    fetcher = StaticOnly()
    for address in (
        "file:///etc/passwd",
        "http://localhost/",
        "https://static.invalid/entah.css",
    ):
        with pytest.raises(FatalURLFetchingError):
            fetcher.fetch(address)


def test_page_that_asks_for_a_foreign_picture_is_not_drawn():
    with pytest.raises(FatalURLFetchingError):
        pdf_of(
            '<html lang="id"><title>x</title><img alt="" src="http://localhost/x.png"></html>'
        )


def test_page_servers_do_not_load_weasyprint():
    code = (
        "import django, sys; django.setup(); import config.urls;"
        "sys.exit('weasyprint' in sys.modules)"
    )
    python = subprocess.run([".venv/bin/python", "-c", code], check=False)
    assert python.returncode == 0


def test_correction_names_only_what_must_be_mended(bogor):
    ticket = at_verification(bogor)
    ratna = officer(bogor)
    for asked, accepted in zip(asked_documents(ticket), (False, True), strict=True):
        judge(
            asked.document,
            Finding(accepted, original_seen=accepted, reason="cut_off"),
            by=again(ratna),
            after=0,
        )
    complete(ticket, ratna)
    run_jobs_here()
    [letter] = letters("berkas perlu dilengkapi")
    assert letter.to == [ticket.applicant.email]
    assert [letter.body.count(f"{n}. ") for n in (1, 2)] == [1, 0]
    assert "Terpotong. Unggah lagi dengan keempat tepi" in letter.body
    assert f"/tiket/{ticket.number}/berkas/#berkas-" in letter.body


def test_correction_is_mailed_once_for_each_time_it_is_asked(bogor):
    ticket = registration(bogor)
    front = officer(bogor, Role.FRONT_OFFICE)
    for _ in range(2):
        give_all(ticket)
        complete(ticket, ticket.applicant)
        complete(ticket, front, complete=False)
    run_jobs_here()
    assert Mail.objects.filter(template="tickets/mail/correction").count() == 2


def test_rejection_tells_where_the_reason_stands_not_the_reason(depok):
    helpdesk, ratna = officer(depok, Role.HELPDESK), officer(depok)
    ticket = registration(depok)
    complete(ticket, helpdesk)
    accept_all(ticket, ratna)
    complete(ticket, ratna)
    complete(ticket, ratna, exit="tolak")
    complete(ticket, ratna, note="Alamat tidak dapat dibuktikan.")
    run_jobs_here()
    [letter] = letters("permohonan ditolak")
    assert letter.body.count(f"/tiket/{ticket.number}/") == 1
    assert "Alamat" not in letter.body


def test_nobody_outside_is_told_when_nobody_is_a_party(bogor):
    ticket = registration(bogor)
    give_all(ticket)
    complete(ticket, ticket.applicant)
    ticket.parties.update(revoked_at=MONDAY)
    complete(ticket, officer(bogor, Role.FRONT_OFFICE), complete=False)
    run_jobs_here()
    assert letters("berkas perlu dilengkapi") == []


def corrected(bogor):
    """A ticket sent back for correction; its mail waits."""
    ticket = registration(bogor)
    give_all(ticket)
    complete(ticket, ticket.applicant)
    complete(ticket, officer(bogor, Role.FRONT_OFFICE), complete=False)
    return ticket


def lost(ticket):
    return ticket.events.filter(name="mail_lost")


def test_mail_that_was_refused_stands_on_the_ticket_once(bogor, settings):
    ticket = corrected(bogor)
    with serving(settings, Desk(rcpt=["550 5.1.1 no such user"])):
        run_jobs_here()
    letter = Mail.objects.get(template="tickets/mail/correction")
    tell_failed.func(letter.pk)
    event = lost(ticket).get()
    assert (event.by, event.data) == (None, {"mail": letter.pk, "reason": "unknown_mailbox"})  # fmt: skip


def test_mail_that_arrived_leaves_nothing_on_the_ticket(bogor, settings):
    ticket = corrected(bogor)
    with serving(settings):
        run_jobs_here()
    assert lost(ticket).count() == 0


@pytest.mark.parametrize("for_office", [True, False])
def test_lost_mail_is_told_in_words_without_the_address(bogor, for_office):
    ticket = corrected(bogor)
    run_jobs_here()
    letter = Mail.objects.get(template="tickets/mail/correction")
    fail(letter, reason=Mail.Reason.MAILBOX_FULL, detail="452")
    run_jobs_here()
    newest = history(ticket, read_events(ticket, for_office=for_office), for_office=for_office)[0]  # fmt: skip
    said = render_to_string(newest.templates, {"names": newest.names}).strip()
    assert (newest.tone, said) == (
        "warn",
        "Surat pemberitahuan untuk pemohon tidak sampai: kotak surat penerima penuh.",
    )
