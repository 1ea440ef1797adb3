"""What the office's promise counts, and what it does not (C5, C6, G4): figures worked out by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError

from loket.kernel import clock
from loket.offices.models import Closure, Office
from loket.offices.roles import Role
from loket.tickets.actions import Finding, judge, recompute_due, reopen, withdraw
from loket.tickets.models import Segment, Ticket
from loket.tickets.queries import asked_documents, clock_face
from loket.tickets.queries.rows import due
from loket.tickets.queries.story import clock_words
from loket.tickets.queries.worklists import counts
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete
from tests.unit.tickets import uji

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def wib(text):
    """A moment on the wall clock of the three offices."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def minutes(count):
    return timedelta(minutes=count)


def seconds(ticket):
    return {
        segment.step: segment.office_seconds
        for segment in Segment.objects.filter(ticket=ticket)
        if segment.ended_at and segment.turn == "office"
    }


def face(ticket):
    return clock_face(ticket, ticket.segments.all())


@pytest.fixture
def staff(depok):
    return officer(depok, Role.HELPDESK), officer(depok)


def brought(office, helpdesk, at):
    """A ticket of Depok whose documents were handed over at this moment."""
    with clock.at(at):
        ticket = registration(office)
        complete(ticket, helpdesk)
    return ticket


def verified(ticket, verifier, at):
    with clock.at(at):
        accept_all(ticket, verifier)
        complete(ticket, verifier)


def sent_back(ticket, verifier, at):
    """The verifier refuses the first document at this moment."""
    with clock.at(at):
        for place, asked in enumerate(asked_documents(ticket)):
            finding = Finding(place > 0, original_seen=place > 0, reason="cut_off")
            judge(asked.document, finding, by=again(verifier), after=asked.revision)
        complete(ticket, verifier)


def test_registered_on_friday_evening_and_verified_on_tuesday_is_on_time(bogor):
    front, verifier = officer(bogor, Role.FRONT_OFFICE), officer(bogor)
    with clock.at(wib("2026-11-20 19:30")):
        ticket = registration(bogor)
    assert ticket.due_at is None
    with clock.at(wib("2026-11-24 10:05")):
        complete(ticket, front)
    with clock.at(wib("2026-11-24 10:10")):
        complete(ticket, front, complete=True)
    assert ticket.due_at == wib("2026-11-24 10:25")
    verified(ticket, verifier, wib("2026-11-24 10:20"))
    with clock.at(wib("2026-11-24 10:24")):
        complete(ticket, front)
        complete(ticket, verifier, system="SPSE")
        shown = face(ticket)
    assert (shown.used, shown.is_late, ticket.due_at) == (minutes(14), False, None)


def test_minute_more_than_promised_is_late(bogor):
    front = officer(bogor, Role.FRONT_OFFICE)
    with clock.at(wib("2026-11-23 10:00")):
        ticket = registration(bogor)
        complete(ticket, front)
        complete(ticket, front, complete=True)
    answers = []
    for at in ("2026-11-23 10:15", "2026-11-23 10:16"):
        with clock.at(wib(at)):
            answers.append((face(ticket).is_late, face(ticket).left))
    assert answers == [(False, minutes(0)), (True, minutes(-1))]


@pytest.mark.parametrize(
    ("handed_over", "due"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:15"),
        ("2026-11-23 11:50", "2026-11-23 13:05"),  # over the break
        ("2026-11-27 11:25", "2026-11-27 13:10"),  # Friday has its own break
        ("2026-11-27 13:50", "2026-11-30 09:05"),  # over the weekend
        ("2026-11-27 18:00", "2026-11-30 09:15"),  # nobody was there any more
        ("2026-12-23 13:55", "2026-12-28 09:10"),  # over Christmas and its day of leave
    ],
)
def test_due_time_is_counted_in_the_hours_of_the_counter(
    depok, staff, handed_over, due
):
    assert brought(depok, staff[0], wib(handed_over)).due_at == wib(due)


def test_promise_does_not_run_before_its_event(depok):
    with clock.at(wib("2026-11-23 09:00")):
        ticket = registration(depok)
    assert (ticket.counting_from, ticket.due_at) == (None, None)
    with clock.at(wib("2026-11-25 09:00")):
        shown = face(ticket)
    assert (shown.used, shown.is_running, shown.elapsed) == (
        minutes(0),
        False,
        timedelta(days=2),
    )


