"""What merging meets in a real office: tickets in work, crosswise wishes, chains, old numbers, and its clocks."""

from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions import (
    Answer,
    WrongStatus,
    give_document,
    prove,
    record_check,
    write_message,
)
from loket.tickets.actions.events import record
from loket.tickets.actions.merging import merge
from loket.tickets.models import (
    CheckOverride,
    Document,
    Event,
    Message,
    Party,
    Segment,
    Ticket,
)
from loket.tickets.queries import asked_checks, asked_documents, readable_code
from loket.tickets.queries.checks import gates_of
from loket.tickets.queries.proofs import proofs_of
from loket.tickets.queries.story import read_events
from loket.verification.models import Session
from tests.factories.papers import pdf
from tests.factories.people import again, officer, person
from tests.factories.registering import post
from tests.factories.tickets import registration
from tests.unit.tickets.browsing import as_page, at_verification, send, signed_in
from tests.unit.tickets.test_intake import MONDAY, arrived

pytestmark = pytest.mark.django_db
WHY = "Orang yang sama"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def front(bogor):
    return again(officer(bogor))


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def test_documents_under_judgement_stay_as_they_were_judged(bogor, front):
    kept = at_verification(bogor)
    other = arrived(bogor, by=front, phone=kept.phone or "0812 0000 0177")
    Ticket.objects.filter(pk=kept.pk).update(phone=other.phone)
    before = [(each.code, each.is_accepted, each.document and each.document.pk) for each in asked_documents(kept)]  # fmt: skip
    merge(fresh(kept), other, by=front, note=WHY)
    after = [(each.code, each.is_accepted, each.document and each.document.pk) for each in asked_documents(fresh(kept))]  # fmt: skip
    assert after == before


def test_clock_and_promise_of_the_kept_ticket_go_on(bogor, front):
    kept, other = registration(bogor), arrived(bogor, by=front)
    names = ("submitted_at", "counting_from", "due_at", "status", "turn", "step", "standard_id")  # fmt: skip
    was = [getattr(fresh(kept), name, None) for name in names]
    segments = Segment.objects.filter(ticket=kept).count()
    with clock.at(MONDAY + timedelta(hours=2)):
        merge(fresh(kept), fresh(other), by=front, note=WHY)
    assert [getattr(fresh(kept), name, None) for name in names] == was
    assert Segment.objects.filter(ticket=kept).count() == segments
    assert not Segment.objects.filter(ticket=other, ended_at=None).exists()


def test_ended_ticket_is_neither_kept_nor_merged(bogor, front):
    kept, other = registration(bogor), arrived(bogor, by=front)
    Ticket.objects.filter(pk=kept.pk).update(status="closed", outcome="withdrawn", ended_at=MONDAY, turn="nobody")  # fmt: skip
    for pair in ((kept, other), (other, kept)):
        with pytest.raises(WrongStatus):
            merge(*(fresh(each) for each in pair), by=front, note=WHY)


def test_longer_chain_and_old_codes_all_lead_to_the_end(bogor, front):
    tickets = [registration(bogor), *(arrived(bogor, by=front) for _ in range(3))]
    for kept, other in reversed([*pairwise(tickets)]):
        merge(fresh(kept), fresh(other), by=front, note=WHY)
    assert [fresh(each).merged_into_id for each in tickets] == [None, *[tickets[0].pk] * 3]  # fmt: skip
    for each in tickets:
        page = Client().get(reverse("portal:status", args=[readable_code(each.public_code)]), follow=True)  # fmt: skip
        assert page.status_code == 200
        assert tickets[0].pk == each.pk or readable_code(tickets[0].public_code) in page.content.decode()  # fmt: skip


def test_old_number_leads_on_for_desk_and_party_and_is_nothing_to_others(bogor, depok, front):  # fmt: skip
    kept, other = registration(bogor), arrived(bogor, by=front)
    owner = kept.applicant
    merge(fresh(kept), other, by=front, note=WHY)
    led = {
        "ticket": signed_in(front), "own": signed_in(again(owner)), "documents": signed_in(again(owner)),
    }  # fmt: skip
    for name, client in led.items():
        answer = client.get(reverse(f"tickets:{name}", args=[other.number]))
        assert answer.url == reverse(f"tickets:{name}", args=[kept.number])
    for name, user in (("own", person()), ("documents", person()), ("ticket", officer(depok))):  # fmt: skip
        answer = signed_in(again(user)).get(reverse(f"tickets:{name}", args=[other.number]))  # fmt: skip
        assert answer.status_code == 404


