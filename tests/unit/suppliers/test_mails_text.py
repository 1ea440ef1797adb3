"""The mails of a registration as they arrive: at each office, in both languages, in both bodies."""

import re

import pytest
from django.core import mail as outbox
from django.utils import translation

from loket.kernel.models import Mail
from loket.standards.queries import settings_of
from loket.suppliers.actions import Activation, activate
from loket.suppliers.queries import registration_spec, to_bring
from loket.tickets.models import Ticket
from loket.tickets.queries import readable_code
from tests.factories.jobs import run_jobs_here
from tests.factories.people import PASSWORD, officer, person
from tests.factories.registering import (
    EMAIL,
    IDENTITY,
    NIK,
    NPWP,
    filled_in,
    requested,
    send,
)
from tests.factories.smtp import Desk, serving
from tests.unit.ui.pages import Page

pytestmark = pytest.mark.django_db
OFFICES = ["kabupaten-batang", "kota-bogor", "kota-depok"]
LINK = re.compile(r"/kantor/[a-z-]+/daftar/tautan/[A-Za-z0-9_-]{43}/")
KINDS = ["confirm", "already_registered", "submitted", "activated"]
SUBJECTS = {
    ("confirm", "id"): "Lanjutkan pendaftaran akun penyedia Anda di {office}",
    ("confirm", "en"): "Continue the registration of your supplier account at {office}",
    ("already_registered", "id"): "Alamat e-mail Anda sudah punya akun di loket ({office})",
    ("already_registered", "en"): "Your e-mail address already has an account in loket ({office})",
    ("submitted", "id"): "Pendaftaran {number} sudah kami terima",
    ("submitted", "en"): "We have received registration {number}",
    ("activated", "id"): "Akun penyedia Anda aktif di {system}",
    ("activated", "en"): "Your supplier account is active in {system}",
}  # fmt: skip
IGNORE = {
    ("confirm", "id"): "Bila bukan Anda yang meminta, abaikan e-mail ini, atau laporkan",
    ("confirm", "en"): "If you did not ask for this, ignore this e-mail, or report",
    ("already_registered", "id"): "Bila bukan Anda yang meminta, abaikan e-mail ini, atau laporkan",
    ("already_registered", "en"): "If you did not ask for this, ignore this e-mail, or report",
    ("submitted", "id"): "Bukan Anda yang mendaftar? Abaikan e-mail ini, atau laporkan",
    ("submitted", "en"): "Was it not you who registered? Ignore this e-mail, or report",
    ("activated", "id"): "Petugas tidak pernah meminta kata sandi SPSE, kode OTP, atau uang.",
    ("activated", "en"): "Officers never ask for your SPSE password, an OTP code or money.",
}  # fmt: skip
AUTOMATIC = {
    "id": "E-mail ini dikirim otomatis; jangan dibalas.",
    "en": "This e-mail was sent automatically; please do not reply.",
}
BRING = {"id": "Bawa atau siapkan berkas ini:", "en": "Bring or prepare these documents:"}  # fmt: skip


@pytest.fixture(params=OFFICES)
def office(request, packs):
    return packs[request.param]


@pytest.fixture(params=["id", "en"])
def language(request):
    return request.param


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


def last_letter():
    """Let the jobs work; the last mail that went out."""
    run_jobs_here()
    return outbox.outbox[-1]


def system_of(office):
    return settings_of(office).applications[0]


def submitted_in(language, office, **said):
    """A ticket whose applicant reads this language."""
    draft = filled_in(office, **said)
    draft.language = language
    draft.save(update_fields=["language"])
    return send(draft)


def letter(kind, office, language, **said):
    """The mail of this kind."""
    if kind == "confirm":
        requested(office, language=language)
        return last_letter()
    if kind == "already_registered":
        user = person(user_id="lama")
        user.language = language
        user.save()
        requested(office, user.email)
        return last_letter()
    ticket = submitted_in(language, office, **said)
    if kind == "activated":
        run_jobs_here()
        step = next(one.code for one in registration_spec(office).procedure if one.kind == "activate_account")  # fmt: skip
        role = next(one.actor for one in registration_spec(office).procedure if one.code == step)  # fmt: skip
        Ticket.objects.update(step=step)
        ticket.refresh_from_db()
        activate(ticket, Activation(system_of(office)), by=officer(office, role))
    return last_letter()


