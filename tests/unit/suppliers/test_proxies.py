"""A power of attorney: granted, judged, used, revoked; taken or refused by the standard (C1, D9, G8)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from loket.kernel import clock
from loket.kernel.errors import Conflict
from loket.offices.roles import Role
from loket.suppliers.actions.appearing import appear, bring_along, link
from loket.suppliers.actions.proxies import (
    Judgement,
    Proxy,
    grant,
    judge_power,
    revoke,
)
from loket.suppliers.models import PowerOfAttorney, Representative
from loket.suppliers.queries import registration_spec
from loket.suppliers.queries.proxies import Scope, acts_for, refusal, scopes_of
from loket.tickets import workflow
from loket.tickets.actions import Finding, judge
from loket.tickets.models import Event, Ticket
from loket.tickets.queries import asked_documents
from loket.tickets.queries.paper import paper_of
from tests.factories.people import again, officer, person
from tests.factories.registering import NIK, submitted
from tests.factories.walking import accept_all, complete
from tests.unit.tickets.browsing import give_all, pdf

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = MONDAY.date()
PAPERS = ("surat-kuasa", "ktp-kuasa")


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def ticket(depok):
    return submitted_ticket(depok)


def submitted_ticket(office):
    found = submitted(office).ticket
    found.applicant = owner(found)
    return found


def owner(ticket):
    return Representative.objects.owners().get(supplier=supplier_of(ticket)).user


def supplier_of(ticket):
    return ticket.registration.supplier


def proxy(*, first=0, last=6, name="Gilang Seta", **changes):
    said = {
        "name": name,
        "nik": NIK,
        "valid_from": TODAY + timedelta(days=first),
        "valid_until": TODAY + timedelta(days=last),
        "has_meterai": True,
    }
    return Proxy(**said | changes)


def granted(ticket, who=None, *, scope=None, papers=PAPERS, by=None):
    return grant(
        supplier_of(ticket),
        scope or Scope(ticket.service, ticket),
        who or proxy(),
        papers={code: (pdf(code), f"{code}.pdf") for code in papers},
        by=by or owner(ticket),
    )


def accepted(ticket, *, by=None, **how):
    power = granted(ticket, **how)
    by = by or officer(ticket.office)
    judge_power(power, ticket, Judgement(True, meterai_seen=True), by=by)
    return power


def at_verification(ticket):
    give_all(ticket)
    complete(ticket, ticket.applicant)
    return ticket


def codes(ticket):
    ticket.refresh_from_db()
    return [each.code for each in asked_documents(ticket)]


def test_office_that_refuses_proxies_gives_its_published_reason(bogor, batang):
    for office, words in (
        (bogor, "Berkas ditunjukkan sendiri oleh direksi"),
        (batang, "tidak dapat diwakilkan"),
    ):
        user_id = f"usaha{office.pk}"
        number = {bogor.pk: "801234568404000", batang.pk: "817654320404000"}[office.pk]
        kind = {"applicant_kind": next(iter(registration_spec(office).applicants)), "form_of_business": "cv", "branch_kind": "head"}  # fmt: skip
        ticket = submitted(
            office, f"{user_id}@pandan.example", user_id=user_id, npwp=number, business=kind
        ).ticket  # fmt: skip
        with pytest.raises(ValidationError, match=words):
            granted(ticket)
        assert PowerOfAttorney.objects.count() == 0


def test_granting_puts_the_papers_beside_the_ticket(ticket):
    assert set(PAPERS) & set(codes(ticket)) == set()
    granted(ticket)
    asked = {each.code: each for each in asked_documents(Ticket.objects.get())}
    assert [asked[code].document.file.name for code in PAPERS] == [
        "surat-kuasa.pdf",
        "ktp-kuasa.pdf",
    ]


def test_nik_of_the_proxy_is_nowhere_in_clear(ticket):
    power = granted(ticket)
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM suppliers_powerofattorney p")
        [(row,)] = cursor.fetchall()
    assert NIK not in row
    assert power.masked_nik == "•" * 12 + NIK[-4:]


@pytest.mark.parametrize(
    ("changes", "papers"),
    [
        ({"last": -1, "first": -3}, PAPERS),
        ({"last": 1, "first": 2}, PAPERS),
        ({"has_meterai": False}, PAPERS),
        ({}, PAPERS[:1]),
    ],
)
def test_past_reversed_unstamped_or_incomplete_is_refused(ticket, changes, papers):
    with pytest.raises(ValidationError):
        granted(ticket, proxy(**changes), papers=papers)
    assert PowerOfAttorney.objects.count() == 0


def test_only_an_owner_grants_and_revokes(ticket):
    staff = person()
    Representative.objects.create(
        supplier=supplier_of(ticket), user=staff, role="staff", since=MONDAY
    )
    power = granted(ticket)
    for stranger in (staff, person(), officer(ticket.office)):
        with pytest.raises(PermissionDenied):
            granted(ticket, proxy(first=20, last=22), by=stranger)
        with pytest.raises(PermissionDenied):
            revoke(power, by=stranger)


def test_one_person_scope_and_day_has_one_power(ticket):
    power = granted(ticket)
    with pytest.raises(ValidationError):
        granted(ticket, proxy(first=6, last=8))
    granted(ticket, proxy(first=7, last=8))
    granted(ticket, proxy(first=7, last=8), scope=Scope(ticket.service))
    revoke(power, by=owner(ticket))
    granted(ticket, proxy(first=6, last=6))


def test_without_the_database_rule_the_double_would_be_stored(ticket):
    """The refusal above is the table's, not the form's."""
    power = granted(ticket)
    power.pk, power.valid_from = None, TODAY + timedelta(days=6)
    with pytest.raises(IntegrityError, match="power_once_at_a_time"), transaction.atomic():  # fmt: skip
        power.save(force_insert=True)


def test_only_an_accepted_power_within_its_days_may_be_used(ticket):
    power = granted(ticket, proxy(first=1, last=2))
    assert acts_for(ticket) == []
    judge_power(
        power, ticket, Judgement(True, meterai_seen=True), by=officer(ticket.office)
    )
    found = {}
    for day in range(4):
        with clock.at(MONDAY + timedelta(days=day)):
            found[day] = acts_for(ticket)
    assert found == {0: [], 1: [power], 2: [power], 3: []}


def test_days_are_those_of_the_office(ticket):
    power = accepted(ticket, who=proxy(first=0, last=0))
    midnight = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    with clock.at(midnight - timedelta(seconds=1)):
        assert acts_for(ticket) == [power]
    with clock.at(midnight):
        assert acts_for(ticket) == []


def test_officer_accepts_only_after_seeing_the_meterai_and_refuses_with_a_reason(
    ticket,
):
    power, by = granted(ticket), officer(ticket.office)
    for wrong in (Judgement(True), Judgement(False), Judgement(False, reason=" ")):
        with pytest.raises(ValidationError):
            judge_power(power, ticket, wrong, by=by)
    judge_power(power, ticket, Judgement(False, reason="Tidak berstempel."), by=by)
    with pytest.raises(Conflict):
        judge_power(power, ticket, Judgement(True, meterai_seen=True), by=by)


def test_refused_power_takes_its_papers_along(ticket):
    power = granted(ticket)
    judge_power(
        power, ticket, Judgement(False, reason="Tidak asli."), by=officer(ticket.office)
    )
    assert set(PAPERS) & set(codes(ticket)) == set()
    assert acts_for(ticket) == []


def test_others_do_not_judge_it(ticket, bogor):
    power = granted(ticket)
    own = owner(ticket)
    for stranger in (officer(bogor), officer(ticket.office, Role.AUDITOR), own):
        with pytest.raises(PermissionDenied):
            judge_power(
                power, ticket, Judgement(True, meterai_seen=True), by=again(stranger)
            )


def test_depok_serves_the_proxy_and_the_receipt_names_both(ticket, depok):
    verifier = officer(depok)
    power = accepted(at_verification(ticket), by=verifier)
    ticket.refresh_from_db()
    accept_all(ticket, verifier)
    complete(ticket, verifier, came=power.pk)
    complete(ticket, verifier, exit="terima")
    complete(ticket, verifier, system="SPSE")
    complete(ticket, verifier)
    paper = paper_of(ticket.issued.get())["ticket"]
    assert (paper.applicant_name, paper.shown_by) == ("CV Tunas Pandan", "Gilang Seta")
    assert Event.objects.get(name="appear").data == {
        "power": power.pk,
        "shown_as": "proxy",
    }


def test_proxy_whose_papers_are_not_judged_does_not_pass(ticket, depok):
    verifier = officer(depok)
    at_verification(ticket)
    for each in asked_documents(ticket):
        judge(each.document, Finding(True, original_seen=True), by=again(verifier), after=0)  # fmt: skip
    power = accepted(ticket, by=verifier)
    with pytest.raises(ValidationError, match="Beri putusan"):
        complete(ticket, verifier, came=power.pk)
    complete(ticket, verifier, came=0)
    assert (codes(ticket)[-1], ticket.step) == ("skt", "putuskan")


@pytest.mark.parametrize("how", ["revoked", "expired", "not yet", "waiting"])
def test_depok_refuses_a_proxy_without_a_power_that_holds(ticket, depok, how):
    verifier = officer(depok)
    at_verification(ticket)
    who = proxy(first=2, last=3) if how == "not yet" else proxy(last=1)
    power = granted(ticket, who) if how == "waiting" else accepted(ticket, who=who)
    accept_all(ticket, verifier)
    if how == "revoked":
        revoke(power, by=owner(ticket))
    day = MONDAY + timedelta(days=2 if how == "expired" else 0)
    with clock.at(day), pytest.raises(ValidationError):
        appear(ticket, power, by=again(verifier))
    ticket.refresh_from_db()
    assert ticket.shown_by == ""


def test_linked_proxy_sees_the_ticket_only_within_the_days(ticket):
    power, user = accepted(ticket, who=proxy(first=1, last=2)), person()
    link(power, user=user)
    seen = []
    for day in range(4):
        with clock.at(MONDAY + timedelta(days=day)):
            seen.append(list(Ticket.objects.visible_to(user)))
    assert seen == [[], [ticket], [ticket], []]


def test_revoked_proxy_loses_sight_at_once(ticket, client):
    power, user = accepted(ticket), person()
    link(power, user=user)
    client.force_login(user)
    page = f"/tiket/{ticket.number}/"
    assert client.get(page).status_code == 200
    revoke(power, by=owner(ticket))
    assert client.get(page).status_code == 404


def test_proxy_does_not_take_the_request_back(ticket):
    power, user = accepted(ticket), person()
    link(power, user=user)
    ticket.refresh_from_db()
    assert workflow.WITHDRAW.is_open_for(owner(ticket), ticket)
    assert not workflow.WITHDRAW.is_open_for(user, ticket)


def test_officer_who_is_the_proxy_does_not_judge_it(ticket, depok):
    power, verifier = granted(ticket), officer(depok)
    link(power, user=verifier)
    with pytest.raises(PermissionDenied):
        judge_power(
            power, ticket, Judgement(True, meterai_seen=True), by=again(verifier)
        )


def test_power_for_a_service_covers_the_next_ticket_too(ticket):
    power = granted(ticket, scope=Scope(ticket.service))
    Ticket.objects.update(uses_proxy=False)
    bring_along(Ticket.objects.get())
    assert set(codes(ticket)) >= set(PAPERS)
    assert list(PowerOfAttorney.objects.of_ticket(ticket)) == [power]


def test_scopes_are_the_open_tickets_and_their_services(ticket):
    titles = [scope.title for scope in scopes_of(supplier_of(ticket))]
    name = "Registrasi dan verifikasi penyedia, LPSE Kota Depok"
    assert titles == [f"{ticket.number}, {name}", f"Semua tiket {name}"]
    assert refusal(scopes_of(supplier_of(ticket))[0].spec) == ""


@pytest.mark.django_db(transaction=True)
def test_revoking_and_serving_at_once_come_one_after_the_other(depok):
    with clock.at(MONDAY):
        ticket = submitted(depok).ticket
        ticket.applicant, verifier = owner(ticket), officer(depok)
        power = accepted(at_verification(ticket), by=verifier)
        start, by = Barrier(2), owner(ticket)

    def act(what):
        try:
            mine = PowerOfAttorney.objects.get(pk=power.pk)
            with clock.at(MONDAY):
                start.wait(timeout=30)
                if what == "revoke":
                    revoke(mine, by=by)
                else:
                    appear(Ticket.objects.get(pk=ticket.pk), mine, by=again(verifier))
        except ValidationError:
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(act, ["revoke", "appear"]))
    names = list(Event.objects.filter(name__in=["appear", "power_revoked"]).order_by("id").values_list("name", flat=True))  # fmt: skip
    assert (results, names) in (
        (["done", "done"], ["appear", "power_revoked"]),
        (["done", "refused"], ["power_revoked"]),
    )
