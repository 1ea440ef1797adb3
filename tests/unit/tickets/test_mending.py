"""What an applicant must mend: banner, versions, the fast form of the counter, who came, and the clock meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.kernel import clock
from loket.offices.roles import Role
from loket.standards.queries import spec_of
from loket.suppliers.queries.proxies import refusal
from loket.tickets.actions import Finding, WrongStatus, give_document, judge, judge_all
from loket.tickets.models import Segment, Ticket, Verdict
from loket.tickets.queries import asked_documents
from loket.tickets.queries.corrections import Reminder, reminders
from tests.factories.people import again, officer, person
from tests.factories.tickets import registration
from tests.factories.walking import complete
from tests.flows.story import text_of
from tests.unit.tickets.browsing import (
    address,
    at_verification,
    give_all,
    pdf,
    send,
    signed_in,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # 10.00 WIB, the counter opens
SEEN = (Finding(True, original_seen=True), 0)
BAD = (Finding(False, reason="cut_off"), 0)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(bogor):
    return at_verification(bogor)


@pytest.fixture
def ratna(bogor):
    return again(officer(bogor))


def codes(ticket):
    return [each.code for each in asked_documents(ticket)]


def sent_back(ticket, ratna):
    first, second = codes(ticket)
    judge_all(ticket, {first: BAD, second: SEEN}, by=ratna)
    complete(ticket, ratna)
    return Ticket.objects.get(pk=ticket.pk)


def states(ticket):
    return [each.state for each in asked_documents(ticket)]


def test_all_documents_are_judged_at_once_each_with_its_own_verdict(ticket, ratna):
    first, second = codes(ticket)
    judge_all(ticket, {first: BAD, second: SEEN}, by=ratna)
    found = Verdict.objects.order_by("document__requirement").values_list("accepted")
    assert (len(found), states(ticket)) == (2, ["refused", "accepted"])


def test_one_left_untouched_is_refused_and_none_is_judged(ticket, ratna):
    first, second = codes(ticket)
    with pytest.raises(ValidationError) as refusal:
        judge_all(ticket, {first: SEEN}, by=ratna)
    assert list(refusal.value.message_dict) == [second]
    assert Verdict.objects.count() == 0


def test_colleague_who_was_faster_makes_it_a_conflict(ticket, ratna):
    first, second = codes(ticket)
    document = asked_documents(ticket)[0].document
    judge(document, SEEN[0], by=ratna, after=0)
    with pytest.raises(WrongStatus):
        judge_all(ticket, {first: SEEN, second: SEEN}, by=ratna)
    assert Verdict.objects.count() == 1


def test_form_of_the_counter_has_no_answer_chosen_and_keeps_what_was_typed(
    ticket, ratna
):
    desk, (first, second) = signed_in(ratna), codes(ticket)
    page = desk.get(address("all_documents", ticket.number)).content.decode()
    assert (page.count('type="radio"'), page.count("checked")) == (4, 0)
    answered = send(
        desk, "all_documents", ticket.number,
        **{first: "bad", f"{first}-after": 0, f"{second}-after": 0},
    )  # fmt: skip
    assert (answered.status_code, Verdict.objects.count()) == (422, 0)
    said = {first: "bad", f"{first}-reason": "cut_off", second: "seen"}
    after = {f"{first}-after": 0, f"{second}-after": 0}
    assert send(desk, "all_documents", ticket.number, **said, **after).status_code == 302  # fmt: skip
    assert states(ticket) == ["refused", "accepted"]


def test_applicant_is_reminded_in_one_statement_until_he_sent_it_again(ticket, ratna):
    user = again(ticket.applicant)
    assert reminders(user) == []
    sent_back(ticket, ratna)
    with CaptureQueriesContext(connection) as asked:
        found = reminders(user)
    page = address("documents", ticket.number)
    assert (found, len(asked)) == ([Reminder(ticket.number, 1, page)], 1)
    give_document(ticket, codes(ticket)[0], by=user, data=pdf(), name="ktp.pdf")
    complete(ticket, user)
    assert (reminders(user), reminders(person())) == ([], [])


def test_banner_stands_on_public_pages_too(ticket, ratna):
    sent_back(ticket, ratna)
    page = signed_in(ticket.applicant).get("/").content.decode()
    assert f"Satu berkas pada {ticket.number} perlu diperbaiki." in " ".join(page.split())  # fmt: skip


def test_accepted_document_cannot_be_replaced_and_the_refused_one_stays_visible(
    ticket, ratna
):
    back, user = sent_back(ticket, ratna), again(ticket.applicant)
    first, second = codes(ticket)
    with pytest.raises(WrongStatus):
        give_document(back, second, by=user, data=pdf(), name="npwp.pdf")
    give_document(back, first, by=user, data=pdf(), name="ktp.pdf")
    assert states(back) == ["given", "accepted"]
    assert [each.version for each in asked_documents(back)[0].versions] == [1, 2]


def test_desk_says_how_many_are_new_and_who_refused_the_old(ticket, ratna, bogor):
    back, user = sent_back(ticket, ratna), again(ticket.applicant)
    give_document(back, codes(back)[0], by=user, data=pdf(), name="ktp.pdf")
    complete(back, user)
    complete(back, officer(bogor, Role.FRONT_OFFICE), complete=True)
    text = text_of(signed_in(ratna).get(address("ticket", ticket.number)))
    said = ("Satu berkas baru menunggu putusan", "Riwayat: 2 versi", "Perlu perbaikan: Terpotong", ratna.name)  # fmt: skip
    assert [each for each in said if each not in text] == []


def test_originals_are_not_accepted_before_it_is_said_who_came(ticket, ratna):
    first, second = codes(ticket)
    judge_all(ticket, {first: SEEN, second: SEEN}, by=ratna)
    desk = signed_in(ratna)
    assert send(desk, "step", ticket.number, "verifikasi").status_code == 422
    came = {"came": "0", "came_name": "Sekar Ayu"}
    assert send(desk, "step", ticket.number, "verifikasi", **came).status_code == 302
    ticket.refresh_from_db()
    assert (ticket.shown_as, ticket.shown_by) == ("owner", "Sekar Ayu")


def test_office_that_takes_no_proxies_says_so_at_the_question(ticket, ratna):
    text = text_of(signed_in(ratna).get(address("ticket", ticket.number)))
    assert refusal(spec_of(ticket.standard_id)) in text


def at(day, hour, minute=0):
    """A time of that week in November on the office's clock; 20 is a Friday."""
    return clock.at(datetime(2026, 11, day, hour - 7, minute, tzinfo=UTC))