def test_step_outside_the_promise_costs_nothing_of_it(bogor):
    """Looking whether everything is there comes before the promise of Bogor."""
    front = officer(bogor, Role.FRONT_OFFICE)
    with clock.at(wib("2026-11-23 10:00")):
        ticket = registration(bogor)
        complete(ticket, front)
    with clock.at(wib("2026-11-23 11:30")):
        complete(ticket, front, complete=True)
        assert face(ticket).used == minutes(0)
    assert seconds(ticket) == {"periksa": 90 * 60}
    assert ticket.due_at == wib("2026-11-23 11:45")


def test_waiting_for_the_applicant_costs_nothing(depok, staff):
    helpdesk, verifier = staff
    ticket = brought(depok, helpdesk, wib("2026-11-23 09:00"))
    sent_back(ticket, verifier, wib("2026-11-23 09:06"))
    assert ticket.due_at is None
    with clock.at(wib("2026-11-26 13:55")):
        complete(ticket, helpdesk)
    assert ticket.due_at == wib("2026-11-27 09:04")  # nine minutes were left
    with clock.at(wib("2026-11-27 09:01")):
        shown = face(ticket)
    assert (shown.used, shown.left) == (minutes(12), minutes(3))


def test_due_time_stays_through_the_covered_steps(depok, staff):
    helpdesk, verifier = staff
    ticket = brought(depok, helpdesk, wib("2026-11-23 11:50"))
    verified(ticket, verifier, wib("2026-11-23 11:57"))
    dues = [ticket.due_at]
    with clock.at(wib("2026-11-23 13:02")):
        complete(ticket, verifier, exit="terima")
        dues.append(ticket.due_at)
    assert dues == [wib("2026-11-23 13:05")] * 2
    assert seconds(ticket) == {"cocokkan": 7 * 60, "putuskan": 5 * 60}


def test_promise_used_up_stays_due_when_it_ran_out(depok, staff):
    helpdesk, verifier = staff
    ticket = brought(depok, helpdesk, wib("2026-11-23 09:00"))
    verified(ticket, verifier, wib("2026-11-23 10:00"))
    assert ticket.due_at == wib("2026-11-23 09:15")
    with clock.at(wib("2026-11-23 10:00")):
        assert face(ticket).left == minutes(-45)


def test_elapsed_time_runs_day_and_night(depok, staff):
    ticket = brought(depok, staff[0], wib("2026-11-27 13:50"))
    with clock.at(wib("2026-11-30 09:03")):
        shown = face(ticket)
    assert shown.used == minutes(13)
    assert shown.elapsed == timedelta(days=2, hours=19, minutes=13)


def test_both_clocks_stand_after_the_end(depok, staff):
    ticket = brought(depok, staff[0], wib("2026-11-23 09:00"))
    with clock.at(wib("2026-11-23 09:10")):
        withdraw(ticket, by=again(ticket.applicant))
    with clock.at(wib("2026-12-01 09:00")):
        shown = face(ticket)
    assert (shown.used, shown.elapsed, shown.is_running) == (
        minutes(10),
        minutes(10),
        False,
    )


def test_reopened_ticket_goes_on_with_what_was_left(depok, staff):
    head = officer(depok, Role.KEPALA_TIM)
    ticket = brought(depok, staff[0], wib("2026-11-23 09:00"))
    with clock.at(wib("2026-11-23 09:10")):
        withdraw(ticket, by=again(ticket.applicant))
    with clock.at(wib("2026-11-24 09:00")):
        reopen(ticket, by=again(head), note="Keliru dibatalkan.")
    assert Ticket.objects.get(pk=ticket.pk).due_at == wib("2026-11-24 09:05")


def test_office_that_promises_nothing_is_never_late(batang):
    verifier = officer(batang)
    with clock.at(wib("2026-11-23 09:00")):
        ticket = registration(batang)
        complete(ticket, verifier)
    with clock.at(wib("2026-12-23 09:00")):
        shown = face(ticket)
    assert (shown.promise, shown.left, shown.is_late) == (None, None, False)
    assert not ticket.segments.filter(counted=True).exists()


