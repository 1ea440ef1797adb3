"""The ticket at the desk: what stands on its page, and what each form does."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions import write_message
from loket.tickets.models import Check, Message, Status, Ticket, Turn, Verdict
from loket.tickets.panels import panels_of
from loket.tickets.queries import asked_documents
from tests.factories.counting import statements
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete
from tests.unit.tickets.browsing import (
    address,
    as_page,
    at_receipt,
    at_verification,
    read,
    send,
    signed_in,
)

pytestmark = pytest.mark.django_db
CAME = {"came": "0", "came_name": "Ratna Widuri"}
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
KTP, NPWP = "ktp-pimpinan", "npwp-perusahaan"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ratna(bogor):
    return officer(bogor)


@pytest.fixture
def desk(ratna):
    return signed_in(ratna)


@pytest.fixture
def ticket(bogor):
    return at_verification(bogor)


def verdict_of(ticket, code):
    return next(each.verdict for each in asked_documents(ticket) if each.code == code)


def chips(page):
    return page.texts("span", **{"class": "lk-chip"})


def test_page_names_status_turn_and_version(desk, ticket):
    page = read(desk, "ticket", ticket.number)
    assert chips(page)[:3] == [
        "Diproses",
        "Giliran kantor: belum diambil",
        f"Standar versi {ticket.standard.version}",
    ]


def test_page_shows_the_clock_and_the_norms(desk, ticket):
    with clock.at(MONDAY + timedelta(minutes=9)):
        page = read(desk, "ticket", ticket.number)
    assert page.texts("span", **{"class": "lk-clock"}) == ["9 dari 15 menit"]
    assert page.texts("li", **{"aria-current": "step"})[0].endswith("9 / –")


def test_page_costs_at_most_twelve_statements(desk, ticket, ratna):
    write_message(ticket, by=again(ratna), body="Sudah kami terima.")
    read(desk, "ticket", ticket.number)
    with statements() as first:
        read(desk, "ticket", ticket.number)
    for _ in range(3):
        write_message(ticket, by=again(ratna), body="Satu lagi.", is_internal=True)
    with statements() as second:
        read(desk, "ticket", ticket.number)
    assert len(first) == len(second)
    assert len(first) <= 12


def test_ticket_of_another_office_is_not_found(depok, ticket):
    other = signed_in(officer(depok))
    assert other.get(address("ticket", ticket.number)).status_code == 404
    assert send(other, "take", ticket.number).status_code == 404
    assert send(other, "message", ticket.number, body="Halo").status_code == 404


def test_officer_does_not_open_his_own_request_at_a_foreign_desk(bogor, depok):
    wulan = officer(depok, name="Wulan Prameswari")
    own = registration(bogor, user=wulan)
    assert signed_in(again(wulan)).get(address("ticket", own.number)).status_code == 404


def test_desk_page_is_closed_to_the_applicant(ticket):
    tirta = signed_in(again(ticket.applicant))
    assert tirta.get(address("ticket", ticket.number)).status_code == 403


def test_taking_makes_the_ticket_mine_and_the_button_goes(desk, ticket, ratna):
    assert "Ambil" in read(desk, "ticket", ticket.number).texts("button")
    assert send(desk, "take", ticket.number)["Location"] == address(
        "ticket", ticket.number
    )
    page = read(desk, "ticket", ticket.number)
    assert Ticket.objects.get(pk=ticket.pk).assignee == ratna
    assert "Ambil" not in page.texts("button")
    assert chips(page)[1] == "Giliran kantor: Ratna Widuri"


def test_step_has_a_button_only_for_those_who_do_it(bogor, ticket):
    front = signed_in(officer(bogor, Role.FRONT_OFFICE))
    assert "Semua berkas sesuai" not in read(front, "ticket", ticket.number).texts(
        "button"
    )
    accept_all(ticket, officer(bogor))
    assert send(front, "step", ticket.number, "verifikasi").status_code == 403


def test_step_without_verdicts_is_refused_on_the_same_page(desk, ticket):
    response = send(desk, "step", ticket.number, "verifikasi")
    assert response.status_code == 422
    assert as_page(response).texts("li")[0] == (
        "Beri putusan untuk setiap berkas lebih dahulu."
    )
    assert Ticket.objects.get(pk=ticket.pk).step == "verifikasi"


def test_completed_step_leads_back_to_the_ticket(desk, ticket, ratna):
    accept_all(ticket, ratna)
    response = send(desk, "step", ticket.number, "verifikasi", **CAME)
    assert response["Location"] == address("ticket", ticket.number)
    assert Ticket.objects.get(pk=ticket.pk).step == "tanda-terima"


def test_completing_a_step_twice_is_a_conflict(desk, ticket, ratna):
    accept_all(ticket, ratna)
    send(desk, "step", ticket.number, "verifikasi", **CAME)
    assert send(desk, "step", ticket.number, "verifikasi").status_code == 409


def test_step_the_procedure_does_not_have_is_not_found(desk, ticket):
    assert send(desk, "step", ticket.number, "entah").status_code == 404


def test_passed_optional_step_may_be_recorded_later(desk, ticket):
    page = read(desk, "ticket", ticket.number)
    assert "Memesan antrean layanan" in page.texts("h3")
    send(desk, "step", ticket.number, "booking", note="Nomor antrean A-025")
    assert "Memesan antrean layanan" not in read(desk, "ticket", ticket.number).texts(
        "h3"
    )
    assert Ticket.objects.get(pk=ticket.pk).step == "verifikasi"


def test_wrong_time_of_an_optional_step_keeps_what_was_typed(desk, ticket):
    response = send(desk, "step", ticket.number, "booking", at="kemarin", note="A-025")
    page = as_page(response)
    assert response.status_code == 422
    assert page.one("input", name="at", value="kemarin")["id"] == "langkah-booking-at"
    assert page.one("input", name="note", value="A-025")["id"] == "langkah-booking-note"


def test_document_waits_beside_its_verdict(desk, ticket):
    page = read(desk, "ticket", ticket.number, berkas=NPWP)
    document = next(
        each.document for each in asked_documents(ticket) if each.code == NPWP
    )
    pictures = [image["src"] for image in page.all("img")]
    assert pictures == [address("page", ticket.number, document.pk, 1)]
    assert page.one("img")["loading"] == "lazy"
    assert "belum dipindai" in chips(page)


def test_verdict_is_kept_and_the_next_document_shown(desk, ticket):
    send(
        desk, "verdict", ticket.number, KTP, accepted="yes", original_seen="on", after=0
    )
    found = verdict_of(ticket, KTP)
    assert (found.accepted, found.original_seen) == (True, True)
    page = read(desk, "ticket", ticket.number)
    assert page.one("h2", id="judul-berkas").text.strip() == "NPWP perusahaan"


def test_refusal_without_a_reason_is_refused_at_its_field(desk, ticket):
    response = send(
        desk,
        "verdict",
        ticket.number,
        KTP,
        accepted="no",
        note="Sisi kanan hilang",
        after=0,
    )
    page = as_page(response)
    assert response.status_code == 422
    assert (
        page.one("div", id=f"berkas-{KTP}-reason_error").text.strip()
        == "Pilih alasannya."
    )
    assert (
        page.one("input", name="note", value="Sisi kanan hilang")["id"]
        == f"berkas-{KTP}-note"
    )
    assert Verdict.objects.count() == 0


def test_second_officer_who_saw_the_same_state_gets_a_conflict(bogor, desk, ticket):
    send(
        desk, "verdict", ticket.number, KTP, accepted="yes", original_seen="on", after=0
    )
    bayu = signed_in(officer(bogor, name="Bayu Lesmana"))
    late = send(
        bayu, "verdict", ticket.number, KTP, accepted="no", reason="cut_off", after=0
    )
    assert late.status_code == 409
    assert verdict_of(ticket, KTP).accepted


def test_refused_document_sends_the_ticket_back(desk, ticket):
    send(desk, "verdict", ticket.number, KTP, accepted="no", reason="cut_off", after=0)
    send(
        desk,
        "verdict",
        ticket.number,
        NPWP,
        accepted="yes",
        original_seen="on",
        after=0,
    )
    page = read(desk, "ticket", ticket.number)
    assert "Kembalikan untuk diperbaiki" in page.texts("button")
    send(desk, "step", ticket.number, "verifikasi")
    back = Ticket.objects.get(pk=ticket.pk)
    assert (back.turn, back.status) == (Turn.APPLICANT, Status.WAITING_APPLICANT)


def test_verdict_on_a_document_nobody_gave_is_not_found(bogor, desk):
    waiting = registration(bogor)
    response = send(
        desk,
        "verdict",
        waiting.number,
        KTP,
        accepted="yes",
        original_seen="on",
        after=0,
    )
    assert response.status_code == 404


def test_register_nobody_looked_into_is_shown_as_unchecked(desk, ticket):
    assert chips(read(desk, "ticket", ticket.number)).count("Belum diperiksa") == 3


def test_check_names_result_source_and_officer(desk, ticket):
    send(desk, "check", ticket.number, kind="kswp", result="good", source="DJP Online")
    page = read(desk, "ticket", ticket.number)
    assert chips(page).count("Belum diperiksa") == 2
    assert "DJP Online · Ratna Widuri, 23 November 2026, 11.00 WIB" in page.texts(
        "span"
    )


def test_check_without_a_source_is_refused_and_stays_open(desk, ticket):
    response = send(
        desk, "check", ticket.number, kind="kswp", result="bad", note="Tutup"
    )
    page = as_page(response)
    assert response.status_code == 422
    assert (
        page.one("div", id="periksa-kswp-source_error").text.strip() == "Isi “Sumber”"
    )
    assert page.one("input", name="note", value="Tutup")["id"] == "periksa-kswp-note"
    assert Check.objects.count() == 0


def test_check_that_was_not_asked_for_is_refused(desk, ticket):
    response = send(
        desk, "check", ticket.number, kind="entah", result="good", source="X"
    )
    assert response.status_code == 422


def test_reply_stands_in_the_history_of_both(desk, ticket):
    send(desk, "message", ticket.number, is_internal="no", body="Mohon bawa KTP asli.")
    assert read(desk, "ticket", ticket.number).texts("blockquote") == [
        "Mohon bawa KTP asli."
    ]
    own = read(signed_in(again(ticket.applicant)), "own", ticket.number)
    assert own.texts("blockquote") == ["Mohon bawa KTP asli."]


def test_internal_note_never_reaches_the_applicant(desk, ticket):
    send(desk, "message", ticket.number, is_internal="yes", body="Alamat berbeda.")
    inner = read(desk, "ticket", ticket.number).one(
        "div", **{"class": "lk-time__inner"}
    )
    assert " ".join(inner.text.split()) == "Catatan internal. Alamat berbeda."
    own = signed_in(again(ticket.applicant)).get(address("own", ticket.number))
    assert "Alamat berbeda." not in own.content.decode()


def test_empty_message_is_refused(desk, ticket):
    response = send(desk, "message", ticket.number, is_internal="no", body="")
    assert response.status_code == 422
    assert Message.objects.count() == 0


def test_history_says_what_happened_with_names(desk, ticket):
    send(
        desk, "verdict", ticket.number, KTP, accepted="yes", original_seen="on", after=0
    )
    page = read(desk, "ticket", ticket.number)
    sentences = [text for text in page.texts("p") if text.startswith("Menerima ")]
    assert sentences == [
        "Menerima KTP, KITAS, atau KITAP direksi, pejabat, atau pimpinan perusahaan."
    ]


def test_auditor_reads_everything_and_changes_nothing(bogor, ticket):
    auditor = signed_in(officer(bogor, Role.AUDITOR))
    page = read(auditor, "ticket", ticket.number)
    assert page.all("form", method="post") == []
    refused = [
        send(auditor, "take", ticket.number),
        send(auditor, "message", ticket.number, is_internal="yes", body="Halo"),
        send(auditor, "check", ticket.number, kind="kswp", result="good", source="X"),
        send(
            auditor,
            "verdict",
            ticket.number,
            KTP,
            accepted="yes",
            original_seen="on",
            after=0,
        ),
    ]
    assert {response.status_code for response in refused} == {403}


def test_only_the_head_opens_an_ended_ticket_again_and_says_why(bogor, desk):
    waiting = registration(bogor)
    send(signed_in(again(waiting.applicant)), "withdraw", waiting.number)
    head = signed_in(officer(bogor, Role.KASUBAG_LPSE))
    assert send(desk, "reopen", waiting.number, note="Keliru").status_code == 403
    assert send(head, "reopen", waiting.number, note="").status_code == 422
    assert send(head, "reopen", waiting.number, note="Keliru tekan").status_code == 302
    assert Ticket.objects.get(pk=waiting.pk).status == Status.WAITING_APPLICANT
    assert read(head, "ticket", waiting.number).texts("blockquote") == ["Keliru tekan"]


def test_issued_document_waits_for_its_pdf(bogor, desk):
    ticket = at_receipt(bogor)
    front = officer(bogor, Role.FRONT_OFFICE)
    complete(ticket, front)
    page = read(desk, "ticket", ticket.number)
    assert page.texts("h2")[-3:-1] == ["Diterbitkan", "Riwayat"]
    assert "PDF sedang dibuat. Muat ulang halaman sebentar lagi." in page.texts("span")


def test_same_form_sent_twice_acts_once(desk, ticket):
    said = {"is_internal": "no", "body": "Sekali saja.", "kunci": "a" * 32}
    answers = [desk.post(address("message", ticket.number), said) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [
        address("ticket", ticket.number)
    ] * 2
    assert Message.objects.count() == 1


def test_panels_of_higher_rooms_stand_beside_the_document(ticket, ratna):
    # No registration belongs to this ticket; its standard offers a letter to print
    assert [each.template for each in panels_of(ticket, ratna)] == ["suppliers/steps/_letters.html"]  # fmt: skip


def test_pages_need_a_sign_in(ticket, client):
    response = client.get(address("ticket", ticket.number))
    assert response["Location"].startswith("/masuk/?next=")
