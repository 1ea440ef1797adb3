"""What must hold for every table: whose it is, what kind of data it holds, when things happened."""

import pytest
from django.apps import apps
from django.db import models

from loket.kernel.crypto import EncryptedTextField
from loket.kernel.privacy import DataClass
from loket.tickets.models import (
    Check,
    Document,
    Event,
    IssuedDocument,
    Message,
    Segment,
    Verdict,
)

TABLES = [model for model in apps.get_models() if model.__module__.startswith("loket.")]
# People and suppliers are the nation's, registers are everybody's, a form's key is a browser's.
GLOBAL = {
    "accounts.EmailChange",
    "accounts.PasswordReset",
    "accounts.Session",
    "accounts.Throttle",
    "accounts.User",
    "kernel.OnceKey",
    "kernel.Postbox",
    "offices.Holiday",
    "offices.Office",
    "standards.LegalBasis",
    "suppliers.Representative",
    "suppliers.SpentPuzzle",
    "suppliers.Supplier",
    "suppliers.SupplierInvitation",
    "suppliers.Tally",
}
HAPPENED = [Event, Message, Document, Verdict, Check, IssuedDocument, Segment]
HAPPENED += [apps.get_model("files.FileView")]
IDENTITY = {"tax_id", "nik", "npwp", "nitku", "passport"}

of_each = pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)


def columns(model):
    return {field.name: field for field in model._meta.concrete_fields}


def test_global_tables_are_exactly_the_listed():
    shared = {
        model._meta.label
        for model in TABLES
        if not {"office", "office_id"} & set(columns(model))
    }
    assert shared == GLOBAL


@of_each
def test_an_office_column_points_to_the_office(model):
    office = columns(model).get("office")
    assert office is None or office.related_model._meta.label == "offices.Office"


@of_each
def test_every_field_has_a_data_class_and_every_class_a_field(model):
    keys = {field.name for field in model._meta.concrete_fields if field.primary_key}
    generated = {
        name for name in keys if isinstance(columns(model)[name], models.AutoField)
    }
    assert set(model.data_classes) == set(columns(model)) - generated


@of_each
def test_encrypted_fields_are_classed_as_identity_or_secret(model):
    classes = {
        model.data_classes[name]
        for name, field in columns(model).items()
        if isinstance(field, EncryptedTextField)
    }
    assert classes <= {DataClass.IDENTITY, DataClass.SECRET}


@of_each
def test_identity_numbers_are_encrypted_or_digests(model):
    plain = {
        name
        for name, field in columns(model).items()
        if IDENTITY & {name, *name.split("_")} or "tax_id" in name
        if not name.endswith("_digest") and not isinstance(field, EncryptedTextField)
    }
    assert plain == set()


@of_each
def test_people_are_personal_data(model):
    people = {
        name
        for name, field in columns(model).items()
        if field.related_model is apps.get_model("accounts.User")
    }
    assert {model.data_classes[name] for name in people} <= {DataClass.PERSONAL}


@pytest.mark.parametrize("model", HAPPENED, ids=lambda model: model._meta.label)
def test_what_happened_says_when_it_did_and_when_it_was_entered(model):
    began = "started_at" if model is Segment else "at"
    times = {"recorded_at", began}
    assert {name for name in times if not columns(model)[name].null} == times


def test_every_constraint_and_index_has_a_name_of_its_own():
    names = [
        rule.name
        for model in TABLES
        for rule in [*model._meta.constraints, *model._meta.indexes]
    ]
    assert sorted(names) == sorted(set(names))


def test_every_choice_can_be_translated():
    words = {
        f"{model._meta.label}.{name}: {label}"
        for model in TABLES
        for name, field in columns(model).items()
        for value, label in field.choices or ()
        if type(label) is str and label != label.upper()
    }
    assert words == set()