def test_internal_notes_of_the_merged_ticket_stay_in_the_office(bogor, front):
    kept, other = registration(bogor), arrived(bogor, by=front)
    write_message(other, by=front, body="Rahasia kantor", is_internal=True)
    merge(fresh(kept), fresh(other), by=front, note="Alasan gabung")
    page = signed_in(again(kept.applicant)).get(reverse("tickets:own", args=[kept.number])).content.decode()  # fmt: skip
    assert ["Rahasia kantor" in page, "Alasan gabung" in page] == [False, False]
    assert Message.objects.filter(ticket=kept, is_internal=True).count() == 2


def test_nothing_is_counted_twice_or_lost(bogor, front):
    kept, other = registration(bogor), arrived(bogor, by=front)
    for ticket in (kept, other):
        give_document(ticket, "ktp-pimpinan", by=front, data=pdf(), name="a.pdf")
        prove(ticket, "check-kswp", data=pdf(), name="b.pdf", by=front)
        write_message(ticket, by=front, body="Halo")
    events = Event.objects.count()
    merge(fresh(kept), fresh(other), by=front, note=WHY)
    found = Ticket.objects.filter(pk=kept.pk).aggregate(
        documents=Count("documents", distinct=True),
        proofs=Count("proofs", distinct=True),
        messages=Count("messages", distinct=True),
    )
    assert found == {"documents": 2, "proofs": 2, "messages": 3}
    assert Event.objects.count() == events + 2
    versions = Document.objects.filter(ticket=kept).values_list("version", flat=True)
    assert sorted(versions) == [1, 2]


def call_on(ticket, by, **more):
    said = {
        "office": ticket.office, "ticket": ticket, "round": 1, "provider": "link", "where": "x",
        "scheduled_at": MONDAY + timedelta(days=1), "until": MONDAY + timedelta(days=1, hours=1),
        "language": "id", "status": "planned", "officer": by, "planned_at": MONDAY, "code": "42",
    }  # fmt: skip
    return Session.objects.create(**said | more)


def test_call_already_held_on_the_other_ticket_comes_along(bogor, front):
    kept, other = registration(bogor), arrived(bogor, by=front)
    over = {"status": "cancelled", "ended_at": MONDAY, "ended_by": front}
    for ticket in (kept, other):
        call_on(ticket, front, **over)
    merge(fresh(kept), fresh(other), by=front, note=WHY)
    assert [each.round for each in Session.objects.filter(ticket=kept).order_by("round")] == [1, 2]  # fmt: skip
    assert not Session.objects.filter(ticket=other).exists()


def test_ticket_with_a_call_to_come_is_not_merged_away(bogor, front):
    """Its applicant was told a time; the officer first holds or cancels the call."""
    kept, other = registration(bogor), arrived(bogor, by=front)
    call_on(other, front)
    with pytest.raises(ValidationError):
        merge(fresh(kept), fresh(other), by=front, note=WHY)
    assert fresh(other).merged_into_id is None


def test_page_of_merging_twice_with_one_key_merges_once(bogor):
    kept, other = registration(bogor), arrived(bogor)
    Ticket.objects.filter(pk=kept.pk).update(phone=other.phone)
    client = signed_in(officer(bogor))
    url, said = reverse("tickets:merge", args=[kept.number]), {"number": other.number.lower(), "note": WHY}  # fmt: skip
    assert post(client, url, said).status_code == 302
    assert post(client, url, said).status_code in {409, 422}
    assert Event.objects.filter(name="merged").count() == 1


@pytest.mark.parametrize("typed", ["DPK-26-00001", "BGR-26-99999", "", "'; --"])
def test_number_of_no_ticket_here_is_refused_at_the_field(bogor, depok, typed):
    kept = registration(bogor)
    arrived(depok)
    answer = post(signed_in(officer(bogor)), reverse("tickets:merge", args=[kept.number]), {"number": typed, "note": WHY})  # fmt: skip
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["number"])


