"""The second fence alone: real SQL as the role that serves, after saying who asks and nothing else."""

import ast
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db import Error, connection, transaction
from psycopg.errors import InsufficientPrivilege

from loket.kernel import clock, fence
from loket.offices.actions import appoint, close_office
from loket.offices.permissions import enter
from loket.offices.roles import Role
from loket.tickets.actions import write_message
from loket.tickets.models import Message, Party, Ticket
from tests.architecture.sources import modules
from tests.factories.people import again, officer, person
from tests.flows.foreign import side

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TABLES = sorted(model._meta.db_table for model in fence.fenced())
# What everybody may read: an office's hours, services, standards and their prints are published.
PUBLISHED = {
    "offices_calendar", "offices_closure", "standards_print", "standards_service",
    "standards_standard", "tenders_schedulechange",
}  # fmt: skip
# Who acts for people that have no rows of their own at an office; each one has its reason there.
ELEVATED = {
    "access_rights/actions/officials.py": {
        "ask_extension",
        "begin",
        "confirm",
        "submit",
    },
    "access_rights/queries/officials.py": {"draft_of", "letters_of", "request_by"},
    "files/actions.py": {"report"},
    "kernel/outbox.py": {"promise"},
    "kernel/views.py": {"mailbox"},
    "offices/actions/invitations.py": {"accept", "accept_as_newcomer"},
    "offices/actions/staff.py": {"drop_factor"},
    "offices/queries.py": {"invitation_of"},
    "suppliers/actions/asking.py": {"ask", "report"},
    "suppliers/actions/changing.py": {"stop"},
    "suppliers/actions/drafts.py": {"confirm"},
    "suppliers/actions/joining.py": {"join"},
    "suppliers/actions/moving.py": {"move"},
    "suppliers/actions/offering.py": {"_write_to_owners", "adopt"},
    "suppliers/actions/people.py": {"accept", "accept_as_new"},
    "requests/actions.py": {"submit"},
    "suppliers/actions/requesting.py": {"_belongs"},
    "suppliers/actions/rights.py": {"let_see", "shut_out", "shut_out_proxy"},
    "suppliers/actions/submitting.py": {"submit"},
    "suppliers/queries/asking.py": {"report_link", "request_of"},
    "suppliers/queries/changes.py": {"stoppable"},
    "suppliers/queries/drafts.py": {"_ticket_of", "open_link"},
    "suppliers/queries/offers.py": {"offer_of"},
    "suppliers/queries/people.py": {"invitation_of"},
    "suppliers/queries/sanctions.py": {"barring_sanction"},
    "suppliers/queries/tax.py": {"is_claimed"},
    "tickets/actions/intake.py": {"check_claim"},
    "tickets/queries/merging.py": {"code_that_leads_on"},
}


@pytest.fixture
def sides(bogor, depok):
    close_office(bogor, date(2026, 12, 1), reason="Hari jadi kota")
    return side(bogor, until="aktifkan"), side(depok, until="")


def seen_by(who, **keys):
    """How many rows of each table stand in front of this person, with these keys."""
    found = {}
    with fence.request(lambda: enter(again(who)) if who else None):
        if keys:
            fence.show(**keys)
        for table in TABLES:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
                found[table] = cursor.fetchone()[0]
    return {table: count for table, count in found.items() if count}


def all_rows():
    found = {}
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


def test_every_tenant_table_stands_behind_the_fence():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname = 'public' AND relkind = 'r' AND relrowsecurity ORDER BY relname"
        )
        assert [row[0] for row in cursor.fetchall()] == TABLES
    tenants = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("loket.")
        and any(field.column == "office_id" for field in model._meta.concrete_fields)
    }
    assert tenants - set(TABLES) == set()


def test_nobody_sees_only_what_is_published(sides):
    assert set(seen_by(None)) == PUBLISHED
    assert set(all_rows()) > set(seen_by(None))


def test_stranger_sees_no_more_than_nobody(sides):
    own = {"files_officekey"}  # the wrapped keys of offices open nothing by themselves
    assert set(seen_by(person())) - own == PUBLISHED


def test_officer_sees_his_office_and_nothing_of_the_other(sides):
    one, other = sides
    verifier = one.people[f"verifikator of {one.office.code}"]
    with fence.request(lambda: enter(again(verifier))):
        for model in fence.fenced():
            table = model._meta.db_table
            if (
                table in PUBLISHED
                or table == "files_officekey"
                or not hasattr(model, "office")
            ):
                continue
            offices = set(model.objects.values_list("office_id", flat=True))
            assert (table, offices - {one.office.pk, None}) == (table, set())
        assert Ticket.objects.filter(pk=one.ticket.pk).exists()
        assert not Ticket.objects.filter(pk=other.ticket.pk).exists()


def test_applicant_sees_his_request_without_internal_notes(sides):
    one, _other = sides
    with fence.request(lambda: enter(again(one.applicant))):
        assert set(Ticket.objects.values_list("pk", flat=True)) == {one.ticket.pk}
        assert set(Message.objects.values_list("is_internal", flat=True)) == {False}
    assert Message.objects.filter(ticket=one.ticket, is_internal=True).exists()


def test_right_that_is_over_or_revoked_shows_nothing(sides):
    one, _other = sides
    assert "tickets_ticket" in seen_by(one.applicant)
    Party.objects.filter(user=one.applicant).update(until=clock.now())
    assert "tickets_ticket" not in seen_by(one.applicant)
    Party.objects.filter(user=one.applicant).update(until=None, revoked_at=clock.now())
    assert "tickets_ticket" not in seen_by(one.applicant)


