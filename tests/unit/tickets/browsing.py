"""Signed-in browsers, forms with their keys, and tickets at the step a page test needs."""

import random
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from loket.offices.roles import Role
from loket.tickets.actions import give_document
from loket.tickets.queries import asked_documents
from loket.tickets.seeds import sample_pdf
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete
from tests.unit.ui.pages import Page


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, *args):
    return reverse(f"tickets:{name}", args=args)


def send(client, name, *args, **said):
    """A form the way a page sends it: with a fresh one-time key."""
    return client.post(address(name, *args), {**said, "kunci": uuid4().hex})


def read(client, name, *args, status=200, **query):
    response = client.get(address(name, *args), query)
    assert response.status_code == status
    return Page(response.content.decode())


def as_page(response):
    return Page(response.content.decode())


def pdf(title="Contoh"):
    return sample_pdf(title, random.Random(1))


def upload_file(title="Contoh", name="ktp.pdf"):
    return SimpleUploadedFile(name, pdf(title), "application/pdf")


def give_all(ticket):
    """The applicant uploads everything that is asked."""
    by = again(ticket.applicant)
    for asked in asked_documents(ticket):
        give_document(ticket, asked.code, by=by, data=pdf(), name=f"{asked.code}.pdf")


def at_verification(office, **how):
    """A ticket whose documents are uploaded and complete, waiting for verdicts."""
    ticket = registration(office, **how)
    give_all(ticket)
    complete(ticket, ticket.applicant)
    front = officer(office, Role.FRONT_OFFICE, "Bayu Lesmana")
    complete(ticket, front, complete=True)
    return ticket


def at_receipt(office):
    """A ticket with every document accepted, waiting for its receipt."""
    ticket = at_verification(office)
    verifier = officer(office)
    accept_all(ticket, verifier)
    complete(ticket, verifier)
    return ticket
