"""Two people press at once: one truth, and the other reads who did what and keeps what he typed."""

import threading

import pytest
from django.db import connection

from loket.offices.roles import Role
from loket.tickets.models import Event, Ticket
from tests.factories.people import again, officer
from tests.unit.tickets.browsing import as_page, at_verification, read, send, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def both_at_once(acts):
    """Run both at the same moment; their answers, the accepted one first."""
    gate, answers = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait()
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    [each.start() for each in threads]
    [each.join() for each in threads]
    return sorted(answers, key=lambda answer: answer.status_code)


def last(ticket):
    return Event.objects.filter(ticket=ticket).latest("id").pk


def test_two_heads_hand_one_ticket_over_at_once(bogor):
    ticket = at_verification(bogor)
    heads = [officer(bogor, Role.KEPALA_TIM, name) for name in ("Gilang Samudra", "Wulan Prameswari")]  # fmt: skip
    ratna, sari = officer(bogor), officer(bogor, name="Sari Wening")
    desks, moment = [signed_in(again(head)) for head in heads], last(ticket)

    won, lost = both_at_once(
        [
            lambda desk=desk, to=to: send(
                desk, "assign", ticket.number, to=to.pk, pemegang="", dilihat=moment
            )
            for desk, to in zip(desks, (ratna, sari), strict=True)
        ]
    )

    assert (won.status_code, lost.status_code) == (302, 409)
    event = Event.objects.get(ticket=ticket, name="assign")
    assert Ticket.objects.get(pk=ticket.pk).assignee_id == event.data["to_person"]
    page = as_page(lost)
    to = Ticket.objects.get(pk=ticket.pk).assignee.name
    assert event.by.name in " ".join(page.texts("small"))
    assert f"Menyerahkan tiket kepada {to}." in page.texts("p")


def test_two_officers_take_one_ticket_at_once(bogor):
    ticket = at_verification(bogor)
    officers = [officer(bogor), officer(bogor, name="Sari Wening")]
    desks, moment = [signed_in(again(each)) for each in officers], last(ticket)

    won, lost = both_at_once(
        [
            lambda desk=desk: send(desk, "take", ticket.number, dilihat=moment)
            for desk in desks
        ]
    )

    assert (won.status_code, lost.status_code) == (302, 409)
    event = Event.objects.get(ticket=ticket, name="take")
    assert f"Sementara itu tiket ini dipegang {event.by.name}." in as_page(lost).texts("p")  # fmt: skip


def test_without_the_holder_of_the_page_the_second_taker_wins_too(bogor, monkeypatch):
    ticket = at_verification(bogor)
    desks = [signed_in(officer(bogor)) for _ in range(2)]
    monkeypatch.setattr("loket.tickets.actions.assigning._check_seen", lambda *_, **__: None)  # fmt: skip
    answers = both_at_once([lambda desk=desk: send(desk, "take", ticket.number) for desk in desks])  # fmt: skip
    assert [each.status_code for each in answers] == [302, 302]
    assert Event.objects.filter(ticket=ticket, name="take").count() == 2


def test_second_of_two_reopenings_keeps_what_was_typed_and_sees_the_first(bogor):
    ticket = at_verification(bogor)
    send(signed_in(again(ticket.applicant)), "withdraw", ticket.number)
    heads = [officer(bogor, Role.KEPALA_TIM, name) for name in ("Gilang Samudra", "Wulan Prameswari")]  # fmt: skip
    desks, moment = [signed_in(again(head)) for head in heads], last(ticket)

    won, lost = both_at_once(
        [
            lambda desk=desk: send(
                desk,
                "reopen",
                ticket.number,
                note="Keliru dibatalkan pemohon.",
                dilihat=moment,
            )
            for desk in desks
        ]
    )

    assert (won.status_code, lost.status_code) == (302, 409)
    event = Event.objects.get(ticket=ticket, name="reopen")
    page = as_page(lost)
    assert event.by.name in " ".join(page.texts("small"))
    assert page.texts("textarea") == ["Keliru dibatalkan pemohon."]
    assert "Kembali ke tiket" in page.texts("a")


def test_applicant_sees_no_internal_event_on_the_page_about_a_conflict(bogor):
    ticket = at_verification(bogor)
    asker, desk = signed_in(again(ticket.applicant)), signed_in(officer(bogor))
    page = read(asker, "own", ticket.number)
    moment = page.all("input", name="dilihat")[0]["value"]
    send(desk, "take", ticket.number)
    send(desk, "message", ticket.number, is_internal="yes", body="Rahasia kantor.")
    send(desk, "message", ticket.number, is_internal="no", body="Kami periksa hari ini.")  # fmt: skip
    send(asker, "withdraw", ticket.number)
    lost = send(asker, "withdraw", ticket.number, dilihat=moment)
    assert lost.status_code == 409
    text = lost.content.decode()
    assert ("Kami periksa hari ini." in text, "Rahasia kantor." in text) == (
        True,
        False,
    )
    assert "Petugas memegang tiket ini." not in text