def bodies(sent):
    """Text and page as words, without the line breaks of their templates."""
    page = Page(sent.alternatives[0][0])
    words = "".join(e.text for e in page.elements if e.tag == "main")
    return [" ".join(sent.body.split()), " ".join(words.split())]


def holding(sent, *said):
    """Whether each body says all of it."""
    return [[each in body for each in said] for body in bodies(sent)]


def both(*said):
    return [[True] * len(said)] * 2


def test_subject_is_one_line_in_the_reader_s_language(office, language, kind):
    sent = letter(kind, office, language)
    ticket = Ticket.objects.first()
    assert sent.subject == SUBJECTS[kind, language].format(
        office=office.name,
        number=ticket.number if ticket else "",
        system=system_of(office),
    )


def test_mail_names_office_contacts_and_that_nobody_reads_answers(office, language, kind):  # fmt: skip
    contacts = settings_of(office).contacts
    said = [
        office.name, AUTOMATIC[language], IGNORE[kind, language],
        *contacts.telephone, *contacts.whatsapp, *contacts.email,
    ]  # fmt: skip
    assert holding(letter(kind, office, language), *said) == both(*said)


def test_page_of_the_mail_says_its_language(bogor, language, kind):
    page = Page(letter(kind, bogor, language).alternatives[0][0])
    assert page.one("html")["lang"] == language
    assert page.one("title").text == bogor.name


def test_mail_carries_no_secret_and_no_number(bogor, language, kind):
    sent = letter(kind, bogor, language)
    whole = sent.body + sent.alternatives[0][0] + sent.subject + str(sent.extra_headers)
    secrets = (PASSWORD, NPWP, NPWP[:9], NIK, NIK[:6] + NIK[6:12], "scrypt$")
    assert [each in whole for each in secrets] == [False] * len(secrets)


def test_mail_goes_to_one_address_and_says_it_is_automatic(bogor, kind):
    sent = letter(kind, bogor, "id")
    headers = (sent.extra_headers["Auto-Submitted"], sent.cc, sent.bcc, sent.reply_to)
    assert (len(sent.to), headers) == (1, ("auto-generated", [], [], []))


def test_text_has_no_signs_of_a_page_and_no_hole(office, kind):
    text = letter(kind, office, "id").body
    assert re.findall(r"<[a-z/]|&[a-z#0-9]+;|\{\{|\{%|None|\(\)", text) == []
    assert re.findall(r"\n\n\n\n", text) == []


def test_every_button_of_the_mail_leads_into_loket(bogor, kind, settings):
    page = Page(letter(kind, bogor, "id").alternatives[0][0])
    places = [e["href"] for e in page.elements if e.tag == "a"]
    assert (len(places) >= 1, [each for each in places if not each.startswith(settings.SITE_URL + "/")]) == (True, [])  # fmt: skip


def test_mail_loads_nothing_from_elsewhere(bogor, kind):
    page = Page(letter(kind, bogor, "id").alternatives[0][0])
    loading = [e.tag for e in page.elements if e.tag in {"img", "script", "link", "iframe"}]  # fmt: skip
    assert loading == []


def test_first_mail_has_one_link_and_says_how_long_it_works(office, language):
    sent = letter("confirm", office, language)
    hours = settings_of(office).confirm_link.valid_hours
    until = {
        "id": f"Tautan berlaku {hours} jam dan hanya dapat dipakai satu kali.",
        "en": f"The link is valid for {hours} hours and can be used only once.",
    }[language]
    assert holding(sent, until) == both(until)
    assert len(set(LINK.findall(sent.body + sent.alternatives[0][0]))) == 1


def test_link_leads_to_the_office_that_was_asked(office):
    sent = letter("confirm", office, "id")
    assert LINK.findall(sent.body)[0].split("/")[2] == office.slug


