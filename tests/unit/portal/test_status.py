"""The public status of a ticket: whose turn it is and both clocks, and nothing personal."""

from datetime import UTC, datetime, timedelta

import pytest

from loket.kernel import clock
from loket.offices.roles import Role
from loket.portal.queries import canonical_code
from loket.tickets.actions import withdraw, write_message
from loket.tickets.models import Ticket
from tests.factories.counting import statements
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import complete
from tests.unit.portal.reading import chips, facts, links, text_of

pytestmark = pytest.mark.django_db


def later(**amount):
    return clock.at(clock.now() + timedelta(**amount))


def status_of(ticket):
    return f"/lacak/{ticket.public_code}/"


@pytest.fixture
def at_counter(depok):
    """A ticket of Depok whose documents the counter has just received."""
    ticket = registration(depok)
    complete(ticket, officer(depok, Role.HELPDESK, name="Sekar Wulandari"))
    ticket.refresh_from_db()
    return ticket


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7KQ4-M2XP", "7KQ4-M2XP"),
        ("7kq4m2xp", "7KQ4-M2XP"),
        (" 7KQ4 M2XP ", "7KQ4-M2XP"),
        ("7KQ4–M2XP", "7KQ4-M2XP"),
        ("7KO4-M2XP", "7KQ4-M2XP"),
        ("7K04-M2XP", "7KQ4-M2XP"),
        ("1KQ4-M2XU", "7KQ4-M2XV"),
        ("7KQ4-M2X", ""),
        ("7KQ4-M2XPP", ""),
        ("７KQ4-M2XP", ""),
        ("", ""),
    ],
)
def test_code_is_read_however_it_is_typed(typed, read):
    assert canonical_code(typed) == read


def test_typed_code_leads_to_its_own_address(client, db):
    assert (
        client.get("/lacak/", {"kode": "7kq4 m2xp"})["Location"] == "/lacak/7KQ4-M2XP/"
    )


def test_typing_error_is_explained_beside_the_field(visit):
    page = visit("/lacak/?kode=7KQ4", status=422)
    assert page.one("input", name="kode")["value"] == "7KQ4"
    assert page.one("input", name="kode")["aria-invalid"] == "true"


def test_empty_look_up_asks_for_the_code(visit):
    assert "Tulis kode di tanda terima Anda." in text_of(
        visit("/lacak/?kode=", status=422)
    )


def test_applicant_reads_that_it_is_his_turn(visit, bogor):
    page = visit(status_of(registration(bogor)))

    assert page.one("h1").text == "Sekarang giliran Anda"
    assert chips(page) == ["Menunggu pemohon"]
    assert "Langkah sekarang: Menyiapkan berkas yang diminta" in text_of(page)
    assert "Berikutnya: Memeriksa kelengkapan berkas dan membuat tiket" in text_of(page)


def test_clock_stands_while_it_is_the_applicants_turn(visit, bogor):
    text = text_of(visit(status_of(registration(bogor))))
    assert "0 dari 15 menit Jam berhenti selama menunggu pemohon." in text


def test_both_clocks_run_at_the_office(visit, at_counter):
    with later(minutes=9):
        page = visit(status_of(at_counter))

    assert page.one("h1").text == "Sekarang giliran kantor"
    assert (
        "9 dari 15 menit Tenggat 24 November 2026, 11.15 WIB. Sudah berlalu 9 menit."
        in text_of(page)
    )


def test_office_time_stands_still_during_the_break(visit, at_counter):
    with clock.at(datetime(2026, 11, 24, 5, 30, tzinfo=UTC)):
        text = text_of(visit(status_of(at_counter)))
    assert "1 jam dari 15 menit" in text
    assert "Sudah berlalu 1 j 30 mnt." in text


def test_late_office_is_shown_in_the_colour_of_trouble(visit, at_counter):
    with later(minutes=20):
        clock_face = visit(status_of(at_counter)).one("span", **{"class": "lk-clock"})
    assert clock_face["data-tone"] == "bad"


def test_office_without_promise_shows_what_passed(visit, batang):
    ticket = registration(batang)
    with later(hours=2):
        text = text_of(visit(status_of(ticket)))
    assert "Standar ini tidak menjanjikan lama waktu. Sudah berlalu 2 jam." in text


