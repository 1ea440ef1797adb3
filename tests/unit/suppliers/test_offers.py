"""A ticket from the desk is offered to an account that exists: exactly known, and only its owner decides."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.roles import Role
from loket.suppliers.actions.offering import ASKS_A_DAY, VALID, adopt, offer
from loket.suppliers.models import Registration, Supplier, TicketOffer
from loket.suppliers.queries import account_of
from loket.tickets.actions.merging import merge
from loket.tickets.models import Claim, Event, Party, Ticket
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer, person
from tests.factories.registering import post, submitted
from tests.unit.tickets.test_intake import MONDAY, PHONE, arrived

pytestmark = pytest.mark.django_db
NPWP = "801234568404000"
LINK = re.compile(r"https?://[^/\s]+(/usaha/dari-loket/\S+)")


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def owner(depok):
    """Who has an account and a business, registered at another office."""
    return again(account_of(submitted(depok, "halo@pandan.example", npwp=NPWP)))


@pytest.fixture
def ticket(bogor):
    return arrived(bogor)


def letter_about(ticket, *, by=None, **known):
    """The link of the letter that came of it; None when none was written."""
    run_jobs_here()
    mail.outbox.clear()
    offer(ticket, by=by or again(officer(ticket.office)), **known)
    run_jobs_here()
    found = [LINK.search(sent.body)[1] for sent in mail.outbox]
    return found[0] if found else None


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "known", [{"email": "HALO@pandan.example"}, {"npwp": NPWP}, {"npwp": "0" + NPWP}]
)
def test_owner_known_exactly_gets_one_letter_and_nobody_a_right(ticket, owner, known):
    assert letter_about(ticket, **known) is not None
    assert [sent.to for sent in mail.outbox] == [[owner.email]]
    assert ticket.parties.count() == 0


@pytest.mark.parametrize("known", [{"email": "hal@pandan.example"}, {"npwp": "817654320404000"}])  # fmt: skip
def test_nearly_the_same_finds_nobody(ticket, owner, known):
    assert letter_about(ticket, **known) is None
    assert TicketOffer.objects.count() == 0


def test_officer_reads_the_same_whether_there_is_an_account_or_not(ticket, owner):
    client = browser(officer(ticket.office))
    url = reverse("suppliers:offer_ticket", args=[ticket.number])
    said = []
    for email in (owner.email, "tiada@pandan.example"):
        answer = post(client, url, {"email": email})
        page = client.get(answer.url)
        said.append((answer.status_code, answer.url, [str(one) for one in page.context["messages"]]))  # fmt: skip
    events = Event.objects.filter(ticket=ticket, name="account_asked")
    assert said[0] == said[1]
    assert [each.data for each in events] == [{"known_by": "email"}] * 2


def test_letter_names_office_and_number_and_no_person(ticket, owner):
    letter_about(ticket, email=owner.email)
    [sent] = mail.outbox
    whole = " ".join([sent.subject, sent.body, sent.alternatives[0][0]])
    assert [ticket.number in whole, ticket.applicant_name in whole, PHONE in whole] == [True, False, False]  # fmt: skip


def test_owner_registers_his_business_by_the_ticket_from_the_desk(ticket, owner):
    client, link = browser(owner), letter_about(ticket, email=owner.email)
    answer = post(client, link, {"phone": PHONE})
    assert answer.url == reverse("suppliers:join", args=[ticket.office.slug])
    supplier = Supplier.objects.get()
    page = f"{answer.url}?penyedia={supplier.pk}"
    form = client.get(page).context["form"]
    assert ticket.number in str(form.fields["goes_on"].label)
    said = dict.fromkeys(form.questions, "no") | {"consent": "on", "goes_on": "on"}
    post(client, page, said)
    ticket.refresh_from_db()
    assert (Ticket.objects.filter(office=ticket.office).count(), Supplier.objects.count()) == (1, 1)  # fmt: skip
    assert Registration.objects.get(office=ticket.office).ticket == ticket
    assert [each.user for each in ticket.parties.all()] == [owner]
    assert client.get(link).status_code == 410


def test_owner_who_says_it_is_not_his_registers_on_his_own(ticket, owner):
    client, link = browser(owner), letter_about(ticket, email=owner.email)
    url = post(client, link, {"phone": PHONE}).url
    page = f"{url}?penyedia={Supplier.objects.get().pk}"
    form = client.get(page).context["form"]
    post(client, page, dict.fromkeys(form.questions, "no") | {"consent": "on"})
    assert (ticket.parties.count(), Ticket.objects.filter(office=ticket.office).count()) == (0, 2)  # fmt: skip


def test_business_registered_here_already_gets_the_ticket_beside_its_own(bogor):
    registered = submitted(bogor, "halo@pandan.example", npwp=NPWP)
    owner, ticket = (
        again(account_of(registered)),
        arrived(bogor, phone="0813 7777 0101"),
    )
    front = again(officer(bogor))
    with pytest.raises(ValidationError):
        merge(
            registered.ticket, ticket, by=front, note="Sama"
        )  # other phone, nobody in common
    link = letter_about(ticket, npwp=NPWP)
    post(browser(owner), link, {"phone": "0813 7777 0101"})
    assert [each.user for each in ticket.parties.all()] == [owner]
    merge(Ticket.objects.get(pk=registered.ticket_id), Ticket.objects.get(pk=ticket.pk), by=front, note="Sama")  # fmt: skip
    assert Registration.objects.get(office=bogor).ticket_id == registered.ticket_id


def test_owner_of_a_mistyped_number_gains_nothing_without_the_phone(ticket, owner):
    """The officer's typing error wrote to a stranger, who presses the button."""
    client, link = browser(owner), letter_about(ticket, email=owner.email)
    page = client.get(link).content.decode()
    assert [ticket.applicant_name in page, PHONE in page] == [False, False]
    answers = [post(client, link, {"phone": f"081200009{n:03}"}).status_code for n in range(5)]  # fmt: skip
    assert answers == [422] * 5
    assert post(client, link, {"phone": PHONE}).status_code == 422  # closed by then
    assert (ticket.parties.count(), Claim.objects.get().used_at) == (0, None)


