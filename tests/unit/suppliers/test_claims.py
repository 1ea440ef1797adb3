"""A ticket from the desk is joined with an account: one ticket, one supplier, its number stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from loket.kernel import clock
from loket.suppliers.actions import submit
from loket.suppliers.models import Registration, Supplier
from loket.suppliers.queries import TERMS_VERSION
from loket.suppliers.views.claim import CLAIM
from loket.tickets.actions.intake import Mail, receive_papers
from loket.tickets.models import Claim, Document, Event, Ticket
from loket.tickets.queries.intake import readable_claim
from tests.factories.papers import pdf
from tests.factories.people import again, officer
from tests.factories.registering import filled_in, post
from tests.factories.walking import complete
from tests.unit.tickets.test_intake import MONDAY, PHONE, arrived

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def joined(draft, ticket):
    return submit(draft, route="counter", terms_version=TERMS_VERSION, claim=ticket.claim.pk)  # fmt: skip


def test_registration_with_the_stub_goes_on_in_the_same_ticket(bogor):
    ticket = arrived(bogor)
    found = joined(filled_in(bogor), ticket)
    names = set(Event.objects.filter(ticket=ticket).values_list("name", flat=True))
    assert (found.pk, Ticket.objects.count(), Supplier.objects.count()) == (ticket.pk, 1, 1)  # fmt: skip
    assert (found.number, found.step, found.parties.count()) == (ticket.number, "siapkan", 1)  # fmt: skip
    assert {"submit", "registered"} <= names


def test_papers_given_before_stay_given(batang):
    front = again(officer(batang))
    ticket = arrived(batang, by=front, channel="email")
    receive_papers(ticket, Mail("email", "a@b.example"), {"ktp-pimpinan": (pdf(), "a.pdf")}, by=front)  # fmt: skip
    found = joined(filled_in(batang), ticket)
    assert Document.objects.filter(ticket=found).count() == 1


def test_after_joining_an_officer_goes_on_behind_the_handing_over(batang):
    front = again(officer(batang))
    ticket = arrived(batang, by=front, channel="email")
    papers = {code: (pdf(), "a.pdf") for code in ("ktp-pimpinan", "npwp-perusahaan")}
    receive_papers(ticket, Mail("email", "a@b.example"), papers, by=front)
    found = joined(filled_in(batang), ticket)
    assert found.step == "ajukan"
    complete(found, front)
    found.refresh_from_db()
    assert (found.step, found.turn) == ("verifikasi", "office")


def test_stub_serves_once(bogor):
    ticket = arrived(bogor)
    joined(filled_in(bogor), ticket)
    other = joined(filled_in(bogor, "lain@pandan.example", npwp="817654320404000", user_id="lain", nik="3276015508950004"), ticket)  # fmt: skip
    assert (other.pk == ticket.pk, Claim.objects.get().used_by) == (False, ticket.parties.get().user)  # fmt: skip


def test_stub_of_another_office_opens_a_ticket_of_its_own(bogor, depok):
    ticket = arrived(depok)
    found = joined(filled_in(bogor), ticket)
    assert (found.office, Registration.objects.get().ticket) == (bogor, found)
    assert Claim.objects.get().used_at is None


def test_nobody_records_a_registration_that_does_not_exist(packs):
    for office in packs.values():
        ticket, verifier = arrived(office), again(officer(office))
        with pytest.raises(ValidationError):
            complete(ticket, verifier)
        ticket.refresh_from_db()
        assert ticket.status == "waiting_applicant"


def test_page_of_the_stub_answers_wrong_code_and_wrong_phone_alike(bogor):
    ticket, client = arrived(bogor), Client()
    url = reverse("suppliers:claim", args=[bogor.slug, readable_claim(ticket)])
    nothing = reverse("suppliers:claim", args=[bogor.slug, "2222-2222-2222"])
    wrong, unknown = post(client, url, {"phone": "0899"}), post(client, nothing, {"phone": PHONE})  # fmt: skip
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert CLAIM not in client.session


def test_page_of_the_stub_remembers_whose_ticket_goes_on(bogor):
    ticket, client = arrived(bogor), Client()
    url = reverse("suppliers:claim", args=[bogor.slug, readable_claim(ticket)])
    answer = post(client, url, {"phone": "+62 812 0000 0177"})
    assert (answer.status_code, client.session[CLAIM]) == (302, ticket.claim.pk)


def test_old_letter_keeps_its_time_after_joining(bogor):
    yesterday = MONDAY - timedelta(days=1)
    ticket = arrived(bogor, channel="letter", received_at=yesterday)
    assert joined(filled_in(bogor), ticket).submitted_at == yesterday
