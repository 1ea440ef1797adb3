"""What the database itself refuses, whatever the code says: each named rule is broken once."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, transaction

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions import Answer, Finding, judge, record_check
from loket.tickets.models import Claim, Delivery, Presence, SavedFilter
from loket.tickets.queries import asked_documents
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import accept_all, complete

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
# The rule, and the statement that breaks it.
BROKEN = {
    "ticket_ended_when_not_open": "UPDATE tickets_ticket SET status = 'closed', ended_at = NULL",
    "ticket_open_is_somebodys_turn": "UPDATE tickets_ticket SET turn = 'nobody'",
    "ticket_merged_leads_elsewhere": "UPDATE tickets_ticket SET merged_into_id = id",
    "ticket_due_only_while_counting": "UPDATE tickets_ticket SET due_at = now(), counting_from = NULL",
    "ticket_soon_before_it_is_due": "UPDATE tickets_ticket SET soon_at = now(), due_at = NULL",
    "ticket_of_lpse_support_has_its_number": "UPDATE tickets_ticket SET outside_number = 'LS-77'",
    "party_one_per_person": "copy tickets_party",
    "segment_one_running": "copy tickets_segment WHERE ended_at IS NULL",
    "segment_measured_when_ended": "UPDATE tickets_segment SET ended_at = now(), office_seconds = NULL",
    "delivery_only_once": "copy tickets_delivery",
    "document_one_per_version": "copy tickets_document",
    "verdict_one_per_revision": "copy tickets_verdict",
    "verdict_refusal_has_reason": "UPDATE tickets_verdict SET accepted = false, reason = ''",
    "check_names_its_source": "UPDATE tickets_check SET source = ' '",
    "check_has_a_known_result": "UPDATE tickets_check SET result = 'baik'",
    "issued_number_once": "UPDATE tickets_issueddocument SET serial = 1, kind = 'sama', year = 2026",
    "issued_one_that_holds_per_kind": "UPDATE tickets_issueddocument SET kind = 'sama', serial = id",
    "issued_replaced_no_longer_holds": "UPDATE tickets_issueddocument SET replaced_by_id = id",
    "check_looked_at_first": "UPDATE tickets_check SET at = recorded_at + interval '1 second'",
    "checkoverride_has_reason": "UPDATE tickets_checkoverride SET reason = ' '",
    "claim_used_by_somebody": "UPDATE tickets_claim SET used_at = now()",
    "presence_once_per_person": "copy tickets_presence",
    "savedfilter_one_per_name": "copy tickets_savedfilter",
    "form_one_per_version": "copy tickets_form",
    "escalation_one_waits_per_ticket": "copy tickets_escalation",
    "escalation_answered_by_somebody_later": "UPDATE tickets_escalation SET answered_at = now()",
    "escalation_says_what_was_tried": "UPDATE tickets_escalation SET tried = ' '",
}  # fmt: skip


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def full(depok):
    """A ticket with a row in every table of the room."""
    helpdesk, verifier = officer(depok, Role.HELPDESK), officer(depok)
    ticket = registration(depok)
    complete(ticket, helpdesk)
    accept_all(ticket, verifier)
    record_check(ticket, "nib", Answer("good", "OSS"), by=again(verifier))
    for said in ({}, {"exit": "terima"}, {"system": "SPSE"}):
        complete(ticket, verifier, **said)
    complete(ticket, verifier)
    Delivery.objects.create(office=depok, event_id=1, subscriber="x", at=MONDAY)
    said = {"by": verifier, "at": MONDAY, "recorded_at": MONDAY}
    ticket.issued.create(office=depok, kind="lain", year=2026, serial=1, **said)
    ticket.overrides.create(office=depok, kind="nib", reason="Register mati.", **said)
    left_at_the_desk(ticket, verifier)
    ticket.forms.create(office=depok, version=1, said="{}", **said)
    ticket.escalations.create(
        office=depok, step="x", party="lkpp", tried="Dicoba.", **said
    )
    registration(depok)  # its segment runs
    return ticket


def left_at_the_desk(ticket, user):
    mine = {"office": ticket.office, "user": user}
    Presence.objects.create(ticket=ticket, seen_at=MONDAY, **mine)
    SavedFilter.objects.create(name="Milik saya", worklist="antrean", **mine)
    Claim.objects.create(office=ticket.office, ticket=ticket, code="7KQ4M2XP", code_digest="0", made_at=MONDAY)  # fmt: skip


def run(statement):
    if statement.startswith("copy "):
        statement = doubled(*statement.removeprefix("copy ").split(" ", 1))
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(statement)


def doubled(table, condition=""):
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    columns = ", ".join(column.name for column in described if column.name != "id")
    return (
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} {condition}"  # noqa: S608 - names of our own tables
        " LIMIT 1"
    )


@pytest.mark.parametrize("rule", BROKEN)
def test_database_refuses_what_breaks_the_rule(rule, full):
    with pytest.raises(IntegrityError) as refusal:
        run(BROKEN[rule])
    assert refusal.value.__cause__.diag.constraint_name == rule


def test_every_named_rule_of_the_room_is_broken_here():
    models = apps.get_app_config("tickets").get_models()
    named = {rule.name for model in models for rule in model._meta.constraints}
    assert named == set(BROKEN)


@pytest.mark.parametrize("column", ["number", "public_code"])
def test_number_and_code_name_one_ticket(column, full):
    with pytest.raises(IntegrityError):
        run(f"UPDATE tickets_ticket SET {column} = 'SAMA'")  # noqa: S608 - ours


@pytest.mark.parametrize("table", ["tickets_event", "tickets_delivery"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = now()", "DELETE FROM {}"])
def test_what_happened_is_never_rewritten(table, change, full):
    with pytest.raises(ProgrammingError, match=f"permission denied for table {table}"):
        run(change.format(table))


def test_refusal_without_a_coded_reason_never_reaches_the_table(depok):
    helpdesk, verifier = officer(depok, Role.HELPDESK), officer(depok)
    ticket = registration(depok)
    complete(ticket, helpdesk)
    document = asked_documents(ticket)[0].document
    verdict = judge(document, Finding(False, reason="expired"), by=again(verifier), after=0)  # fmt: skip
    assert (verdict.accepted, verdict.reason) == (False, "expired")
