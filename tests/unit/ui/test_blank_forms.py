"""Empty forms are drawn once for the same words, never for others."""

from django import forms
from django.utils.translation import gettext_lazy as _, override

from loket.ui.forms import blank


class Asked(forms.Form):
    source = forms.CharField(label=_("Sumber"))


def build(place, source=""):
    return Asked(initial={"source": source}, auto_id=f"{place}-%s")


def test_text_is_what_the_form_draws():
    assert blank(build, "npwp") == build("npwp").render()


def test_same_words_are_drawn_once():
    assert blank(build, "npwp") is blank(build, "npwp")


def test_other_words_are_another_form():
    known = {blank(build, "npwp"), blank(build, "kswp"), blank(build, "npwp", "DJP")}
    assert len(known) == 3


def test_each_language_has_its_own():
    indonesian = blank(build, "npwp")
    with override("en"):
        english = blank(build, "npwp")
        assert english == build("npwp").render()
    assert english != indonesian


def test_typed_words_are_escaped():
    assert "<b>" not in blank(build, "npwp", "<b>")