def test_link_opens_only_for_the_account_it_was_written_to(ticket, owner):
    link = letter_about(ticket, email=owner.email)
    assert browser(person()).get(link).status_code == 410
    assert Client().get(link).url.startswith("/masuk/")
    assert browser(owner).get(link).status_code == 200


def test_link_is_over_after_its_days_and_when_a_newer_was_sent(ticket, owner):
    front = again(officer(ticket.office))
    older = letter_about(ticket, email=owner.email, by=front)
    newer = letter_about(ticket, email=owner.email, by=front)
    client = browser(owner)
    assert [client.get(link).status_code for link in (older, newer)] == [410, 200]
    with clock.at(MONDAY + VALID + timedelta(minutes=1)):
        assert browser(owner).get(newer).status_code == 410


def test_asking_is_for_officers_of_the_office_and_not_without_end(ticket, depok):
    for user in (officer(depok), officer(ticket.office, Role.AUDITOR), person()):
        with pytest.raises(PermissionDenied):
            offer(ticket, email="a@b.example", by=again(user))
    front = again(officer(ticket.office))
    for _ in range(ASKS_A_DAY):
        offer(ticket, email="a@b.example", by=front)
    with pytest.raises(ValidationError):
        offer(ticket, email="a@b.example", by=front)


def test_ticket_is_taken_once(ticket, owner):
    claim = ticket.claim
    adopt(claim, by=owner)
    with pytest.raises(Conflict):
        adopt(claim, by=again(person()))
    assert [each.user for each in Party.objects.filter(ticket=ticket)] == [owner]
    with pytest.raises(ValidationError):
        offer(ticket, email="a@b.example", by=again(officer(ticket.office)))


@pytest.mark.parametrize(
    "said", [{}, {"email": "a@b.example", "npwp": NPWP}, {"npwp": "12"}, {"email": "ini,salah"}]
)  # fmt: skip
def test_form_takes_exactly_one_whole_address_or_number(ticket, said):
    url = reverse("suppliers:offer_ticket", args=[ticket.number])
    assert post(browser(officer(ticket.office)), url, said).status_code == 422
    assert not Event.objects.filter(name="account_asked").exists()