def test_dismissed_officer_sees_nothing(sides):
    one, _other = sides
    verifier = one.people[f"verifikator of {one.office.code}"]
    began = clock.now() - timedelta(days=1)
    verifier.memberships.update(valid_from=began, valid_until=clock.now())
    assert "tickets_ticket" not in seen_by(verifier)


def test_code_of_a_receipt_opens_one_ticket_and_no_message(sides):
    one, _other = sides
    seen = seen_by(None, ticket=one.ticket.public_code)
    assert seen["tickets_ticket"] == 1
    assert {"tickets_message", "tickets_party", "suppliers_supplier"} & set(
        seen
    ) == set()


def test_code_shows_a_stranger_who_signed_in_no_more_than_a_visitor(sides):
    """Holding a receipt's code is no right to messages, the supplier or its registration."""
    one, _other = sides
    code = one.ticket.public_code
    own = {"files_officekey"}
    assert set(seen_by(person(), ticket=code)) - own == set(seen_by(None, ticket=code))


def test_who_left_a_supplier_sees_neither_it_nor_its_invitations(sides):
    one, _other = sides
    shown = {"suppliers_supplier", "suppliers_supplierinvitation"}
    assert shown <= set(seen_by(one.applicant))
    one.applicant.suppliers.update(until=clock.now(), ended_by=one.applicant)
    Party.objects.filter(user=one.applicant).update(revoked_at=clock.now())
    assert shown & set(seen_by(one.applicant)) == set()


def test_foreign_row_can_be_neither_written_nor_changed(sides):
    one, other = sides
    verifier = one.people[f"verifikator of {one.office.code}"]
    with fence.request(lambda: enter(again(verifier))):
        found = Ticket.objects.filter(pk=other.ticket.pk)
        assert (found.update(phone="1"), found.delete()[0]) == (0, 0)
        with pytest.raises(Error) as refused, transaction.atomic():
            Message.objects.create(
                office=other.office, ticket_id=other.ticket.pk, body="x",
                at=clock.now(), recorded_at=clock.now(),
            )  # fmt: skip
        assert isinstance(refused.value.__cause__, InsufficientPrivilege)


def test_elevated_code_is_the_listed():
    found = {}
    for path, tree in modules().items():
        names = set(elevated(tree))
        if names and path != "loket/kernel/fence.py":
            found[path.removeprefix("loket/")] = names
    assert found == ELEVATED


def elevated(tree):
    """Functions that run as the system, by decorator or by a `with` inside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
            if "as_system" in {getattr(each.func, "id", "") for each in calls}:
                yield node.name


def test_system_ends_with_its_block_even_when_it_fails(bogor):
    with fence.request(lambda: None):
        with fence.as_system():
            assert actor() == "system"
        assert actor() == ""
        with pytest.raises(ValueError, match="halt"), fence.as_system():
            raise ValueError("halt")
        assert actor() == ""


def actor():
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('loket.actor', true), '')")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_what_was_said_ends_with_the_request(packs, bogor):
    head = officer(bogor, Role.KEPALA_TIM)
    with fence.request(lambda: enter(again(head))):
        assert actor() == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('loket.person', true), '')")
        assert cursor.fetchone()[0] == ""


def test_page_servers_begin_as_nobody_and_jobs_as_the_system():
    assert settings.DATABASE_ACTOR == "system"  # tests, like the worker
    sources = (settings.BASE_DIR / "config" / "cli.py").read_text()
    assert 'os.environ["LOKET_ACTOR"]' in sources


def test_officer_writes_as_before(sides):
    one, _other = sides
    verifier = again(one.people[f"verifikator of {one.office.code}"])
    with fence.request(lambda: enter(verifier)):
        ticket = Ticket.objects.get(pk=one.ticket.pk)
        assert write_message(ticket, by=verifier, body="Baik").pk


@pytest.mark.parametrize(
    ("services", "sees"), [(["registrasi-verifikasi"], True), (["bimbingan"], False)]
)
def test_auditor_reaches_the_tickets_of_his_services_and_no_more(sides, services, sees):
    """His scope holds in the database too; staff, mails and keys of others are not part of it."""
    one, other = sides
    auditor = person()
    until = clock.now() + timedelta(days=90)
    appoint(one.office, auditor, role=Role.AUDITOR, by=None, until=until, services=services)  # fmt: skip
    own = PUBLISHED | {"files_officekey", "offices_membership"}
    of_tickets = {"tickets_ticket", "tickets_document", "tickets_message", "files_storedfile"}  # fmt: skip
    hidden = {
        "kernel_mail", "offices_invitation", "suppliers_linkrequest", "suppliers_link",
        "tickets_delivery", "tickets_party", "access_rights_accessgrant", "offices_sequence",
    }  # fmt: skip
    seen = seen_by(auditor)
    assert seen["offices_membership"] == 1
    assert set(seen) & hidden == set()
    assert (of_tickets <= set(seen), set(seen) <= own) == (sees, not sees)
    with fence.request(lambda: enter(again(auditor))):
        assert not Ticket.objects.filter(pk=other.ticket.pk).exists()
        notes = Message.objects.filter(is_internal=True)
        assert notes.exists() == sees
