"""The fences of the database hold without any code of loket: real SQL as the role that serves."""

import psycopg
import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from loket.kernel import grants
from loket.kernel.crypto import EncryptedTextField, digest
from loket.suppliers.models import Supplier
from tests.factories.tickets import registration

pytestmark = pytest.mark.django_db
WRITTEN_ONCE = [
    "access_rights_accessevent",
    "files_fileview",
    "reports_logexport",
    "standards_print",
    "suppliers_outreach",
    "tenders_exhibit",
    "tenders_schedulechange",
    "tenders_trial",
    "tickets_delivery",
    "tickets_event",
    "verification_sessiondocument",
]
REFUSED = psycopg.errors.InsufficientPrivilege


def rows(statement, values=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def refusal(statement):
    """The kind of error the database answers with; None when it obeys."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except Error as error:
        return type(error.__cause__)
    return None


def test_serving_role_has_no_power_over_the_server():
    powers = rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert powers == [("loket_app", False, False, False, False, False)]


def test_serving_role_is_member_of_no_other():
    assert rows(
        "SELECT rolname FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')"
    ) == [("loket_app",)]


def test_owner_migrates_without_power_over_the_server():
    assert rows(
        "SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = 'public'"
    ) == [("loket_owner",)]
    assert rows(
        "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'loket_owner'"
    ) == [(False, False)]


def test_serving_role_cannot_pretend_a_migration():
    assert refusal("DELETE FROM django_migrations") is REFUSED
    assert refusal("UPDATE django_migrations SET name = 'x'") is REFUSED


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE extra (id int)",
        "CREATE SCHEMA extra",
        "ALTER TABLE tickets_event ADD COLUMN extra int",
        "ALTER TABLE standards_standard DISABLE TRIGGER standard_is_immutable",
        "DROP TRIGGER standard_is_immutable ON standards_standard",
        "DROP TABLE tickets_event",
        "CREATE ROLE extra",
    ],
)
def test_serving_role_cannot_change_the_shape(statement):
    assert refusal(statement) is REFUSED


def test_tables_written_once_are_the_listed():
    assert sorted(m._meta.db_table for m in grants.append_only()) == WRITTEN_ONCE


@pytest.mark.parametrize("table", WRITTEN_ONCE)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"],
)
def test_what_happened_cannot_be_changed_or_removed(table, statement):
    assert refusal(statement.format(table)) is REFUSED


def test_what_happened_is_added_and_read(bogor):
    ticket = registration(bogor)
    names = rows("SELECT name FROM tickets_event WHERE ticket_id = %s ORDER BY id", [ticket.pk])  # fmt: skip
    assert names[0] == ("submit",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE standards_standard SET document = '{}'",
        "UPDATE standards_standard SET effective = effective - 1",
        "DELETE FROM standards_standard",
    ],
)
def test_published_standard_cannot_be_changed(bogor, statement):
    assert refusal(statement) is psycopg.errors.RestrictViolation


def encrypted_columns():
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def test_encrypted_columns_are_the_listed():
    assert sorted(encrypted_columns()) == [
        ("access_rights_accessgrant", "nip"),
        ("access_rights_accessrequest", "nip"),
        ("suppliers_datachange", "after"),
        ("suppliers_datachange", "before"),
        ("suppliers_powerofattorney", "proxy_nik"),
        ("suppliers_registration", "answers"),
        ("suppliers_supplier", "responsible_nik"),
        ("suppliers_supplier", "tax_id"),
        ("tickets_claim", "code"),
        ("tickets_form", "said"),
        ("verification_session", "where"),
    ]


def supplier(tax_id, nik):
    return Supplier.objects.create(
        name="CV Tunas Pandan",
        form_of_business="cv",
        branch_kind="head",
        tax_id=tax_id,
        tax_id_digest=digest(tax_id, purpose="tax-id"),
        address="Jalan Pandan 7",
        province="32",
        regency="32.71",
        postal_code="16111",
        phone="081200000177",
        responsible_name="Tirta Adiguna",
        responsible_nik=nik,
        nik_digest=digest(nik, purpose="nik"),
        claimed_at="2026-11-23T03:00:00Z",
    )


def test_identity_numbers_stand_nowhere_in_clear(db):
    numbers = ("0812345678901000", "3271000000000007")
    kept = supplier(*numbers)

    (row,) = rows("SELECT s::text FROM suppliers_supplier s WHERE id = %s", [kept.pk])

    assert [number in row[0] for number in numbers] == [False, False]
    again = Supplier.objects.get(pk=kept.pk)
    assert (again.tax_id, again.responsible_nik) == numbers


def test_equal_numbers_differ_in_their_columns_and_agree_in_their_digests(db):
    one = supplier("0812345678901000", "3271000000000007")
    Supplier.objects.filter(pk=one.pk).update(freed_at="2026-11-24T03:00:00Z")
    supplier("0812345678901000", "3271000000000007")

    counted = rows(
        "SELECT count(DISTINCT tax_id), count(DISTINCT tax_id_digest),"
        " count(DISTINCT responsible_nik), count(DISTINCT nik_digest) FROM suppliers_supplier"
    )
    assert counted == [(2, 1, 2, 1)]
