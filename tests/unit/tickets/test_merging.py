"""Two tickets of one person become one: nothing lost, nothing twice, nobody gains."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions import WrongStatus, give_document, write_message
from loket.tickets.actions.merging import merge
from loket.tickets.models import Check, Document, Event, Message, Party, Proof, Ticket
from loket.tickets.permissions import reopens
from loket.tickets.queries import by_public_code
from loket.tickets.queries.progress import progress
from loket.tickets.queries.story import read_events
from tests.factories.papers import pdf
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.unit.tickets.test_intake import MONDAY, arrived

pytestmark = pytest.mark.django_db
COUNTED = (Check, Document, Message, Proof)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def pair(bogor):
    """A ticket with an account, and one from the desk of the same phone number with a message and a file."""
    kept, front = registration(bogor), again(officer(bogor))
    other = arrived(bogor, by=front)
    code = "ktp-pimpinan" if "ktp-pimpinan" in other.standard.document["requirements"] else next(iter(other.standard.document["requirements"]))  # fmt: skip
    asked = next(iter(other.standard.document["applicants"]["badan-usaha"]["asks"]), code)  # fmt: skip
    give_document(kept, asked, by=front, data=pdf(), name="a.pdf")
    give_document(other, asked, by=front, data=pdf(2), name="b.pdf")
    write_message(other, by=front, body="Datang lagi besok", is_internal=True)
    return kept, other, front


def test_everything_goes_on_in_the_kept_ticket(pair):
    kept, other, front = pair
    before = [model.objects.count() for model in COUNTED]
    events = Event.objects.count()
    merge(kept, other, by=front, note="Orang yang sama")
    other.refresh_from_db()
    after = [model.objects.count() for model in COUNTED]
    before[2] += 1  # the reason
    assert after == before
    assert [model.objects.filter(ticket=other).count() for model in COUNTED] == [0] * 4
    assert Event.objects.count() == events + 2
    assert (other.status, other.outcome, other.merged_into) == ("closed", "merged", kept)  # fmt: skip
    assert sorted(Document.objects.filter(ticket=kept).values_list("version", flat=True)) == [1, 2]  # fmt: skip


def test_history_shows_both_and_progress_only_its_own(pair):
    kept, other, front = pair
    states = [(each.step.code, each.state) for each in progress(kept, read_events(kept, for_office=True))]  # fmt: skip
    merge(kept, other, by=front, note="Orang yang sama")
    kept.refresh_from_db()
    events = read_events(kept, for_office=True)
    assert {each.ticket_id for each in events} == {kept.pk, other.pk}
    assert [each.pk for each in events] == sorted(each.pk for each in events)
    assert [(each.step.code, each.state) for each in progress(kept, events)] == states


def test_code_of_the_merged_ticket_leads_to_the_kept_one(pair):
    kept, other, front = pair
    merge(kept, other, by=front, note="Orang yang sama")
    assert by_public_code(other.public_code) == kept


def test_second_press_finds_it_done(pair):
    kept, other, front = pair
    merge(kept, other, by=front, note="Orang yang sama")
    for one, two in ((kept, other), (other, kept)):
        with pytest.raises(WrongStatus):
            merge(one, two, by=front, note="Sekali lagi")


def test_party_sees_both_and_nobody_else_gains(pair):
    kept, other, front = pair
    merge(kept, other, by=front, note="Orang yang sama")
    for ticket in (kept, other):
        found = Ticket.objects.filter(pk=ticket.pk)
        assert found.visible_to(again(kept.applicant)).count() == 1
        assert found.visible_to(person()).count() == 0
    assert {each.user for each in Party.objects.all()} == {kept.applicant}


def test_tickets_of_two_people_are_not_merged(bogor):
    front, one, two = again(officer(bogor)), registration(bogor), registration(bogor)
    with pytest.raises(ValidationError):
        merge(one, two, by=front, note="Salah")
    stranger = arrived(bogor, by=front, phone="0813 9999 0000")
    with pytest.raises(ValidationError):
        merge(one, stranger, by=front, note="Salah")


def test_tickets_of_two_offices_or_one_with_itself_are_not_merged(bogor, depok):
    front, one = again(officer(bogor)), arrived(bogor)
    with pytest.raises(PermissionDenied):
        merge(one, arrived(depok), by=front, note="Salah")
    with pytest.raises(ValidationError):
        merge(one, one, by=front, note="Salah")


def test_party_and_auditor_merge_nothing(pair):
    kept, other, _front = pair
    for user in (kept.applicant, officer(kept.office, Role.AUDITOR)):
        with pytest.raises(PermissionDenied):
            merge(kept, other, by=again(user), note="Saya")


def test_merged_ticket_is_not_opened_again(pair):
    kept, other, front = pair
    merge(kept, other, by=front, note="Orang yang sama")
    head = again(officer(kept.office, Role.KEPALA_TIM))
    assert reopens(head, other) is False


def test_chain_leads_to_its_end(pair):
    kept, other, front = pair
    third = arrived(kept.office, by=front)
    merge(other, third, by=front, note="Sama")
    merge(kept, other, by=front, note="Sama")
    third.refresh_from_db()
    assert third.merged_into == kept
