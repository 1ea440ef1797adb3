"""A schedule is moved by two people, within the rules, and everybody can read what was before (D-i)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from loket.kernel import clock, once
from loket.offices.roles import Role
from loket.requests.actions import Asked, submit
from loket.requests.queries import As
from loket.standards.queries import in_force, spec_of
from loket.tenders.models import ScheduleChange
from loket.tenders.queries.schedules import history, objections
from loket.tickets.actions import Finding, judge
from loket.tickets.models import Outcome
from loket.tickets.queries import asked_documents
from loket.tickets.steps import kind_of
from tests.factories.asking import official
from tests.factories.people import again, officer
from tests.unit.tickets.browsing import give_all

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def said(**how):
    found = {
        "kode_tender": "9012077", "paket": "Jembatan Pandan", "tahap": "Batas akhir upload", "alasan": "Adendum.",
        "batas_semula": MONDAY + DAY, "batas_baru": MONDAY + 3 * DAY, "kahar": "tidak",
    } | how  # fmt: skip
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in found.items()}  # fmt: skip


@pytest.fixture
def pokja(depok):
    return official(depok)


def asked(office, user, **how):
    standard = in_force(office, "ubah-jadwal")
    way = As("pokja", "Pokja")
    return submit(standard, Asked(way, "loket", (), said(**how)), by=again(user))


def complete(ticket, by, **answers):
    ticket.refresh_from_db()
    step = spec_of(ticket.standard_id).step(ticket.step)
    kind_of(step).complete(ticket, step, by=again(by), **answers)


@pytest.fixture
def checked(depok, pokja):
    """A request whose form a helpdesk officer has found right and passed on."""
    ticket, helpdesk = asked(depok, pokja), officer(depok, Role.HELPDESK)
    ticket.applicant = pokja
    give_all(ticket)
    complete(ticket, pokja)
    for each in asked_documents(ticket):
        judge(
            each.document, Finding(True, True), by=again(helpdesk), after=each.revision
        )
    complete(ticket, helpdesk)
    complete(
        ticket, helpdesk, party="admin_ppe", tried="Formulir lengkap.", reference=""
    )
    return ticket


def change(ticket, by, **how):
    complete(
        ticket, by, **({"where": "SPSE", "reference": "", "at": None, "body": ""} | how)
    )


def test_before_and_after_become_public(depok, checked):
    change(checked, officer(depok, Role.ADMIN_PPE))
    checked.refresh_from_db()
    assert checked.outcome == Outcome.FULFILLED
    page = Client().get(reverse("tenders:schedule_changes", args=[depok.slug]))
    text = page.content.decode()
    for words in (
        "9012077",
        "Jembatan Pandan",
        "Adendum.",
        "24 November 2026, 11.00 WIB",
        "26 November 2026, 11.00 WIB",
    ):
        assert words in text
    assert checked.applicant.name not in text


def test_whoever_checked_the_form_does_not_change_the_schedule(depok, checked):
    both = officer(depok, Role.HELPDESK)
    with pytest.raises(PermissionDenied):
        change(checked, both)


def test_what_is_too_late_by_now_is_not_changed(depok, checked):
    ppe = officer(depok, Role.ADMIN_PPE)
    with clock.at(MONDAY + 2 * DAY), pytest.raises(ValidationError, match="kahar"):
        change(checked, ppe)
    assert not ScheduleChange.objects.exists()


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"batas_baru": MONDAY - DAY}, "batas_baru"),
        ({"batas_baru": MONDAY + DAY}, "batas_baru"),
        ({"batas_semula": MONDAY - DAY}, "batas_semula"),
        ({"buka_semula": MONDAY + DAY, "buka_baru": MONDAY + 2 * DAY}, "buka_baru"),
        ({"batas_semula": MONDAY - DAY, "kahar": "ya"}, None),
        ({}, None),
    ],
)
def test_the_rules_name_the_field(depok, how, field):
    fields = spec_of(in_force(depok, "ubah-jadwal").pk).fields_for("pokja")
    assert list(objections(fields, said(**how), MONDAY)) == ([field] if field else [])


def test_the_form_refuses_at_once_and_keeps_what_was_typed(depok, pokja):
    browser = Client()
    browser.force_login(pokja)
    address = reverse("requests:ask", args=[depok.slug, "ubah-jadwal"])
    typed = said(batas_semula="", batas_baru="") | {
        "batas_semula": "20-11-2026 10.00",
        "batas_baru": "30-11-2026 10.00",
    }
    typed["paket"] = "Jembatan Ulin"
    sent = {f"isian_{name}": value for name, value in typed.items()}
    answered = browser.post(address, sent | {once.FIELD: once.new_key()})
    assert answered.status_code == 422
    page = answered.content.decode()
    assert "Batas ini sudah lewat" in page
    assert "Jembatan Ulin" in page


def test_each_change_of_a_stage_is_counted(depok, checked):
    change(checked, officer(depok, Role.ADMIN_PPE))
    row = ScheduleChange.objects.get()
    row.pk, row.stage, row.changed_at = None, "Lain", MONDAY + DAY
    row.save(force_insert=True)
    assert [(line.change.stage, line.times) for line in history(depok)] == [
        ("Lain", 1),
        ("Batas akhir upload", 1),
    ]
    assert history(depok, "0") == []


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        ("schedulechange_changes_something", "INSERT INTO tenders_schedulechange SELECT * FROM (SELECT nextval('tenders_schedulechange_id_seq'), tender_code, package, 'x', before, before, reason, changed_at, recorded_at, changed_by_id, office_id, ticket_id FROM tenders_schedulechange) t"),
        ("schedulechange_has_reason", "INSERT INTO tenders_schedulechange SELECT * FROM (SELECT nextval('tenders_schedulechange_id_seq'), tender_code, package, 'x', before, after, ' ', changed_at, recorded_at, changed_by_id, office_id, ticket_id FROM tenders_schedulechange) t"),
        ("schedulechange_one_per_stage", "INSERT INTO tenders_schedulechange SELECT * FROM (SELECT nextval('tenders_schedulechange_id_seq'), tender_code, package, stage, before, after, reason, changed_at, recorded_at, changed_by_id, office_id, ticket_id FROM tenders_schedulechange) t"),
    ],
)  # fmt: skip
def test_the_database_refuses_what_breaks_a_rule(depok, checked, rule, statement):
    change(checked, officer(depok, Role.ADMIN_PPE))
    with (
        pytest.raises(IntegrityError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert refusal.value.__cause__.diag.constraint_name == rule