def test_both_clocks_equal_what_a_hand_adds_up_over_two_corrections(bogor, ratna):
    """Submitted on Friday at 19.00, found complete on Tuesday at 11.00, returned twice, accepted on Thursday.

    By hand, counter open 10.00-14.00: 4 minutes on Tuesday, 3 on Wednesday, 5 on Thursday.
    """
    with at(20, 19):
        found = at_verification_from(bogor)
    with at(24, 11):
        complete(found, officer(bogor, Role.FRONT_OFFICE), complete=True)
    for day, minutes in ((24, 4), (25, 3)):
        with at(day, 11, minutes):
            waiting = [each for each in asked_documents(found) if each.state == "given"]
            judge_all(found, {each.code: BAD for each in waiting}, by=ratna)
            complete(found, ratna)
        with at(day + 1, 8):
            give_all(found)
            complete(found, found.applicant)
        with at(day + 1, 11):
            complete(found, officer(bogor, Role.FRONT_OFFICE), complete=True)
    with at(26, 11, 5):
        judge_all(found, dict.fromkeys(codes(found), SEEN), by=ratna)
        complete(found, ratna)
    pieces = Segment.objects.filter(ticket=found, ended_at__isnull=False)
    verified = pieces.filter(step="verifikasi").order_by("started_at")
    assert [each.office_seconds // 60 for each in verified] == [4, 3, 5]
    whole = sum((each.ended_at - each.started_at for each in pieces.filter(started_at__gte=found.submitted_at)), timedelta())  # fmt: skip
    assert whole == datetime(2026, 11, 26, 4, 5, tzinfo=UTC) - found.submitted_at


def at_verification_from(office):
    """Registered and handed in on Friday evening, when nobody is there."""
    found = registration(office)
    give_all(found)
    complete(found, found.applicant)
    return found
