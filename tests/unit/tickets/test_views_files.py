"""Pictures of pages and issued PDF files: who gets them, and that each look is written down."""

from datetime import UTC, datetime

import pytest

from loket.files.models import FileView
from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.models import Document, IssuedDocument
from tests.factories.jobs import run_jobs_here
from tests.factories.people import again, officer, person
from tests.factories.walking import complete
from tests.unit.tickets.browsing import (
    address,
    at_receipt,
    at_verification,
    signed_in,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(bogor):
    return at_verification(bogor)


@pytest.fixture
def document(ticket):
    return Document.objects.filter(ticket=ticket).first()


def views():
    return list(FileView.objects.values_list("as_what", "page"))


def test_officer_gets_a_picture_and_the_look_is_logged(bogor, ticket, document):
    ratna = signed_in(officer(bogor))
    response = ratna.get(address("page", ticket.number, document.pk, 1))
    assert response.content.startswith(PNG)
    assert views() == [("officer", 1)]


def test_picture_is_locked_down(bogor, ticket, document):
    response = signed_in(officer(bogor)).get(
        address("page", ticket.number, document.pk, 1)
    )
    names = (
        "Content-Type",
        "Cache-Control",
        "X-Content-Type-Options",
        "Content-Disposition",
    )
    assert [response[name] for name in names] == [
        "image/png",
        "private, no-store",
        "nosniff",
        "inline",
    ]
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_applicant_sees_his_own_pages_as_a_party(ticket, document):
    tirta = signed_in(again(ticket.applicant))
    response = tirta.get(address("own_page", ticket.number, document.pk, 1))
    assert response.content.startswith(PNG)
    assert views() == [("party", 1)]


@pytest.mark.parametrize("page", [0, 2, 99])
def test_page_that_does_not_exist_is_not_found(bogor, ticket, document, page):
    ratna = signed_in(officer(bogor))
    assert (
        ratna.get(address("page", ticket.number, document.pk, page)).status_code == 404
    )
    assert views() == []


def test_nobody_else_gets_a_picture_and_nothing_is_logged(depok, ticket, document):
    there = signed_in(officer(depok))
    stranger = signed_in(person("Wulan Prameswari"))
    place = (ticket.number, document.pk, 1)
    assert there.get(address("page", *place)).status_code == 404
    assert there.get(address("own_page", *place)).status_code == 404
    assert stranger.get(address("page", *place)).status_code == 403
    assert stranger.get(address("own_page", *place)).status_code == 404
    assert views() == []


def test_document_is_not_found_under_another_number(bogor, document):
    other = at_verification(bogor, name="PT Kapuk Randu")
    ratna = signed_in(officer(bogor))
    assert ratna.get(address("page", other.number, document.pk, 1)).status_code == 404


def test_issued_document_says_so_until_it_is_drawn(bogor):
    ticket = at_receipt(bogor)
    complete(ticket, officer(bogor, Role.FRONT_OFFICE))
    issued = IssuedDocument.objects.get()
    response = signed_in(officer(bogor)).get(
        address("issued", ticket.number, issued.pk)
    )
    assert response.status_code == 202
    assert views() == []


def test_drawn_document_is_downloaded_by_both_sides(bogor, depok):
    ticket = at_receipt(bogor)
    complete(ticket, officer(bogor, Role.FRONT_OFFICE))
    run_jobs_here()
    issued = IssuedDocument.objects.get()
    answers = [
        signed_in(officer(bogor)).get(address("issued", ticket.number, issued.pk)),
        signed_in(again(ticket.applicant)).get(
            address("own_issued", ticket.number, issued.pk)
        ),
    ]
    assert [answer.content[:5] for answer in answers] == [b"%PDF-"] * 2
    assert {answer["Content-Disposition"] for answer in answers} == {
        'attachment; filename="0001tanda-terimabgr2026.pdf"'
    }
    assert views() == [("officer", None), ("party", None)]
    there = signed_in(officer(depok))
    assert there.get(address("issued", ticket.number, issued.pk)).status_code == 404