def test_steps_carry_their_times(visit, at_counter):
    page = visit(status_of(at_counter))
    assert page.texts("small")[1:3] == [
        "24 November 2026, 10.58 WIB",
        "24 November 2026, 11.00 WIB",
    ]
    assert page.one("li", **{"aria-current": "step"})["data-state"] == "now"


def test_refusal_is_no_step_before_it_happens(visit, at_counter):
    assert "Menyampaikan alasan penolakan" not in text_of(visit(status_of(at_counter)))


def test_history_is_told_in_plain_words_newest_first(visit, at_counter):
    page = visit(status_of(at_counter))
    told = [p.text.strip() for p in page.all("p") if p.text.strip().endswith(".")]
    history = [line for line in told if line in HISTORY]
    assert history == HISTORY


HISTORY = [
    "Giliran kantor.",
    "Selesai: Membawa berkas ke kantor LPSE.",
    "Berkas diterima kantor: 6.",
    "Giliran pemohon.",
    "Permohonan diterima.",
    "Selesai: Mendaftar daring dan melengkapi data.",
]


def test_nothing_personal_is_on_the_page(visit, at_counter):
    text = text_of(visit(status_of(at_counter)))
    for private in (
        at_counter.applicant_name,
        at_counter.phone,
        at_counter.number,
        "Sekar Wulandari",
        at_counter.applicant.name,
        at_counter.applicant.email,
        "KTP",
    ):
        assert private not in text


def test_internal_note_leaves_no_trace(visit, depok, at_counter):
    before = text_of(visit(status_of(at_counter)))
    helpdesk = officer(depok, Role.HELPDESK)
    write_message(
        at_counter, by=helpdesk, body="Alamat berbeda dengan akta.", is_internal=True
    )
    assert text_of(visit(status_of(at_counter))) == before


def test_ended_ticket_says_how_it_ended(visit, bogor):
    ticket = registration(bogor)
    withdraw(ticket, by=again(ticket.applicant))

    page = visit(status_of(ticket))
    assert page.one("h1").text == "Permohonan dibatalkan"
    assert chips(page) == ["Dibatalkan"]
    assert "Langkah sekarang" not in text_of(page)


def test_summary_names_office_way_and_version(visit, at_counter):
    found = facts(visit(status_of(at_counter)))
    assert found["Kantor"] == "LPSE Kota Depok"
    assert found["Cara"] == "Tatap muka"
    assert found["Standar"] == "versi 1"
    assert found["Jam kantor"] == "Buka sampai 12.00 WIB"


def test_holder_of_the_code_may_sign_in_for_more(visit, bogor):
    assert "/tiket/" in links(visit(status_of(registration(bogor))))


def test_unknown_and_impossible_codes_get_one_answer(client, packs):
    unknown = client.get("/lacak/AAAA-BBBB/")
    malformed = client.get("/lacak/a/")
    same = unknown.content.replace(b"AAAA-BBBB", b"a")
    assert (unknown.status_code, malformed.status_code) == (404, 404)
    assert same == malformed.content


def guess(client, times):
    return [client.get("/lacak/AAAA-BBBB/").status_code for _ in range(times)]


def test_guessing_is_stopped_for_a_minute(client, visit, bogor):
    ticket = registration(bogor)
    assert guess(client, 31) == [404] * 30 + [429]
    assert client.get(status_of(ticket)).status_code == 429
    with later(minutes=1):
        assert client.get(status_of(ticket)).status_code == 200


def test_right_codes_are_never_counted(client, visit, bogor):
    ticket = registration(bogor)
    answers = {client.get(status_of(ticket)).status_code for _ in range(31)}
    assert answers == {200}


def test_status_page_needs_five_statements(visit, bogor):
    ticket = registration(bogor)
    visit(status_of(ticket))
    with statements() as sent:
        visit(status_of(ticket))
    assert len(sent) == 5


def test_code_of_each_ticket_is_its_own(bogor, packs):
    codes = {registration(bogor).public_code for _ in range(5)}
    assert len(codes) == Ticket.objects.count() == 5