def test_year_without_decreed_holidays_is_counted_by_the_week_alone(depok, staff):
    ticket = brought(depok, staff[0], wib("2034-03-03 13:50"))  # a Friday
    assert ticket.due_at == wib("2034-03-06 09:05")
    verified(ticket, staff[1], wib("2034-03-06 09:02"))
    assert seconds(ticket) == {"cocokkan": 12 * 60}


def close_on(office, day):
    """The office closes on a day it had open: what the pages of its settings do."""
    Closure.objects.create(office=office, date=day, reason="Listrik padam")
    Office.objects.filter(pk=office.pk).update(hours_version=office.hours_version + 1)
    office.refresh_from_db()


def test_closed_day_moves_open_due_times(depok, staff):
    ticket = brought(depok, staff[0], wib("2026-11-23 13:55"))
    assert ticket.due_at == wib("2026-11-24 09:10")
    close_on(depok, date(2026, 11, 24))
    assert recompute_due(depok) == 1
    assert Ticket.objects.get(pk=ticket.pk).due_at == wib("2026-11-25 09:10")


def test_closed_day_leaves_what_was_measured(depok, staff):
    helpdesk, verifier = staff
    ticket = brought(depok, helpdesk, wib("2026-11-23 09:00"))
    verified(ticket, verifier, wib("2026-11-23 09:10"))
    before = list(ticket.segments.filter(ended_at__isnull=False).values())
    close_on(depok, date(2026, 11, 23))
    recompute_due(depok)
    assert list(ticket.segments.filter(ended_at__isnull=False).values()) == before
    assert Ticket.objects.get(pk=ticket.pk).due_at == wib("2026-11-24 09:05")


def test_second_recount_changes_nothing(depok, staff):
    brought(depok, staff[0], wib("2026-11-23 13:55"))
    close_on(depok, date(2026, 11, 24))
    assert [recompute_due(depok), recompute_due(depok)] == [1, 0]


def test_recount_is_the_offices_own(depok, bogor, staff):
    front = officer(bogor, Role.FRONT_OFFICE)
    with clock.at(wib("2026-11-23 13:55")):
        ticket = registration(bogor)
        complete(ticket, front)
        complete(ticket, front, complete=True)
    close_on(depok, date(2026, 11, 24))
    assert recompute_due(depok) == 0
    assert Ticket.objects.get(pk=ticket.pk).due_at == wib("2026-11-24 10:10")


@pytest.mark.parametrize("waiting", [True, False])
def test_recount_leaves_tickets_whose_clock_stands(depok, staff, waiting):
    helpdesk, verifier = staff
    ticket = brought(depok, helpdesk, wib("2026-11-23 13:55"))
    if waiting:
        sent_back(ticket, verifier, wib("2026-11-23 13:58"))
    else:
        with clock.at(wib("2026-11-23 13:58")):
            withdraw(ticket, by=again(ticket.applicant))
    close_on(depok, date(2026, 11, 24))
    assert recompute_due(depok) == 0
    assert Ticket.objects.get(pk=ticket.pk).due_at is None


AROUND_THE_CLOCK = (
    "{kind: max, value: 24, unit: calendar_hours, from: submitted, covers: [kerjakan]}"
)
WORK = (
    "step: kerjakan, kind: issue_document, actor: helpdesk, text: Mengerjakan, "
    "document: bukti, ends: true"
)


@pytest.mark.parametrize("hours", ["", "loket"])
def test_calendar_hours_run_through_night_and_weekend(tmp_path, hours):
    office = uji.office(tmp_path, [WORK], time=AROUND_THE_CLOCK, hours=hours)
    with clock.at(wib("2026-11-27 16:00")):  # Friday, closed
        ticket, worker = uji.ticket_at(office), officer(office, Role.HELPDESK)
    assert ticket.due_at == wib("2026-11-28 16:00")
    with clock.at(wib("2026-11-28 16:30")):
        assert face(ticket).used == timedelta(hours=24, minutes=30)
        complete(ticket, worker)
    assert seconds(ticket) == {"kerjakan": int(24.5 * 3600)}


def test_promise_from_submission_runs_at_once(tmp_path):
    time = AROUND_THE_CLOCK.replace("24", "30").replace("calendar_hours", "service_minutes")  # fmt: skip
    office = uji.office(tmp_path, [WORK], time=time)
    ticket = uji.ticket_at(office, at=wib("2026-11-23 11:45"))
    assert (ticket.counting_from, ticket.due_at) == (
        wib("2026-11-23 11:45"),
        wib("2026-11-23 13:15"),
    )


