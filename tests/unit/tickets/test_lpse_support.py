"""A problem reported in the national helpdesk is taken in with its number there (D-c, X4)."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.queries import in_force
from loket.tickets.actions.intake import Arrival, receive
from loket.tickets.models import Ticket
from loket.tickets.queries.search import search
from tests.factories.people import again, officer
from tests.factories.registering import post

pytestmark = pytest.mark.django_db
SERVICE = "penanganan-masalah"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(datetime(2026, 11, 23, 3, 0, tzinfo=UTC)):
        yield


def arrived(office, channel="lpse_support", number="LS-77-0177"):
    arrival = Arrival(in_force(office, SERVICE), "penyedia", channel, "CV Pinus", "0812 0000 0177", outside_number=number)  # fmt: skip
    return receive(office, arrival, by=again(officer(office, Role.FRONT_OFFICE)))


def test_its_number_stands_on_the_ticket_and_finds_it(depok):
    helper = officer(depok, Role.HELPDESK)
    browser = Client()
    browser.force_login(helper)
    form = reverse("tickets:intake", args=[depok.slug])
    asked = f"{in_force(depok, SERVICE).pk}:penyedia"
    said = {"name": "CV Pinus", "phone": "0812 0000 0177", "asked": asked, "channel": "lpse_support"}  # fmt: skip
    assert [*post(browser, form, said).context["form"].errors] == ["outside_number"]
    assert post(browser, form, said | {"outside_number": "LS-77-0177"}).status_code == 302  # fmt: skip
    ticket = Ticket.objects.get()
    page = browser.get(reverse("tickets:ticket", args=[ticket.number]))
    assert "LS-77-0177" in page.content.decode()
    assert search(again(helper), "LS-77-0177").ids == [ticket.pk]


@pytest.mark.parametrize(("channel", "number"), [("lpse_support", ""), ("phone", "LS-77-0177")])  # fmt: skip
def test_number_belongs_to_that_way_alone(depok, channel, number):
    with pytest.raises(ValidationError) as refused:
        arrived(depok, channel, number)
    assert [*refused.value.message_dict] == ["outside_number"]


def test_the_database_keeps_the_number(depok):
    ticket = arrived(depok)
    with pytest.raises(IntegrityError, match="ticket_of_lpse_support_has_its_number"):
        Ticket.objects.filter(pk=ticket.pk).update(outside_number="")


def test_an_office_without_it_does_not_ask(bogor):
    browser = Client()
    browser.force_login(officer(bogor, Role.FRONT_OFFICE))
    form = browser.get(reverse("tickets:intake", args=[bogor.slug])).context["form"]
    assert "outside_number" not in form.fields
