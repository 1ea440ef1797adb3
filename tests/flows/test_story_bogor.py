"""Bogor: register, upload, be mended once, get the receipt, the account and help with SIKaP."""

from datetime import timedelta

import pytest

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.roles import Role
from loket.suppliers.models import Supplier as Registered
from loket.tickets.models import Ticket
from tests.factories.registering import NPWP
from tests.flows.story import (
    ACTIVE,
    EMAIL,
    SUBMITTED,
    Officer,
    Supplier,
    link_in,
    public_status,
    sign_in,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
OFFICE, APPLICANT, ENDED = "Sekarang giliran kantor", "Sekarang giliran Anda", "Layanan selesai"  # fmt: skip


@pytest.fixture
def tirta(bogor):
    return Supplier(bogor)


@pytest.fixture
def front(bogor):
    return Officer(bogor, Role.FRONT_OFFICE, "Bayu Lesmana")


@pytest.fixture
def ratna(bogor):
    return Officer(bogor, Role.VERIFIKATOR, "Wulan Prameswari")


def uploaded(tirta):
    ticket, _ = tirta.register()
    tirta.upload_all(ticket)
    tirta.do(ticket, "siapkan")
    return ticket


def step_now(ticket):
    return Ticket.objects.get(pk=ticket.pk).step


def test_first_mail_carries_a_link_and_its_hours(tirta):
    letter = tirta.ask_for_link()
    assert letter.to == [EMAIL]
    assert (
        letter.subject == "Lanjutkan pendaftaran akun penyedia Anda di LPSE Kota Bogor"
    )
    assert "72 jam" in letter.body
    assert link_in(letter).startswith("/kantor/kota-bogor/daftar/tautan/")


def test_second_mail_says_what_was_sent_and_what_to_bring(tirta):
    ticket, letters = tirta.register()
    [letter] = letters.values()
    assert letter.subject == f"Pendaftaran {ticket.number} {SUBMITTED}"
    code = f"{ticket.public_code[:4]}-{ticket.public_code[4:]}"
    wanted = (ticket.number, "tunaspandan", "CV Tunas Pandan", code, "NPWP perusahaan")
    assert [word for word in wanted if word not in letter.body] == []
    assert NPWP not in letter.body


def test_page_after_sending_shows_number_and_code(tirta):
    ticket, _ = tirta.register()
    shown = text_of(tirta.browser.get(tirta.done))
    code = f"{ticket.public_code[:4]}-{ticket.public_code[4:]}"
    assert [word in shown for word in (ticket.number, code)] == [True, True]


def test_turn_on_the_public_page_follows_every_step(tirta, front, ratna):
    ticket, _ = tirta.register()
    told = [public_status(ticket)]
    tirta.upload_all(ticket)
    acts = (
        lambda: tirta.do(ticket, "siapkan"),
        lambda: front.do(ticket, "periksa", complete="no"),
        lambda: tirta.do(ticket, "siapkan"),
        lambda: front.do(ticket, "periksa", complete="yes"),
        lambda: (ratna.judge(ticket), ratna.do(ticket, "verifikasi")),
        lambda: front.do(ticket, "tanda-terima"),
        lambda: ratna.do(ticket, "aktifkan", system="SPSE"),
        lambda: ratna.do(ticket, "sikap", result="confirmed", source="SIKaP"),
    )
    for act in acts:
        act()
        told.append(public_status(ticket))
    assert told == [
        APPLICANT, OFFICE, APPLICANT, OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, ENDED,
    ]  # fmt: skip


def test_refused_document_alone_is_asked_again_by_mail(tirta, front, ratna):
    ticket = uploaded(tirta)
    front.do(ticket, "periksa", complete="yes")
    ratna.judge(ticket, refused={"npwp-perusahaan"})
    letters = ratna.do(ticket, "verifikasi")
    letter = letters[f"Tiket {ticket.number}: berkas perlu dilengkapi"]
    assert ("NPWP perusahaan" in letter.body, "KITAS" in letter.body) == (True, False)
    assert public_status(ticket) == APPLICANT
    file_form = text_of(tirta.browser.get(f"/tiket/{ticket.number}/berkas/"))
    assert "Perlu perbaikan" in file_form


def test_receipt_prints_its_number_ticket_and_officer(tirta, front, ratna):
    ticket = uploaded(tirta)
    front.do(ticket, "periksa", complete="yes")
    ratna.judge(ticket)
    ratna.do(ticket, "verifikasi")
    front.do(ticket, "tanda-terima")
    text = front.paper(ticket)
    code = f"{ticket.public_code[:4]}-{ticket.public_code[4:]}"
    wanted = (
        "0001/TANDA-TERIMA/BGR/2026", ticket.number, "CV Tunas Pandan", "Bayu Lesmana",
        "LPSE Kota Bogor", code, "23 November 2026, 11.00 WIB",
    )  # fmt: skip
    assert [word for word in wanted if word not in text] == []


def test_third_mail_opens_the_account_which_then_signs_in(tirta, front, ratna):
    ticket = uploaded(tirta)
    front.do(ticket, "periksa", complete="yes")
    ratna.judge(ticket)
    ratna.do(ticket, "verifikasi")
    front.do(ticket, "tanda-terima")
    letters = ratna.do(ticket, "aktifkan", system="SPSE")
    assert [*letters] == [f"{ACTIVE} di SPSE"]
    assert Registered.objects.get().activated_by == ratna.user
    account = User.objects.get(email=EMAIL)
    assert {sign_in("tunaspandan"), sign_in(EMAIL)} == {str(account.pk)}


def test_optional_steps_are_recorded_on_the_way_and_hold_nothing_up(tirta, front):
    ticket = uploaded(tirta)
    tirta.do(ticket, "booking", note="A-025")
    assert step_now(ticket) == "periksa"
    assert ticket.events.filter(name="step_done", step="booking").count() == 1


@pytest.mark.parametrize("hours", [0, 73])
def test_used_and_expired_links_are_refused_with_a_way_on(tirta, monday, hours):
    link = link_in(tirta.ask_for_link())
    if not hours:
        tirta.fill_in(link)
    with clock.at(monday + timedelta(hours=hours)):
        answered = Supplier(tirta.office).browser.get(link)
    assert (answered.status_code, tirta.page("email") in answered.content.decode()) == (
        410,
        True,
    )