def test_hours_are_those_of_the_offices_own_zone(tmp_path):
    time = AROUND_THE_CLOCK.replace("24", "30").replace("calendar_hours", "service_minutes")  # fmt: skip
    office = uji.office(tmp_path, [WORK], time=time, zone="Asia/Jayapura")
    ticket = uji.ticket_at(office, at=wib("2026-11-23 06:30"))  # 08.30 there
    assert ticket.due_at == wib("2026-11-23 07:30")


def near(ticket, helpdesk, at):
    """What the badge, the number beside the list and the page's clock say at this moment."""
    with clock.at(at):
        found = Ticket.objects.with_names().get(pk=ticket.pk)
        badge = due(found, clock.now()).tone
        count = counts(found.office, helpdesk)["semua"]
        shown = clock_words(found, found.segments.all()).tone
    return badge, count.soon, count.late, shown


@pytest.mark.parametrize(
    ("handed_over", "calm", "warned", "due_at"),
    [
        ("11-23 11:40", "11:49:59", "11-23 11:50", "11-23 11:55"),  # within the morning
        ("11-23 11:47", "11:56:59", "11-23 11:57", "11-23 13:02"),  # over the noon break
        ("11-26 13:48", "13:57:59", "11-26 13:58", "11-27 09:03"),  # over a night
    ],
)  # fmt: skip
def test_last_minutes_are_those_of_open_time_on_badge_and_count(
    depok, staff, handed_over, calm, warned, due_at
):
    ticket = brought(depok, staff[0], wib(f"2026-{handed_over}"))
    helpdesk = again(staff[0])
    before = wib(f"2026-{handed_over[:5]} {calm}")
    assert near(ticket, helpdesk, before) == ("", 0, 0, "accent")
    for moment in (warned, due_at):
        assert near(ticket, helpdesk, wib(f"2026-{moment}")) == ("warn", 1, 0, "warn")
    after = wib(f"2026-{due_at}") + timedelta(seconds=1)
    assert near(ticket, helpdesk, after) == ("bad", 0, 1, "bad")


def test_nothing_is_near_while_the_clock_stands(depok, staff):
    ticket = brought(depok, staff[0], wib("2026-11-23 09:00"))
    sent_back(ticket, staff[1], wib("2026-11-23 09:14"))
    ticket.refresh_from_db()
    assert (ticket.due_at, ticket.soon_at) == (None, None)


def test_closed_day_moves_the_last_minutes_too(depok, staff):
    ticket = brought(depok, staff[0], wib("2026-11-26 13:48"))
    close_on(depok, date(2026, 11, 27))
    assert recompute_due(depok) == 1
    ticket.refresh_from_db()
    assert ticket.due_at == wib("2026-11-30 09:03")
    assert ticket.soon_at == wib("2026-11-26 13:58")


def test_ticket_warns_never_after_it_is_due(depok, staff):
    ticket = brought(depok, staff[0], wib("2026-11-23 09:00"))
    late = ticket.due_at + timedelta(seconds=1)
    with pytest.raises(IntegrityError, match="ticket_soon_before_it_is_due"):
        Ticket.objects.filter(pk=ticket.pk).update(soon_at=late)


@pytest.mark.parametrize(
    ("hours", "calendars", "minutes"),
    [
        ("loket", "{loket: {week: {mon-thu: ['09:00-12:00', '13:00-14:00']}}}", 120),
        ("", "{loket: {week: {mon-thu: ['09:00-12:00', '13:00-14:00']}}}", 120),
        ("", "{pagi: {week: {mon-fri: ['08:00-11:30']}}, kantor: {week: {mon-fri: ['08:00-16:00']}}}", 90),
        ("", "{}", 360),
    ],
)  # fmt: skip
def test_standard_that_prints_no_hours_is_measured_in_the_offices_own(
    tmp_path, hours, calendars, minutes
):
    """From Monday 11.00 to Tuesday 09.00."""
    office = uji.office(tmp_path, [WORK], hours=hours, calendars=calendars)
    ticket = uji.ticket_at(office, at=wib("2026-11-23 11:00"))
    with clock.at(wib("2026-11-24 09:00")):
        complete(ticket, officer(office, Role.HELPDESK))
    assert seconds(ticket) == {"kerjakan": minutes * 60}