@pytest.mark.parametrize("name", ["already_registered", "submitted", "activated"])
def test_other_mails_carry_no_link_that_gives_a_draft(office, name):
    sent = letter(name, office, "id")
    assert LINK.findall(sent.body + sent.alternatives[0][0]) == []


def test_known_person_reads_the_user_id_and_the_way_to_sign_in(office, language, settings):  # fmt: skip
    sent = letter("already_registered", office, language)
    assert holding(sent, "User ID lama") == both("User ID lama")
    places = [body.count(f"{settings.SITE_URL}/masuk/") for body in (sent.body, sent.alternatives[0][0])]  # fmt: skip
    assert [count >= 1 for count in places] == [True, True]


def test_second_mail_says_what_was_sent(office, language):
    sent = letter("submitted", office, language)
    ticket = Ticket.objects.get()
    said = [
        f"User ID: {IDENTITY['user_id']}", IDENTITY["name"], ticket.number,
        readable_code(ticket.public_code),
        f"{IDENTITY['address']}, Kota Bogor, Jawa Barat {IDENTITY['postal_code']}",
    ]  # fmt: skip
    assert holding(sent, *said) == both(*said)


def test_second_mail_lists_what_to_bring_and_where(office, language):
    sent = letter("submitted", office, language)
    ticket, spec = Ticket.objects.get(), registration_spec(office)
    with translation.override(language):
        brought = to_bring(spec, ticket.applicant_kind, ticket.facts)
    lines = [f"{one.title} ({one.form})" if one.form else one.title for one in brought]
    places = [place.name for place in settings_of(office).places]
    said = [BRING[language], *lines, *places]
    assert holding(sent, *said) == both(*said)
    unwrapped = sent.body.replace("\n  ", " ").splitlines()
    assert [line[2:] for line in unwrapped if line.startswith("- ")] == lines


def test_third_mail_says_which_account_works_where(office, language):
    sent = letter("activated", office, language)
    said = [f"User ID: {IDENTITY['user_id']}", office.name, Ticket.objects.get().number]
    assert holding(sent, *said, system_of(office)) == both(*said, system_of(office))


def test_each_event_sends_its_mail_once(office):
    letter("activated", office, "id")
    run_jobs_here()
    sent = Mail.objects.filter(to=EMAIL, template__startswith="suppliers/mail/")
    assert sorted(sent.values_list("template", flat=True).exclude(template="suppliers/mail/confirm")) == [
        "suppliers/mail/activated",
        "suppliers/mail/submitted",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ['CV "Tunas" & Anak', "PT <B>Tebal</B>", "UD Ma'mur", "パンダン"])  # fmt: skip
def test_name_is_written_as_it_was_typed(bogor, name):
    sent = letter("submitted", bogor, "id", name=name)
    assert holding(sent, name) == both(name)
    assert [e.tag for e in Page(sent.alternatives[0][0]).elements].count("b") == 2


def test_name_of_an_office_is_written_as_it_is_in_the_subject(bogor):
    bogor.name = "LPSE Kota Bogor & Sekitar"
    bogor.save()
    assert letter("confirm", bogor, "id").subject.endswith(" di LPSE Kota Bogor & Sekitar")  # fmt: skip


def test_lines_typed_into_a_name_start_no_new_header(bogor):
    sent = letter("submitted", bogor, "id", name="CV Tunas\r\nBcc: lain@pandan.example")
    head = str(sent.message()).split("\n\n", 1)[0]
    assert [line for line in head.splitlines() if line.startswith("Bcc")] == []


@pytest.mark.parametrize("slug", OFFICES)
def test_companion_office_says_where_the_account_is(packs, slug):
    place = packs[slug]
    place.registration_mode = "companion"
    place.save()
    said = "Masuk ke SPSE dengan akun Anda di sana; loket tidak menyimpan kata sandinya."  # fmt: skip
    assert holding(letter("activated", place, "id"), said) == both(said)


def test_refused_mail_of_a_registration_stands_on_its_ticket(bogor, settings):
    ticket = submitted_in("id", bogor)
    with serving(settings, Desk(rcpt=["550 5.1.1 no such user"])):
        run_jobs_here()
    event = ticket.events.get(name="mail_lost")
    assert event.data["reason"] == "unknown_mailbox"
