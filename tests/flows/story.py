"""Told through addresses alone: a supplier with a browser and a mailbox, officers at their desk."""

import re
from contextlib import contextmanager
from html import unescape

import pypdfium2
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from loket.kernel import once
from loket.standards.queries import spec_of
from loket.tickets.models import Ticket
from loket.tickets.queries import asked_documents
from tests.factories.jobs import run_jobs_here
from tests.factories.papers import pdf
from tests.factories.people import PASSWORD, officer
from tests.factories.registering import BUSINESS, IDENTITY, NIK, NPWP, ask_on_page

EMAIL = "halo@pandan.example"
TAX = {"number": NPWP, "password": PASSWORD, "password_again": PASSWORD}
SUBMITTED, ACTIVE = "sudah kami terima", "Akun penyedia Anda aktif"
PERSONAL = (NPWP, NIK, IDENTITY["name"], IDENTITY["responsible_name"], EMAIL, IDENTITY["address"])  # fmt: skip


def send(client, address, /, **said):
    """A form with a fresh key; its answer must lead on."""
    answered = client.post(address, said | {once.FIELD: once.new_key()})
    assert answered.status_code == 302, text_of(answered)
    assert not answered["Location"].startswith("/masuk"), "the session had ended"
    return answered["Location"]


def text_of(answered):
    """What can be read on a page."""
    bare = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answered.content.decode(), flags=re.DOTALL)  # fmt: skip
    return " ".join(unescape(bare).split())


@contextmanager
def new_mail():
    """The letters that arrive meanwhile, by subject."""
    before = len(mail.outbox)
    found = {}
    yield found
    run_jobs_here()
    found |= {letter.subject: letter for letter in mail.outbox[before:]}


def link_in(letter):
    """The address of the link, as the browser opens it."""
    [link] = re.findall(re.escape(settings.SITE_URL) + r"(/kantor/\S+/tautan/\S+)", letter.body)  # fmt: skip
    return link


class Supplier:
    """One browser and one mailbox."""

    def __init__(self, office, email=EMAIL):
        self.office, self.email, self.browser = office, email, Client()

    def page(self, name):
        return reverse(f"suppliers:{name}", args=[self.office.slug])

    def ask_for_link(self):
        with new_mail() as letters:
            ask_on_page(self.browser, self.page("email"), self.email)
        [letter] = letters.values()
        return letter

    def fill_in(self, link, **identity):
        """From the link to the last page, which is not sent yet."""
        assert self.browser.get(link).status_code == 200
        pages = (
            (link, {}),
            (self.page("business"), BUSINESS),
            (self.page("tax"), TAX),
            (self.page("identity"), IDENTITY | identity),
        )
        for address, said in pages:
            following = send(self.browser, address, **said)
            assert self.browser.get(following).status_code == 200

    def register(self, **identity):
        """The whole way; the ticket and the letters that came of it."""
        self.fill_in(link_in(self.ask_for_link()), **identity)
        with new_mail() as letters:
            self.done = send(self.browser, self.page("review"), consent="on")
        return Ticket.objects.get(office=self.office), letters

    def upload_all(self, ticket):
        missing = [each for each in asked_documents(ticket) if not each.is_accepted]
        for asked in missing:
            file = SimpleUploadedFile(f"{asked.code}.pdf", pdf(), "application/pdf")
            address = reverse("tickets:upload", args=[ticket.number, asked.code])
            send(self.browser, address, file=file)

    def do(self, ticket, step, **said):
        address = reverse("tickets:own_step", args=[ticket.number, step])
        with new_mail() as letters:
            send(self.browser, address, **said)
        return letters


class Officer:
    """One officer, signed in."""

    def __init__(self, office, role, name):
        self.user = officer(office, role, name)
        self.browser = Client()
        self.browser.force_login(self.user)

    def do(self, ticket, step, **said):
        """Whoever shows originals is the owner, unless the story says who."""
        self.look(ticket, step)
        came = {"came": "0", "came_name": "Ratna Widuri"}
        address = reverse("tickets:step", args=[ticket.number, step])
        with new_mail() as letters:
            send(self.browser, address, **(came | said))
        return letters

    def look(self, ticket, step):
        """What the step wants to be looked into on its day is clear (G12)."""
        for kind in spec_of(ticket.standard_id).step(step).rechecks:
            address = reverse("tickets:check", args=[ticket.number])
            said = {"kind": kind, "result": "good", "source": "Laman Daftar Hitam"}
            send(self.browser, address, **said)

    def judge(self, ticket, refused=()):
        """Every document that waits: accepted with its original seen, or refused as cut off."""
        for asked in asked_documents(ticket):
            if asked.state != "given":
                continue
            bad = {"accepted": "no", "reason": "cut_off", "after": 0}
            good = {"accepted": "yes", "original_seen": "on", "after": 0}
            address = reverse("tickets:verdict", args=[ticket.number, asked.code])
            send(self.browser, address, **(bad if asked.code in refused else good))

    def paper(self, ticket):
        """The text of the one document that was handed out."""
        [issued] = ticket.issued.all()
        address = reverse("tickets:issued", args=[ticket.number, issued.pk])
        answered = self.browser.get(address)
        assert answered["Content-Type"] == "application/pdf"
        page = pypdfium2.PdfDocument(answered.content)[0]
        return " ".join(page.get_textpage().get_text_range().split())


def public_status(ticket):
    """What anybody with the code reads; nothing personal ever stands there."""
    text = text_of(Client().get(f"/lacak/{ticket.public_code}/"))
    assert [word for word in PERSONAL if word in text] == []
    turns = (
        "Sekarang giliran kantor", "Sekarang giliran Anda", "Sedang di pihak luar kantor",
        "Layanan selesai", "Permohonan ditolak", "Permohonan dibatalkan",
    )  # fmt: skip
    [turn] = [words for words in turns if words in text]
    return turn


def sign_in(login):
    """A new browser signs in with the password of the registration."""
    browser = Client()
    said = {"login": login, "password": PASSWORD, once.FIELD: once.new_key()}
    browser.post(reverse("account_login"), said)
    return browser.session.get("_auth_user_id")
