"""A request taken in at the desk: two fields, a number, a stub, and its true time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.queries import in_force
from loket.tickets.actions.intake import (
    TRIES,
    Arrival,
    Mail,
    check_claim,
    receive,
    receive_papers,
)
from loket.tickets.models import Claim, Document, Event, Ticket
from loket.tickets.queries.intake import readable_claim
from tests.factories.papers import pdf
from tests.factories.people import again, officer
from tests.factories.registering import post
from tests.factories.tickets import SERVICE

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
PHONE = "0812 0000 0177"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def arrived(office, *, by=None, channel="counter", phone=PHONE, **more):
    by = by or again(officer(office, Role.FRONT_OFFICE))
    arrival = Arrival(in_force(office, SERVICE), "badan-usaha", channel, "CV Tunas Pandan", phone, **more)  # fmt: skip
    return receive(office, arrival, by=by)


def at_desk(office, role=Role.FRONT_OFFICE):
    client = Client()
    client.force_login(officer(office, role))
    return client


@pytest.mark.parametrize("place", ["kota-bogor", "kabupaten-batang", "kota-depok"])
def test_ticket_from_the_desk_waits_for_the_registration(packs, place):
    ticket = arrived(packs[place])
    spec_first = ticket.standard.document["procedure"][0]["step"]
    assert (ticket.step, ticket.status, ticket.parties.count()) == (
        spec_first,
        "waiting_applicant",
        0,
    )


def test_name_and_phone_are_enough(bogor):
    client = at_desk(bogor)
    url = reverse("tickets:intake", args=[bogor.slug])
    form = client.get(url).context["form"]
    chosen = {name: field.choices[0][1][0][0] if name == "asked" else field.choices[0][0] for name, field in form.fields.items() if name in {"asked", "channel"}}  # fmt: skip
    required = [name for name, field in form.fields.items() if field.required]
    assert sorted(set(required) - set(chosen)) == ["name", "phone"]
    answer = post(client, url, chosen | {"name": "CV Pinus", "phone": PHONE})
    ticket = Ticket.objects.get()
    assert answer.url == reverse("tickets:stub", args=[ticket.number])
    page = client.get(answer.url).content.decode()
    assert (ticket.number in page, readable_claim(ticket) in page) == (True, True)


def test_refused_intake_keeps_what_was_typed(bogor):
    answer = post(at_desk(bogor), reverse("tickets:intake", args=[bogor.slug]), {"name": "CV Pinus", "phone": "12"})  # fmt: skip
    assert (answer.status_code, Ticket.objects.count()) == (422, 0)
    assert answer.context["form"]["name"].value() == "CV Pinus"


def test_auditor_takes_nothing_in(bogor):
    answer = at_desk(bogor, Role.AUDITOR).get(
        reverse("tickets:intake", args=[bogor.slug])
    )
    assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        arrived(bogor, by=again(officer(bogor, Role.AUDITOR)))


def test_letter_of_yesterday_keeps_its_true_time(bogor):
    yesterday = clock.now() - timedelta(days=1)
    ticket = arrived(bogor, channel="letter", received_at=yesterday)
    submit = Event.objects.get(ticket=ticket, name="submit")
    assert (ticket.submitted_at, submit.at, ticket.recorded_at) == (
        yesterday,
        yesterday,
        clock.now(),
    )


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [(-1, "", "received_at"), (8, "", "late_because"), (8, " ", "late_because")],
)
def test_time_to_come_or_long_ago_without_reason_is_refused(bogor, days, reason, field):
    moment = clock.now() - timedelta(days=days)
    with pytest.raises(ValidationError) as refused:
        arrived(bogor, received_at=moment, late_because=reason)
    assert list(refused.value.message_dict) == [field]


def test_old_letter_with_a_reason_is_taken(bogor):
    moment = clock.now() - timedelta(days=30)
    ticket = arrived(bogor, received_at=moment, late_because="Surat tertinggal")
    assert ticket.submitted_at == moment


def test_stub_opens_only_with_the_phone_given_at_the_desk(bogor, depok):
    ticket = arrived(bogor)
    code = readable_claim(ticket)
    assert check_claim(code, "0812 0000 0178", office=bogor) is None
    assert check_claim(code, PHONE, office=depok) is None
    assert check_claim("2222-2222-2222", PHONE, office=bogor) is None
    assert check_claim(code.lower(), "+62 812-0000-0177", office=bogor).ticket == ticket


def test_stub_is_closed_after_some_wrong_numbers(bogor):
    ticket = arrived(bogor)
    code = readable_claim(ticket)
    for _ in range(TRIES):
        check_claim(code, "0899999999", office=bogor)
    assert check_claim(code, PHONE, office=bogor) is None
    assert Claim.objects.get(ticket=ticket).tries == TRIES


def test_papers_by_mail_say_who_entered_them(batang):
    front = again(officer(batang, Role.FRONT_OFFICE))
    ticket = arrived(batang, by=front, channel="email")
    receive_papers(ticket, Mail("email", "halo@pandan.example"), {"ktp-pimpinan": (pdf(), "ktp.pdf")}, by=front)  # fmt: skip
    given = Document.objects.get(ticket=ticket)
    event = Event.objects.get(ticket=ticket, name="papers_received")
    assert (given.given_by, given.version, event.by, event.data) == (
        front,
        1,
        front,
        {"channel": "email", "count": 1},
    )


def test_papers_by_mail_pass_the_checks_of_files(batang):
    front = again(officer(batang, Role.FRONT_OFFICE))
    ticket = arrived(batang, by=front, channel="email")
    with pytest.raises(ValidationError) as refused:
        receive_papers(ticket, Mail("email", "x"), {"ktp-pimpinan": (b"MZ", "a.pdf")}, by=front)  # fmt: skip
    assert list(refused.value.message_dict) == ["ktp-pimpinan"]
    assert Document.objects.count() == 0
