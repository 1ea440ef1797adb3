"""What a form looks like: labels, hints, errors, and the ids that tie them together."""

import pytest
from django import forms
from django.utils import translation

from .pages import Page, page, partial


class Sample(forms.Form):
    """One field of each shape."""

    name = forms.CharField(label="Nama", help_text="Seperti di akta")
    kind = forms.ChoiceField(
        label="Bentuk",
        choices=[("cv", "CV"), ("pt", "PT")],
        widget=forms.RadioSelect,
        help_text="Menurut akta",
    )
    place = forms.ChoiceField(label="Kota", choices=[("", "-"), ("bgr", "Bogor")])
    deed = forms.FileField(label="Akta")
    remark = forms.CharField(
        label="Catatan",
        required=False,
        widget=forms.Textarea(attrs={"class": "lebar"}),
    )
    agree = forms.BooleanField(label="Benar")
    proof = forms.CharField(
        label="Bukti", error_messages={"required": "Tulis nomor bukti"}
    )
    hidden = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Data ini bertentangan")


@pytest.fixture(autouse=True)
def _in_indonesian():
    with translation.override("id"):
        yield


@pytest.fixture
def blank():
    return Page(str(Sample()))


@pytest.fixture
def refused():
    return Page(str(Sample({})))


def ids(shown):
    return [e["id"] for e in shown.elements if e["id"]]


def test_label_belongs_to_its_input(blank):
    assert blank.one("label", **{"for": "id_name"}).text.strip() == "Nama"
    assert blank.one("input", id="id_name")["class"] == "form-control"


def test_hint_describes_its_input(blank):
    assert blank.one("input", id="id_name")["aria-describedby"] == "id_name_helptext"
    assert blank.one("p", id="id_name_helptext").text == "Seperti di akta"


def test_error_describes_its_input_too(refused):
    field = refused.one("input", id="id_name")
    assert field["aria-describedby"] == "id_name_helptext id_name_error"
    assert field["aria-invalid"] == "true"
    assert field["class"] == "form-control is-invalid"


def test_every_description_exists_once(refused):
    named = [
        name for e in refused.elements for name in (e["aria-describedby"] or "").split()
    ]
    assert named
    assert all(ids(refused).count(name) == 1 for name in named)


def test_group_of_options_is_a_fieldset_with_its_question(blank):
    group = blank.one("fieldset")
    assert group["aria-describedby"] == "id_kind_helptext"
    assert blank.texts("legend") == ["Bentuk"]
    assert [e["class"] for e in blank.all("input", type="radio")] == [
        "form-check-input",
        "form-check-input",
    ]


def test_option_is_pressed_by_its_whole_row(blank):
    assert blank.texts("label", **{"class": "lk-choice"}) == ["CV", "PT", "Benar"]


def test_select_and_check_have_their_own_look(blank):
    assert blank.one("select")["class"] == "form-select"
    assert blank.one("input", type="checkbox")["class"] == "form-check-input"


def test_class_of_the_form_is_kept(blank):
    assert blank.one("textarea")["class"] == "form-control lebar"


def test_text_area_is_lower_than_djangos(blank):
    assert blank.one("textarea")["rows"] == "4"


def test_text_area_keeps_the_rows_its_form_asks_for():
    class Long(forms.Form):
        text = forms.CharField(widget=forms.Textarea(attrs={"rows": 7}))

    assert Page(str(Long())).one("textarea")["rows"] == "7"


def test_what_may_stay_empty_is_marked(blank):
    label = blank.one("label", **{"for": "id_remark"})
    assert " ".join(label.text.split()) == "Catatan (boleh kosong)"


def test_missing_answers_are_named_by_their_question():
    summary = partial("errors", form=Sample({}))
    assert summary.texts("li") == [
        "Data ini bertentangan",
        "Isi “Nama”",
        "Pilih jawaban untuk “Bentuk”",
        "Pilih jawaban untuk “Kota”",
        "Unggah berkas “Akta”",
        "Centang “Benar”",
        "Tulis nomor bukti",
        "Isi “Hidden”",
    ]


def test_summary_says_the_same_as_the_fields(refused):
    at_fields = [
        " ".join(e.text.split())
        for e in refused.all("div", **{"class": "lk-field__error"})
    ]
    linked = partial("errors", form=Sample({})).texts("a")
    assert at_fields == linked


def test_links_of_the_summary_lead_to_inputs(refused):
    targets = [e["href"][1:] for e in partial("errors", form=Sample({})).all("a")]
    inputs = [
        e["id"] for e in refused.elements if e.tag in ("input", "select", "textarea")
    ]
    assert targets == [t for t in targets if t in inputs]
    assert targets[1] == "id_kind_0"


def test_summary_counts_its_messages():
    summary = partial("errors", form=Sample({}))
    assert summary.texts("h2") == ["8 isian perlu diperbaiki"]
    assert summary.one("div")["role"] == "alert"


def test_one_message_is_said_in_words():
    class Single(forms.Form):
        name = forms.CharField(label="Nama")

    assert partial("errors", form=Single({})).texts("h2") == [
        "Satu isian perlu diperbaiki"
    ]


def test_form_without_errors_has_no_summary():
    assert partial("errors", form=Sample()).elements == []


def test_title_of_a_refused_form_begins_with_galat():
    assert page(form=Sample({})).texts("title") == ["Galat: Loket LPSE"]
    assert page(form=Sample()).texts("title") == ["Loket LPSE"]


def test_hint_with_markup_of_a_stranger_is_escaped():
    class Hinted(forms.Form):
        name = forms.CharField(help_text="<script>x</script>")

    assert Page(str(Hinted())).all("script") == []
