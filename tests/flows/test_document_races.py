"""Eight people do the same with one document at the same moment; each control takes the protection away."""

import pytest

from loket.offices.roles import Role
from loket.tickets.actions import Finding, judge
from loket.tickets.actions.documents import give_document
from loket.tickets.models import Document, Ticket
from loket.tickets.queries import asked_documents
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import complete
from tests.flows.test_races import all_at_once, without

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


@pytest.fixture
def ticket(depok):
    """Its documents wait for verdicts."""
    made = registration(depok)
    complete(made, officer(depok, Role.HELPDESK))
    return made


def unlock(monkeypatch):
    """From here on nobody waits for the row of the ticket."""
    monkeypatch.setattr(Ticket, "lock", lambda self: self.refresh_from_db())


def race(ticket, act, role=Role.VERIFIKATOR):
    """Each with a copy of the page of his own."""
    people = [again(officer(ticket.office, role)) for _ in range(MANY)]
    pages = [Ticket.objects.get(pk=ticket.pk) for _ in people]
    for page in pages:
        asked_documents(page)
    return all_at_once(
        [
            lambda page=page, by=by: act(page, by)
            for page, by in zip(pages, people, strict=True)
        ]
    )


def see_original(page, by):
    give_document(page, first(page).requirement, by=by, data=None)


def first(ticket):
    return ticket.documents.order_by("requirement").first()


def versions(ticket):
    known = Document.objects.filter(requirement=first(ticket).requirement)
    return sorted(known.values_list("version", flat=True))


def test_one_document_given_eight_times_has_eight_versions(ticket):
    race(ticket, see_original, Role.HELPDESK)
    assert versions(ticket) == list(range(1, MANY + 2))


def test_control_without_lock_and_constraint_versions_repeat(ticket, monkeypatch):
    unlock(monkeypatch)
    with without("tickets_document", "document_one_per_version"):
        race(ticket, see_original, Role.HELPDESK)
        assert len(set(versions(ticket))) < len(versions(ticket))


def accept(page, by):
    judge(first(page), Finding(True, original_seen=True), by=by, after=0)


def test_one_of_eight_verdicts_stands(ticket):
    assert race(ticket, accept) == ["did it"] + ["told"] * (MANY - 1)
    assert first(ticket).verdicts.count() == 1


def test_control_without_constraint_more_verdicts_stand(ticket, monkeypatch):
    unlock(monkeypatch)
    with without("tickets_verdict", "verdict_one_per_revision"):
        race(ticket, accept)
        assert first(ticket).verdicts.count() > 1
