"""Every form of a request pressed twice: one effect, and both times the same answer."""

import json
from copy import deepcopy
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from loket.accounts.models import User
from loket.kernel import once
from loket.kernel.models import Mail
from loket.offices.roles import Role
from loket.suppliers.models import Registration, Supplier as Registered
from loket.tickets.models import Check, Document, Event, Message, Ticket, Verdict
from tests.factories.papers import pdf
from tests.factories.registering import BUSINESS, CHALLENGE, IDENTITY, proof_of
from tests.flows.story import EMAIL, TAX, Officer, Supplier, link_in, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
COUNTED = (User, Registration, Registered, Ticket, Event, Message, Document, Verdict, Check, Mail)  # fmt: skip


def rows():
    """How much there is of everything."""
    return {model.__name__: model.objects.count() for model in COUNTED}


def twice(client, address, /, **said):
    """Press the button twice on one page: where both lead, once the rows agree."""
    key = once.new_key()
    answers, counted = [], []
    for _ in range(2):
        for value in said.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        answered = client.post(address, said | {once.FIELD: key})
        answers.append((answered.status_code, answered.get("Location")))
        counted.append(rows())
    assert answers[0] == answers[1]
    assert counted[0] == counted[1]
    assert answers[0][0] == 302
    return answers[0][1]


@pytest.fixture
def tirta(bogor):
    return Supplier(bogor)


@pytest.fixture
def ticket(tirta):
    return tirta.register()[0]


def test_pages_of_the_registration(tirta):
    page = tirta.browser.get(tirta.page("email")).content.decode()
    proof = proof_of(json.loads(unescape(CHALLENGE.search(page)[1])))
    assert twice(tirta.browser, tirta.page("email"), email=EMAIL, altcha=proof) == tirta.page("sent")  # fmt: skip
    link = link_in(tirta.ask_for_link())
    led = [
        twice(tirta.browser, link),
        twice(tirta.browser, tirta.page("business"), **BUSINESS),
        twice(tirta.browser, tirta.page("tax"), **TAX),
        twice(tirta.browser, tirta.page("identity"), **IDENTITY),
    ]
    assert led == [tirta.page(name) for name in ("business", "tax", "identity", "review")]  # fmt: skip


def test_last_button_opens_one_account_and_one_ticket(tirta):
    """The second click leaves before the first is answered, so it still carries the visitor's cookies."""
    tirta.fill_in(link_in(tirta.ask_for_link()))
    hurried = Client()
    hurried.cookies = deepcopy(tirta.browser.cookies)
    said = {"consent": "on", once.FIELD: once.new_key()}
    answers = [
        browser.post(tirta.page("review"), said).get("Location")
        for browser in (tirta.browser, hurried)
    ]
    [ticket] = Ticket.objects.all()
    done = reverse("suppliers:done", args=[tirta.office.slug, ticket.public_code])
    assert answers == [done, done]
    assert (User.objects.filter(email=EMAIL).count(), Registered.objects.count()) == (1, 1)  # fmt: skip


def test_last_button_pressed_after_the_answer_opens_nothing_more(tirta):
    tirta.fill_in(link_in(tirta.ask_for_link()))
    said = {"consent": "on", once.FIELD: once.new_key()}
    tirta.browser.post(tirta.page("review"), said)
    before = rows()
    tirta.browser.post(tirta.page("review"), said)
    led = send(tirta.browser, tirta.page("review"), consent="on")
    assert (rows(), led) == (before, tirta.browser.get(tirta.page("review")).url)


def test_forms_of_the_applicant(tirta, ticket):
    own = [ticket.number]
    file = SimpleUploadedFile("ktp.pdf", pdf(), "application/pdf")
    upload = reverse("tickets:upload", args=[*own, "ktp-pimpinan"])
    assert twice(tirta.browser, upload, file=file) == reverse("tickets:documents", args=own)  # fmt: skip
    page = reverse("tickets:own", args=own)
    led = {
        twice(tirta.browser, reverse("tickets:own_message", args=own), body="Halo"),
        twice(tirta.browser, reverse("tickets:own_step", args=[*own, "booking"])),
        twice(tirta.browser, reverse("tickets:withdraw", args=own)),
    }
    assert led == {page}
    assert Document.objects.count() == Message.objects.count() == 1


def test_forms_of_the_officers(tirta, ticket, bogor):
    ratna = Officer(bogor, Role.VERIFIKATOR, "Wulan Prameswari")
    tirta.upload_all(ticket)
    tirta.do(ticket, "siapkan")
    number = [ticket.number]

    def press(name, *args, **said):
        address = reverse(f"tickets:{name}", args=[*number, *args])
        return twice(ratna.browser, address, **said).partition("#")[0]

    good = {"accepted": "yes", "original_seen": "on", "after": 0}
    led = {
        press("take"),
        press("step", "periksa", complete="yes"),
        press("verdict", "ktp-pimpinan", **good),
        press("verdict", "npwp-perusahaan", **good),
        press("check", kind="npwp", result="good", source="DJP Online"),
        press("message", body="Halo", is_internal="no"),
        press("step", "verifikasi", came="0", came_name="Ratna Widuri"),
        press("step", "tanda-terima"),
        press("check", kind="daftar-hitam", result="good", source="Laman resmi"),
        press("step", "aktifkan", system="SPSE"),
        press("step", "sikap", result="confirmed", source="SIKaP"),
    }
    assert led == {reverse("tickets:ticket", args=number)}
    assert [issued.serial for issued in ticket.issued.all()] == [1]
    assert Ticket.objects.get(pk=ticket.pk).status == "done"


def test_reopening(tirta, ticket, bogor):
    head = Officer(bogor, Role.KEPALA_TIM, "Bagas Prasetya")
    send(tirta.browser, reverse("tickets:withdraw", args=[ticket.number]))
    address = reverse("tickets:reopen", args=[ticket.number])
    twice(head.browser, address, note="Keliru dibatalkan.")
    assert Event.objects.filter(ticket=ticket, name="reopen").count() == 1


def test_other_page_of_the_same_form_is_a_conflict_not_a_second_effect(tirta, ticket):
    """Two pages have two keys; then the ticket itself says that it was done."""
    address = reverse("tickets:withdraw", args=[ticket.number])
    send(tirta.browser, address)
    again = tirta.browser.post(address, {once.FIELD: once.new_key()})
    assert again.status_code in {403, 409}
    assert Event.objects.filter(ticket=ticket, name="withdraw").count() == 1
