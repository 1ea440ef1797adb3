"""C5-C7, G3, G4: what each office promises, from when, in which hours; both clocks agree with a hand calculation."""

from datetime import timedelta

import pytest

from loket.kernel import clock
from loket.standards.queries import spec_of
from loket.tickets.actions import Finding, give_document, judge
from loket.tickets.queries import asked_documents
from loket.tickets.queries.progress import clock_face
from tests.factories.papers import pdf
from tests.factories.people import again
from tests.factories.tickets import registration
from tests.factories.walking import complete
from tests.flows.contradictions.walks import (
    BATANG,
    BOGOR,
    DEPOK,
    do,
    fresh,
    receive,
    staff,
    walk,
    wib,
)
from tests.flows.story import text_of
from tests.unit.tickets.browsing import signed_in

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def long_ago():
    """Staff and standards exist before anything is submitted."""
    with clock.at(wib("2026-11-20 19:30")):  # a Friday evening
        yield


def handed_in(office, at):
    """Registered on Friday evening; the documents handed over at this moment."""
    people = staff(office)
    return receive(registration(office), people, wib(at)), people


def told_at_desk(ticket, officer, at):
    with clock.at(wib(at)):
        browser = signed_in(again(officer))
        return text_of(browser.get(f"/meja/tiket/{ticket.number}/"))


@pytest.mark.parametrize(
    ("slug", "kind", "minutes"), [(BOGOR, "max", 15), (DEPOK, "about", 15), (BATANG, "none", None)]
)  # fmt: skip
def test_c5_value_and_operator_are_those_of_the_paper(packs, slug, kind, minutes):
    ticket = registration(packs[slug])
    time = spec_of(ticket.standard_id).time
    face = clock_face(fresh(ticket), ticket.segments.all())
    assert (time.kind, face.promise_minutes) == (kind, minutes)


@pytest.mark.parametrize(("slug", "is_late"), [(BOGOR, True), (DEPOK, True), (BATANG, False)])  # fmt: skip
def test_c5_only_a_promise_can_be_late(packs, slug, is_late):
    ticket = registration(packs[slug])
    people = staff(packs[slug])
    with clock.at(wib("2026-11-23 10:30")):
        walk(ticket, people, until="verifikasi" if slug != DEPOK else "cocokkan")
    with clock.at(wib("2026-11-23 11:30")):
        assert clock_face(fresh(ticket), ticket.segments.all()).is_late == is_late


def test_c6_weekend_before_the_documents_came_costs_nothing(bogor):
    """Registered on Friday evening, verified on Tuesday: on time."""
    ticket, people = handed_in(bogor, "2026-11-24 10:05")
    with clock.at(wib("2026-11-24 10:15")):
        while fresh(ticket).step != "aktifkan":
            do(fresh(ticket), people)
    face = clock_face(fresh(ticket), ticket.segments.all())
    assert (face.used, face.is_late) == (10 * MINUTE, False)


def test_c6_clock_stands_until_the_event_the_standard_names(depok):
    ticket = registration(depok)
    with clock.at(wib("2026-11-24 12:00")):
        before = clock_face(fresh(ticket), ticket.segments.all())
    assert (before.used, before.is_running, fresh(ticket).counting_from) == (timedelta(), False, None)  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "given", "due"),
    [
        (DEPOK, "2026-11-27 11:25", "2026-11-27 13:10"),
        (BOGOR, "2026-11-26 13:55", "2026-11-27 10:10"),
        (
            BOGOR,
            "2026-12-23 13:55",
            "2026-12-28 10:10",
        ),  # cuti bersama, Christmas, its weekend
        (DEPOK, "2026-12-23 13:50", "2026-12-28 09:05"),
    ],
    ids=["friday break", "over the night", "holiday", "holiday of the other"],
)
def test_c7_g3_due_time_steps_over_breaks_nights_and_holidays(packs, slug, given, due):
    ticket, _people = handed_in(packs[slug], given)
    assert ticket.due_at == wib(due)


def test_c7_each_office_counts_in_its_own_hours(packs):
    dues = {slug: handed_in(packs[slug], "2026-11-23 11:55")[0].due_at for slug in (BOGOR, DEPOK)}  # fmt: skip
    assert dues == {BOGOR: wib("2026-11-23 12:10"), DEPOK: wib("2026-11-23 13:10")}


def test_g3_desk_shows_the_moment_the_promise_falls_due(depok):
    ticket, people = handed_in(depok, "2026-11-27 11:25")
    text = told_at_desk(ticket, people[0], "2026-11-27 11:27")
    assert "13.10" in text


def replayed(ticket):
    """Both numbers by hand, since the documents came: the office's counted time, and everybody's."""
    segments = ticket.segments.filter(started_at__gte=ticket.counting_from)
    lengths = [(each.counted, each.ended_at - each.started_at) for each in segments]
    counted = sum((length for is_counted, length in lengths if is_counted), timedelta())
    return counted, sum((length for _counted, length in lengths), timedelta())


def test_g4_two_clocks_equal_a_hand_calculation_of_the_log(bogor):
    """Ten minutes of the office, three hours of the applicant, five minutes of the office, all in open hours."""
    ticket, people = handed_in(bogor, "2026-11-23 10:00")
    with clock.at(wib("2026-11-23 10:10")):
        refuse(ticket, people)
    with clock.at(wib("2026-11-23 13:10")):
        mend(ticket)
        while fresh(ticket).step != "verifikasi":
            do(fresh(ticket), people)
    with clock.at(wib("2026-11-23 13:15")):
        walk(ticket, people)
    ticket = fresh(ticket)
    counted, owners = replayed(ticket)
    face = clock_face(ticket, ticket.segments.all())
    assert (counted, face.used, face.used_minutes) == (15 * MINUTE, 15 * MINUTE, 15)
    assert owners == face.elapsed == ticket.ended_at - ticket.counting_from


def test_g4_waiting_for_the_applicant_uses_nothing_of_the_promise(bogor):
    ticket, people = handed_in(bogor, "2026-11-23 10:00")
    with clock.at(wib("2026-11-23 10:10")):
        refuse(ticket, people)
        used = clock_face(fresh(ticket), ticket.segments.all()).used
    with clock.at(wib("2026-11-25 12:00")):
        face = clock_face(fresh(ticket), ticket.segments.all())
    assert (used, face.used, face.is_running, fresh(ticket).due_at) == (10 * MINUTE, 10 * MINUTE, False, None)  # fmt: skip


def refuse(ticket, people):
    """The verifier finds the first document cut off and sends the ticket back."""
    wulan = people[0]
    for place, asked in enumerate(asked_documents(fresh(ticket))):
        finding = Finding(place > 0, place > 0, "" if place else "cut_off")
        judge(asked.document, finding, by=again(wulan), after=asked.revision)
    complete(fresh(ticket), wulan)


def mend(ticket):
    """The applicant gives the refused document again."""
    for asked in asked_documents(fresh(ticket)):
        if asked.is_refused:
            by = fresh(ticket).parties.get().user
            give_document(fresh(ticket), asked.code, by=by, data=pdf(2), name="b.pdf")
