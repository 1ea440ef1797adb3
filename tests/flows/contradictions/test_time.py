"""What is promised, from when it counts and in which hours, office by office (C5, C6, C7)."""

from datetime import timedelta

import pytest

from loket.kernel import clock
from loket.offices.models import Calendar
from loket.tickets.queries import clock_face
from tests.factories.tickets import registration
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
from tests.unit.portal.reading import facts, service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
PROMISED = [
    (BOGOR, ("Paling lama", "15 menit"), timedelta(minutes=15)),
    (DEPOK, ("Kira-kira", "15 menit"), timedelta(minutes=15)),
    (BATANG, ("Jangka waktu", "Disesuaikan dengan kebutuhan"), None),
]
NO_PROMISE = "Standar ini tidak menjanjikan lama waktu."


@pytest.mark.parametrize(("slug", "fact", "promise"), PROMISED)
def test_c5_page_and_clock_promise_the_same(read, packs, slug, fact, promise):
    ticket = registration(packs[slug])
    printed = facts(read(service(slug)))
    assert (fact[0], printed[fact[0]]) == fact
    assert clock_face(ticket, ticket.segments.all()).promise == promise


@pytest.mark.parametrize(("slug", "promise"), [(each[0], each[2]) for each in PROMISED])
def test_c5_ticket_counts_against_the_promise_of_its_office(
    main, packs, client, slug, promise
):
    ticket = registration(packs[slug])
    client.force_login(ticket.applicant)
    for address in (f"/tiket/{ticket.number}/", f"/lacak/{ticket.public_code}/"):
        text = main(address)
        counts = ("dari 15 menit" in text, NO_PROMISE in text)
        assert counts == (promise is not None, promise is None)


@pytest.mark.parametrize(
    ("slug", "operator"), [(BOGOR, "Paling lama"), (DEPOK, "Kurang lebih")]
)
def test_c5_standard_prints_the_operator_of_its_paper(main, packs, slug, operator):
    version = 2 if slug == BOGOR else 1
    text = main(service(slug, f"standar/{version}/"))
    assert text.count(f"{operator} 15 menit") == 1


def test_c5_norms_of_batang_are_measured_without_becoming_a_promise(batang):
    people = staff(batang)
    with clock.at(wib("2026-11-23 09:00")):
        ticket = registration(batang)
        walk(ticket, people, until="verifikasi")
    with clock.at(wib("2026-11-24 09:00")):
        face = clock_face(fresh(ticket), ticket.segments.all())
        do(fresh(ticket), people)
    assert (face.promise, face.is_late, fresh(ticket).due_at) == (None, False, None)
    event = ticket.events.get(name="step_done", step="verifikasi")
    # Monday 09.00 to Tuesday 09.00 in the usual week of an office, which is its eight hours
    assert (event.data["minutes"], event.data["norm"]) == (8 * 60, 30)


@pytest.mark.parametrize(("other", "total"), [("Tatap muka", 76), ("Daring", 71)])
def test_c5_norms_of_batang_add_up_to_the_printed_steps(read, other, total):
    """By either way once point 5; who comes in person needs no date for a call, 5 minutes of point 4."""
    page = read(service(BATANG))
    steps = [each.text for each in page.all("li") if each["data-state"]]
    norms = page.texts("span", **{"class": "lk-steps__time"})
    taken = zip(steps, norms, strict=True)
    norms = [norm for step, norm in taken if f"hanya {other}" not in step]
    assert sum(int(norm.split()[0]) for norm in norms) == total


@pytest.mark.parametrize("slug", [BOGOR, DEPOK])
def test_c6_clock_starts_with_the_documents_and_not_with_the_submission(packs, slug):
    people = staff(packs[slug])
    with clock.at(wib("2026-11-16 10:30")):
        ticket = registration(packs[slug])
    with clock.at(wib("2026-11-23 10:30")):
        waiting = clock_face(fresh(ticket), ticket.segments.all())
        assert (fresh(ticket).counting_from, fresh(ticket).due_at) == (None, None)
    handed_over = wib("2026-11-23 10:40")
    received = receive(ticket, people, handed_over)
    assert (waiting.used, waiting.is_running) == (timedelta(), False)
    assert received.counting_from == handed_over
    assert received.due_at == wib("2026-11-23 10:55")


@pytest.mark.parametrize("slug", [BOGOR, DEPOK])
def test_c6_page_says_from_when_it_counts(read, slug):
    assert read(service(slug)).texts("dd").count("sejak berkas diterima kantor") == 1


def test_c6_batang_counts_from_nothing(batang):
    people = staff(batang)
    ticket = registration(batang)
    walk(ticket, people)
    assert fresh(ticket).status == "done"
    assert not ticket.segments.filter(counted=True).exists()


@pytest.mark.parametrize(
    ("slug", "handed_over", "due"),
    [
        (BOGOR, "2026-11-23 12:20", "2026-11-23 12:35"),  # Bogor has no break
        (BOGOR, "2026-11-23 09:00", "2026-11-23 10:15"),  # before it opens
        (BOGOR, "2026-11-23 13:50", "2026-11-24 10:05"),  # over the night
        (BOGOR, "2026-11-27 11:40", "2026-11-27 11:55"),  # nor a longer one on Friday
        (BOGOR, "2026-11-27 13:55", "2026-11-30 10:10"),  # over the weekend
        (DEPOK, "2026-11-23 11:50", "2026-11-23 13:05"),
        (DEPOK, "2026-11-23 12:20", "2026-11-23 13:15"),
        (DEPOK, "2026-11-26 11:40", "2026-11-26 11:55"),
        (DEPOK, "2026-11-27 11:40", "2026-11-27 13:15"),  # the Friday break
        (DEPOK, "2026-11-27 13:50", "2026-11-30 09:05"),
    ],
)
def test_c7_due_time_follows_the_hours_of_the_service(packs, slug, handed_over, due):
    people = staff(packs[slug])
    with clock.at(wib("2026-11-20 19:30")):
        ticket = registration(packs[slug])
    assert receive(ticket, people, wib(handed_over)).due_at == wib(due)


@pytest.mark.parametrize(
    ("slug", "hours"),
    [
        (BOGOR, "10.00–14.00"),
        (DEPOK, "09.00–12.00, 13.00–14.00"),
        (BATANG, "Tidak disebut"),
    ],
)
def test_c7_page_prints_the_hours_of_the_service(read, slug, hours):
    assert facts(read(service(slug)))["Jam layanan"] == hours


def test_c7_office_without_hours_asks_to_be_called_first(main):
    assert main(service(BATANG)).count("Standar ini tidak menyebut jam layanan.") == 1


def test_c7_other_calendars_of_depok_are_not_those_of_verification(packs):
    calendars = Calendar.objects.filter(office=packs[DEPOK]).order_by("code")
    assert [(one.code, one.open_end) for one in calendars] == [
        ("auditor", ""),
        ("kantor", "15:30"),
        ("loket", ""),
    ]
