"""A request taken in at the desk: two fields, a number, a stub, and its true time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
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


def arrived(
    office, *, by=None, channel="counter", phone=PHONE, name="CV Tunas Pandan", **more
):
    by = by or again(officer(office, Role.FRONT_OFFICE))
    arrival = Arrival(in_force(office, SERVICE), "badan-usaha", channel, name, phone, **more)  # fmt: skip
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


def test_bad_file_among_the_scans_loses_none_of_the_others(batang):
    """A browser forgets chosen files, so the good ones are kept and only the bad one is asked again."""
    client = at_desk(batang)
    ticket = arrived(batang, channel="letter")
    url = reverse("tickets:papers", args=[ticket.number])
    codes = list(client.get(url).context["form"].papers)[:2]
    files = {
        codes[0]: SimpleUploadedFile("baik.pdf", pdf(), "application/pdf"),
        codes[1]: SimpleUploadedFile("rusak.pdf", b"MZ", "application/pdf"),
    }
    answer = post(
        client, url, files | {"channel": "letter", "sender": "Surat CV Pinus"}
    )
    page = client.get(answer.url)
    assert (answer.url, codes[1] in page.context["form"].papers) == (url, True)
    assert codes[0] not in page.context["form"].papers
    assert [each.level_tag for each in page.context["messages"]] == ["success", "error"]
    assert [each.requirement for each in Document.objects.all()] == [codes[0]]
    assert Event.objects.get(name="papers_received").data["count"] == 1


@pytest.mark.parametrize("channel", ["whatsapp", "phone", "portal"])
def test_way_the_standard_does_not_name_is_neither_offered_nor_taken(batang, channel):
    form = at_desk(batang).get(reverse("tickets:intake", args=[batang.slug])).context["form"]  # fmt: skip
    assert [code for code, _label in form.fields["channel"].choices] == ["counter", "email", "letter"]  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        arrived(batang, channel=channel)
    assert list(refused.value.message_dict) == ["channel"]


@pytest.mark.parametrize("phone", ["0812-0000-0177", "+62 (812) 0000 0177", "62812 0000 0177", "(0251) 8325943"])  # fmt: skip
def test_phone_is_taken_as_people_write_it(bogor, phone):
    answer = post(at_desk(bogor), reverse("tickets:intake", args=[bogor.slug]), typed(bogor, phone=phone))  # fmt: skip
    assert (answer.status_code, Ticket.objects.get().phone) == (302, phone)


@pytest.mark.parametrize("wrong", [{"email": "halo@"}, {"email": "halo pandan.example"}, {"phone": "nol delapan"}, {"name": "  "}, {"received_at": "24-11-2026 14.05"}, {"asked": "999:badan-usaha"}])  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(bogor, wrong):
    answer = post(at_desk(bogor), reverse("tickets:intake", args=[bogor.slug]), typed(bogor, **wrong))  # fmt: skip
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, [*wrong])
    assert Ticket.objects.count() == 0


def typed(office, **more):
    standard = in_force(office, SERVICE)
    said = {"name": "CV Pinus", "phone": PHONE, "asked": f"{standard.pk}:badan-usaha", "channel": "counter"}  # fmt: skip
    return said | more
