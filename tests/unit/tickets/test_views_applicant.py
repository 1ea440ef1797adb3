"""The applicant's own tickets: turn, clocks, documents one by one, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.kernel import clock
from loket.tickets.actions import Finding, judge
from loket.tickets.models import Document, Message, Status, Ticket, Turn
from loket.tickets.queries import asked_documents, readable_code
from tests.factories.counting import statements
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.factories.walking import complete
from tests.unit.tickets.browsing import (
    address,
    as_page,
    at_verification,
    give_all,
    read,
    send,
    signed_in,
    upload_file,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
KTP, NPWP = "ktp-pimpinan", "npwp-perusahaan"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(bogor):
    return registration(bogor)


@pytest.fixture
def tirta(ticket):
    return signed_in(again(ticket.applicant))


def refused(ticket, office):
    """The verifier refuses the identity card and sends the ticket back."""
    ratna = officer(office)
    for asked, accepted in zip(asked_documents(ticket), (False, True), strict=True):
        finding = Finding(
            accepted,
            original_seen=accepted,
            reason="cut_off",
            note="Foto ulang dengan empat sudut.",
        )
        judge(asked.document, finding, by=again(ratna), after=0)
    complete(ticket, ratna)


def chips(page):
    return page.texts("span", **{"class": "lk-chip"})


def test_own_tickets_are_listed_and_no_others(bogor, ticket, tirta):
    registration(bogor, name="PT Kapuk Randu")
    page = read(tirta, "mine")
    assert [
        link["href"] for link in page.all("a") if link["href"].startswith("/tiket/B")
    ] == [address("own", ticket.number)]


def test_person_without_tickets_is_told_where_to_begin(db):
    page = read(signed_in(person()), "mine")
    assert page.texts("b") == ["Belum ada tiket"]


@pytest.mark.parametrize("name", ["own", "documents"])
def test_ticket_of_somebody_else_is_not_found(ticket, name):
    stranger = signed_in(person("Wulan Prameswari"))
    assert stranger.get(address(name, ticket.number)).status_code == 404


def test_nothing_can_be_done_to_somebody_elses_ticket(ticket):
    stranger = signed_in(person("Wulan Prameswari"))
    answers = [
        send(stranger, "own_message", ticket.number, body="Halo"),
        send(stranger, "withdraw", ticket.number),
        send(stranger, "own_step", ticket.number, "siapkan"),
        send(stranger, "upload", ticket.number, KTP, file=upload_file()),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4


def test_officer_does_not_meet_office_tickets_among_his_own(bogor, ticket):
    ratna = signed_in(officer(bogor))
    assert ratna.get(address("own", ticket.number)).status_code == 404
    assert read(ratna, "mine").texts("b") == ["Anda tidak mengajukan permohonan"]


def test_page_says_whose_turn_it_is_and_that_the_clock_stands(ticket, tirta):
    page = read(tirta, "own", ticket.number)
    assert page.texts("h1") == ["Sekarang giliran Anda"]
    assert page.texts("span", **{"class": "lk-clock"}) == ["0 dari 15 menit"]
    assert page.texts("dd")[-1] == readable_code(ticket.public_code)


def test_page_says_that_the_office_works_and_names_no_officer(bogor):
    ticket = at_verification(bogor)
    response = signed_in(again(ticket.applicant)).get(address("own", ticket.number))
    assert as_page(response).texts("h1") == ["Sedang dikerjakan kantor"]
    assert "Bayu Lesmana" not in response.content.decode()


def test_own_page_costs_the_same_with_more_messages(ticket, tirta):
    send(tirta, "own_message", ticket.number, body="Satu")
    read(tirta, "own", ticket.number)
    with statements() as first:
        read(tirta, "own", ticket.number)
    for body in ("Dua", "Tiga"):
        send(tirta, "own_message", ticket.number, body=body)
    read(tirta, "own", ticket.number)
    with statements() as second:
        read(tirta, "own", ticket.number)
    assert len(first) == len(second)
    assert len(first) <= 12


def test_every_asked_document_has_a_place_to_upload(ticket, tirta):
    page = read(tirta, "documents", ticket.number)
    assert chips(page) == ["Belum diunggah", "Belum diunggah"]
    assert [field["id"] for field in page.all("input", type="file")] == [
        f"unggah-{KTP}-file",
        f"unggah-{NPWP}-file",
    ]
    assert page.all("input", type="file")[0]["accept"] == ".pdf"


def test_uploaded_document_shows_name_pages_and_size(ticket, tirta):
    response = send(
        tirta, "upload", ticket.number, KTP, file=upload_file(name="ktp.pdf")
    )
    assert response["Location"] == address("documents", ticket.number)
    page = read(tirta, "documents", ticket.number)
    document = Document.objects.get()
    assert chips(page) == ["Diunggah, menunggu diperiksa", "Belum diunggah"]
    assert page.texts("div", **{"class": "lk-doc__file"})[0].startswith(
        "ktp.pdf 1 halaman · "
    )
    assert address("own_page", ticket.number, document.pk, 1) in [
        link["href"] for link in page.all("a")
    ]


def test_broken_file_is_refused_at_its_document(ticket, tirta):
    broken = SimpleUploadedFile("ktp.pdf", b"bukan pdf", "application/pdf")
    response = send(tirta, "upload", ticket.number, NPWP, file=broken)
    page = as_page(response)
    assert response.status_code == 422
    assert len(page.all("div", id=f"unggah-{NPWP}-file_error")) == 1
    assert len(page.all("a", href=f"#unggah-{NPWP}-file")) == 1
    assert Document.objects.count() == 0


def test_missing_file_is_named(ticket, tirta):
    response = send(tirta, "upload", ticket.number, KTP)
    assert response.status_code == 422
    error = as_page(response).one("div", id=f"unggah-{KTP}-file_error")
    assert error.text.strip() == "Unggah berkas “Berkas”"


def test_too_large_file_is_refused_before_it_is_read(ticket, tirta):
    large = SimpleUploadedFile(
        "ktp.pdf", b"%PDF-" + b"0" * (4 * 1024 * 1024), "application/pdf"
    )
    response = send(tirta, "upload", ticket.number, KTP, file=large)
    error = as_page(response).one("div", id=f"unggah-{KTP}-file_error")
    assert (
        error.text.strip() == "Berkas ini lebih dari 4 MB. Perkecil, lalu unggah lagi."
    )


def test_document_nobody_asked_for_is_refused(ticket, tirta):
    response = send(tirta, "upload", ticket.number, "entah", file=upload_file())
    assert response.status_code == 422


def test_sending_without_documents_says_what_is_missing(ticket, tirta):
    response = send(tirta, "own_step", ticket.number, "siapkan")
    assert response.status_code == 422
    [reason] = [text for text in as_page(response).texts("li") if "Belum ada" in text]
    assert reason.endswith("NPWP perusahaan.")


def test_complete_documents_go_to_the_office(ticket, tirta):
    give_all(ticket)
    assert send(tirta, "own_step", ticket.number, "siapkan")["Location"] == (
        address("own", ticket.number)
    )
    assert Ticket.objects.get(pk=ticket.pk).turn == Turn.OFFICE


def test_only_the_refused_document_is_asked_again(bogor):
    ticket = at_verification(bogor)
    refused(ticket, bogor)
    page = read(signed_in(again(ticket.applicant)), "documents", ticket.number)
    assert chips(page) == ["Perlu perbaikan", "Diterima"]
    assert [field["id"] for field in page.all("input", type="file")] == [
        f"unggah-{KTP}-file"
    ]
    assert page.texts("div", **{"class": "lk-note", "data-tone": "bad"})[0].startswith(
        "Terpotong. Unggah lagi dengan keempat tepi"
    )


def test_nothing_can_be_uploaded_while_the_office_looks(bogor):
    ticket = at_verification(bogor)
    tirta = signed_in(again(ticket.applicant))
    assert read(tirta, "documents", ticket.number).all("input", type="file") == []
    late = send(tirta, "upload", ticket.number, KTP, file=upload_file())
    assert late.status_code == 409


def test_optional_step_of_the_applicant_may_be_recorded(ticket, tirta):
    assert "Memesan antrean layanan" in read(tirta, "own", ticket.number).texts("h3")
    send(tirta, "own_step", ticket.number, "booking")
    assert "Memesan antrean layanan" not in read(tirta, "own", ticket.number).texts(
        "h3"
    )


def test_step_of_the_office_is_forbidden(ticket, tirta):
    give_all(ticket)
    send(tirta, "own_step", ticket.number, "siapkan")
    assert (
        send(tirta, "own_step", ticket.number, "periksa", complete="yes").status_code
        == 403
    )
    assert send(tirta, "own_step", ticket.number, "entah").status_code == 404


def test_message_reaches_the_office(ticket, tirta):
    send(tirta, "own_message", ticket.number, body="Kapan saya datang?")
    assert Message.objects.get().is_internal is False
    assert send(tirta, "own_message", ticket.number, body="").status_code == 422


def test_withdrawn_request_ends_and_offers_nothing_more(ticket, tirta):
    send(tirta, "withdraw", ticket.number)
    assert Ticket.objects.get(pk=ticket.pk).status == Status.WITHDRAWN
    page = read(tirta, "own", ticket.number)
    assert page.texts("h1") == ["Dibatalkan"]
    assert "Ya, batalkan" not in page.texts("button")
    assert send(tirta, "withdraw", ticket.number).status_code == 409


def test_right_ends_with_the_party(ticket, tirta):
    ticket.parties.update(revoked_at=MONDAY - timedelta(minutes=1))
    assert tirta.get(address("own", ticket.number)).status_code == 404


def test_steps_that_a_correction_repeats_are_open_again(bogor):
    ticket = at_verification(bogor)
    refused(ticket, bogor)
    page = read(signed_in(again(ticket.applicant)), "own", ticket.number)
    assert [step["data-state"] for step in page.all("li") if step["data-state"]] == [
        "done",
        "next",
        "now",
        *["next"] * 7,
    ]
