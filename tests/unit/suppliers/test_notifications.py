"""The mails of a registration, and what events mean for the tax identity."""

import re

import pytest
from django.core import mail as outbox

from loket.accounts.models import User
from loket.kernel.models import Mail
from loket.suppliers.actions import Activation, activate
from loket.suppliers.models import Link, LinkRequest, Supplier
from loket.suppliers.queries import hash_of
from loket.tickets.actions import withdraw
from loket.tickets.models import Ticket
from tests.factories.jobs import run_jobs_here
from tests.factories.people import officer, person
from tests.factories.registering import EMAIL, requested, submitted
from tests.factories.tickets import registration as counter_ticket

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/kantor/([a-z-]+)/daftar/tautan/([A-Za-z0-9_-]+)/")


def sent():
    """Let the jobs work; the mails that went out since."""
    before = len(outbox.outbox)
    run_jobs_here()
    return outbox.outbox[before:]


def test_link_is_made_when_its_mail_is_sent(bogor):
    requested(bogor)
    (letter,) = sent()
    office, token = LINK.search(letter.body).groups()
    assert (letter.to, office) == ([EMAIL], "kota-bogor")
    assert Link.objects.get(purpose=Link.OPEN).token_hash == hash_of(token)
    assert Mail.objects.get().context == {"request": LinkRequest.objects.get().pk}
    assert (
        letter.subject == "Lanjutkan pendaftaran akun penyedia Anda di LPSE Kota Bogor"
    )


def test_both_bodies_carry_the_same_link(bogor):
    requested(bogor)
    (letter,) = sent()
    tokens = [LINK.search(body)[2] for body in (letter.body, letter.alternatives[0][0])]
    assert tokens[0] == tokens[1]


def test_known_person_reads_his_user_id_and_no_link(bogor):
    known = person(user_id="lama")
    requested(bogor, known.email)
    (letter,) = sent()
    assert (
        letter.subject
        == "Alamat e-mail Anda sudah punya akun di loket (LPSE Kota Bogor)"
    )
    assert ("User ID lama" in letter.body, LINK.search(letter.body)) == (True, None)


def test_submission_is_answered_with_what_to_bring_and_where(depok):
    draft = submitted(depok, facts=["pkp"])
    *_link, letter = sent()
    assert letter.subject == f"Pendaftaran {draft.ticket.number} sudah kami terima"
    lines = letter.body.splitlines()
    assert [line for line in lines if line.startswith("User ID")] == [
        "User ID: tunaspandan"
    ]
    brought = [line for line in lines if line.startswith("- ")]
    assert len(brought) == 7
    assert brought[1] == "- KTP direktur atau pemilik usaha (asli, salinan)"


def test_mail_says_whom_to_tell_when_somebody_else_registered(bogor):
    submitted(bogor)
    *_link, letter = sent()
    lines = letter.body.splitlines()
    place = lines.index(
        "Bukan Anda yang mendaftar? Abaikan e-mail ini, atau laporkan di sini:"
    )
    assert "/kantor/kota-bogor/daftar/bukan-saya/" in lines[place + 1]


def test_mails_never_carry_identity_numbers(bogor):
    submitted(bogor)
    *_link, letter = sent()
    supplier = Supplier.objects.get()
    texts = letter.body + letter.alternatives[0][0]
    assert (supplier.tax_id in texts, supplier.responsible_nik in texts) == (
        False,
        False,
    )


def test_activation_is_told_with_the_system(bogor):
    ticket = submitted(bogor).ticket
    sent()
    Ticket.objects.update(step="aktifkan")
    activate(ticket, Activation("SPSE"), by=officer(bogor))
    (letter,) = sent()
    assert (letter.to, letter.subject) == ([EMAIL], "Akun penyedia Anda aktif di SPSE")


def test_companion_office_points_to_the_account_outside(bogor):
    bogor.registration_mode = "companion"
    bogor.save()
    ticket = submitted(bogor).ticket
    sent()
    Ticket.objects.update(step="aktifkan")
    activate(ticket, Activation("SPSE"), by=officer(bogor))
    (letter,) = sent()
    sentence = (
        "Masuk ke SPSE dengan akun Anda di sana; loket tidak menyimpan kata sandinya."
    )
    assert " ".join(letter.body.split()).count(sentence) == 1


def test_ticket_of_the_counter_sends_no_mail_of_a_registration(bogor):
    counter_ticket(bogor)
    run_jobs_here()
    assert Mail.objects.filter(template__startswith="suppliers/").count() == 0


def test_withdrawal_frees_the_number_by_its_event(bogor):
    ticket = submitted(bogor).ticket
    run_jobs_here()
    withdraw(ticket, by=User.objects.get(email=EMAIL))
    run_jobs_here()
    assert Supplier.objects.get().freed_at is not None


def test_mail_is_written_in_the_language_of_the_registration(bogor):
    requested(bogor, language="en")
    assert Mail.objects.get().language == "en"
    (letter,) = sent()
    assert re.search(r'<html lang="(\w+)">', letter.alternatives[0][0])[1] == "en"
