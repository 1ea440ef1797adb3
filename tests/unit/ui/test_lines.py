"""Text of one line stays one line: it becomes a subject of a mail, a row of a list, a line of a paper."""

import importlib
import pkgutil

import pytest
from django import forms
from django.core.exceptions import ValidationError

import loket
from loket.ui.fields import LineField

# Compared and never kept, or of the library of sign-in.
UNSEEN = {
    f"{form}.{field}"
    for form in ("AddressForm", "AskForm")
    for field in ("altcha", "question", "website")
} | {"CodeForm.code", "FirstCodeForm.code", "PasskeyForm.name"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("CV Tunas\r\nBcc: luar@luar.example", "CV Tunas Bcc: luar@luar.example"),
        ("  CV\tTunas \u2028 Pandan ", "CV Tunas Pandan"),
        ("CV \u202enadnaP", "CV nadnaP"),
        ("CV Tunas Pandan – Cabang 2", "CV Tunas Pandan – Cabang 2"),
    ],
)
def test_breaks_and_hidden_signs_are_taken_out(sent, kept):
    assert LineField().clean(sent) == kept


@pytest.mark.parametrize("sent", ["\n \r", "\u202e", None, ""])
def test_nothing_to_see_is_nothing(sent):
    with pytest.raises(ValidationError):
        LineField().clean(sent)
    assert LineField(required=False).clean(sent) == ""


def form_classes():
    for found in pkgutil.walk_packages(loket.__path__, "loket."):
        if ".forms" in found.name:
            for name, thing in vars(importlib.import_module(found.name)).items():
                if isinstance(thing, type) and issubclass(thing, forms.BaseForm):
                    yield name, thing


def test_every_field_of_one_line_is_such_a_field():
    loose = {
        f"{name}.{field}"
        for name, form in form_classes()
        if form.__module__.startswith("loket.")
        for field, made in getattr(form, "base_fields", {}).items()
        if type(made) is forms.CharField and type(made.widget) is forms.TextInput
    }
    assert loose == UNSEEN