def test_officer_merges_nothing_of_his_own_on_either_side(bogor, front):
    kept, other = registration(bogor), arrived(bogor, by=front)
    for ticket in (kept, other):
        Party.objects.create(office=bogor, ticket=ticket, user=front, since=MONDAY, as_what="staff")  # fmt: skip
        with pytest.raises(PermissionDenied):
            merge(fresh(kept), fresh(other), by=again(front), note=WHY)
        Party.objects.filter(user=front).update(revoked_at=MONDAY)


def test_head_reopens_no_merged_ticket_by_the_page(bogor, front):
    kept, other = registration(bogor), arrived(bogor, by=front)
    merge(fresh(kept), other, by=front, note=WHY)
    head = signed_in(officer(bogor, Role.KEPALA_TIM))
    answer = post(head, reverse("tickets:reopen", args=[other.number]), {"note": "Buka"})  # fmt: skip
    assert (answer.status_code, fresh(other).status) in {(403, "closed"), (409, "closed"), (422, "closed")}  # fmt: skip


def shown_proofs(ticket):
    return {code: len(each) for code, each in proofs_of(ticket).items()}


def test_evidence_of_the_merged_ticket_is_shown_on_the_kept_one(bogor, front):
    """Only the other ticket ever had any, so the kept one's own timeline knows of none."""
    kept, other = registration(bogor), arrived(bogor, by=front)
    prove(other, "check-kswp", data=pdf(), name="b.pdf", by=front)
    merge(fresh(kept), fresh(other), by=front, note=WHY)
    on_page = fresh(kept)
    read_events(on_page, for_office=True)
    assert shown_proofs(fresh(kept)) == shown_proofs(on_page) == {"check-kswp": 1}


def test_override_goes_with_the_answer_the_head_saw(bogor, front):
    kept, other = registration(bogor), arrived(bogor, by=front)
    seen = record_check(other, "kswp", Answer("bad", "Laman"), by=front)
    head = officer(bogor, Role.KEPALA_TIM, "Gilang Samudra")
    given = CheckOverride.objects.create(
        office=bogor, ticket=other, kind="kswp", seen=seen, reason="Surat DJP",
        by=head, at=MONDAY, recorded_at=MONDAY,
    )  # fmt: skip
    record(other, "check_overridden", by=head, kind="kswp", seen=seen.pk)
    merge(fresh(kept), fresh(other), by=front, note=WHY)
    assert passed(kept) == [("bad", given)]
    record_check(fresh(kept), "kswp", Answer("bad", "Laman lagi"), by=front)
    assert passed(kept) == [("bad", None)]


def passed(ticket):
    """What the gate of this register says, and who let it pass."""
    asking = SimpleNamespace(rechecks=("kswp",), recheck_hours=None)
    gates = gates_of(fresh(ticket), asking, asked_checks(fresh(ticket)))
    return [(gate.trouble, gate.override) for gate in gates]


def test_slower_of_two_merges_reads_who_was_faster_and_keeps_his_words(bogor, front):
    kept, other = registration(bogor), arrived(bogor, by=front)
    third = arrived(bogor, by=front)
    desk = signed_in(again(officer(bogor, name="Sari Wening")))
    merge(fresh(third), fresh(other), by=front, note=WHY)
    answered = send(desk, "merge", kept.number, number=other.number, note="Orang yang sama")  # fmt: skip
    assert answered.status_code == 409
    page = as_page(answered)
    told = f"Tiket {other.number} sudah digabung ke tiket {third.number} oleh {front.name}."
    assert told in page.texts("p")
    assert page.texts("textarea") == [other.number, "Orang yang sama"]
    assert page.texts("label")[:2] == ["Nomor tiket yang digabung", "Alasan"]


def test_merge_after_the_result_was_handed_over_is_late_not_forbidden(bogor, front, monkeypatch):  # fmt: skip
    kept, other = registration(bogor), arrived(bogor, by=front)
    monkeypatch.setattr("loket.tickets.actions.merging.is_delivered", lambda each: True)
    with pytest.raises(WrongStatus, match="sudah diserahkan"):
        merge(fresh(kept), fresh(other), by=front, note=WHY)
