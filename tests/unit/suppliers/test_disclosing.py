"""A User ID is told once two proofs of identity were accepted, and never a password (S3)."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from loket.kernel import clock
from loket.offices.roles import Role
from loket.requests.actions import Asked, submit
from loket.requests.queries import ways_to_ask
from loket.standards.queries import in_force, spec_of
from loket.suppliers.forms import DiscloseForm
from loket.tickets.actions import Finding, judge
from loket.tickets.models import Message, Ticket
from loket.tickets.queries import asked_documents
from loket.tickets.steps import kind_of
from tests.factories.asking import supplier
from tests.factories.people import again, officer, person
from tests.unit.tickets.browsing import give_all

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(bogor):
    return asked(bogor, "pt")


def asked(bogor, form):
    owner = person("Sekar Lintang")
    supplier(owner, form=form)
    standard = in_force(bogor, "informasi-user-id")
    [way] = ways_to_ask(owner, bogor, spec_of(standard.pk))
    made = submit(standard, Asked(way, "counter", (), {}), by=again(owner))
    made.applicant = owner
    give_all(made)
    return made


def tell(ticket, by, user_id="tunaspandan"):
    Ticket.objects.filter(pk=ticket.pk).update(step="beri-tahu", status="in_progress", turn="office")  # fmt: skip
    ticket.refresh_from_db()
    step = spec_of(ticket.standard_id).step("beri-tahu")
    kind_of(step).complete(ticket, step, by=again(by), user_id=user_id)


def accept(ticket, by, most):
    Ticket.objects.filter(pk=ticket.pk).update(step="verifikasi", status="in_progress", turn="office")  # fmt: skip
    ticket.refresh_from_db()
    for each in asked_documents(ticket)[:most]:
        if each.is_accepted:
            continue
        judge(each.document, Finding(True, True), by=again(by), after=each.revision)


def test_one_proof_is_not_enough(bogor, ticket):
    verifikator = officer(bogor, Role.VERIFIKATOR)
    accept(ticket, verifikator, 1)
    with pytest.raises(ValidationError):
        tell(ticket, verifikator)
    assert not Message.objects.filter(ticket=ticket).exists()


def test_it_stands_in_the_ticket(bogor, ticket):
    verifikator = officer(bogor, Role.VERIFIKATOR)
    accept(ticket, verifikator, 2)
    tell(ticket, verifikator)
    ticket.refresh_from_db()
    assert ticket.status == "done"
    assert "tunaspandan" in Message.objects.get(ticket=ticket).body


def test_a_foreign_company_proves_itself_with_its_deed_and_tax_number(bogor):
    ticket, verifikator = asked(bogor, "asing"), officer(bogor, Role.VERIFIKATOR)
    accept(ticket, verifikator, 1)
    with pytest.raises(ValidationError):
        tell(ticket, verifikator)
    accept(ticket, verifikator, 2)
    tell(ticket, verifikator)
    ticket.refresh_from_db()
    assert ticket.status == "done"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({}, {"user_id"}),
        ({"user_id": "tunas rahasia-8"}, {"user_id"}),
        ({"user_id": "tunaspandan"}, set()),
        ({"goes_back": "on", "body": "KTP tidak terbaca."}, set()),
    ],
)
def test_what_the_form_takes(said, wrong):
    assert set(DiscloseForm(said, may_return=True).errors) == wrong
