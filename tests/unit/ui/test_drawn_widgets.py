"""Inputs drawn without templates are what Django's templates draw, to the letter."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from loket.ui.forms import DRAWN, Renderer

GROUPED = [
    ("", "Pilih"),
    ("Kota <Bogor>", [("1:badan", "Badan usaha & lain"), (2, "Perorangan")]),
    ("x", _("Sumber")),
    ("n", 1),
]
INPUTS = (
    forms.TextInput, forms.HiddenInput, forms.NumberInput, forms.EmailInput, forms.URLInput,
    forms.PasswordInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput, forms.CheckboxInput,
)  # fmt: skip
VALUES = (None, "", "halo", '"><script>', 7, 7000, True, mark_safe("&amp;"), _("Sumber"))  # fmt: skip
ATTRS = ({}, {"required": True, "disabled": False, "maxlength": 1200, "class": "a & b"})


def both(widget, value, attrs):
    return [
        str(widget.render("nama[]", value, dict(attrs), renderer=renderer))
        for renderer in (Renderer(), TemplatesSetting())
    ]


@pytest.mark.parametrize("attrs", ATTRS)
@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("kind", INPUTS)
def test_input_is_djangos(kind, value, attrs):
    ours, djangos = both(kind(), value, attrs)
    assert ours == djangos


@pytest.mark.parametrize("attrs", ATTRS)
@pytest.mark.parametrize("value", [None, "2", "1:badan", "x", "?"])
@pytest.mark.parametrize("kind", [forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple])  # fmt: skip
def test_choice_is_djangos(kind, value, attrs):
    widget = kind(choices=GROUPED)
    ours, djangos = both(widget, value, attrs)
    assert ours == djangos


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_option_without_its_label_is_djangos(kind):
    drawn = []
    for renderer in (Renderer(), TemplatesSetting()):
        field = forms.Form(renderer=renderer, auto_id="a-%s")
        field.fields["jenis"] = forms.ChoiceField(choices=GROUPED, widget=kind)
        drawn.append([str(option.tag()) for option in field["jenis"].subwidgets])
    assert drawn[0] == drawn[1]


def test_every_drawn_template_is_one_of_djangos():
    for name in DRAWN:
        TemplatesSetting().get_template(name)
