"""The form of a service as its standard declares it, and what officers write when they answer or pass on."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.nip import parse_nip
from loket.offices.numbers import parse_nik, parse_npwp
from loket.standards.pack import FormField
from loket.tickets.models import Said
from loket.tickets.queries.words import words
from loket.ui.fields import DateField, LineField

LINE, TEXT = 200, 2000  # signs, where the standard says nothing else
NAMED = "isian_"  # begins the names of fields, so that none meets a field of the page


def _line(one: FormField, **how: Any) -> forms.Field:
    return LineField(max_length=one.at_most or LINE, **how)


def _text(one: FormField, **how: Any) -> forms.Field:
    return forms.CharField(max_length=one.at_most or TEXT, widget=forms.Textarea(attrs={"rows": 4}), **how)  # fmt: skip


def _date(_one: FormField, **how: Any) -> forms.Field:
    how["help_text"] = how["help_text"] or _("Contoh: 24-11-2026")
    return DateField(**how)


def _moment(_one: FormField, **how: Any) -> forms.Field:
    how["help_text"] = how["help_text"] or _("Contoh: 24-11-2026 14.05")
    return forms.DateTimeField(**how)


def _email(_one: FormField, **how: Any) -> forms.Field:
    return forms.EmailField(**how)


def _phone(_one: FormField, **how: Any) -> forms.Field:
    return LineField(max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"}), **how)  # fmt: skip


def _number(_one: FormField, **how: Any) -> forms.Field:
    return forms.IntegerField(min_value=0, max_value=1_000_000, **how)


def _choice(one: FormField, **how: Any) -> forms.Field:
    return forms.ChoiceField(choices=_choices(one), widget=forms.RadioSelect, **how)


def _many(one: FormField, **how: Any) -> forms.Field:
    return forms.MultipleChoiceField(choices=_choices(one), widget=forms.CheckboxSelectMultiple, **how)  # fmt: skip


def _choices(one: FormField) -> list[tuple[str, str]]:
    return [(code, words(title)) for code, title in one.choices.items()]


class NumberField(LineField):
    """An identity number, kept as its bare digits; what is wrong with it is said, the number never."""

    def __init__(self, *, parse: Callable[[str], str], **how: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **how)  # fmt: skip
        self.parse = parse

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return self.parse(text) if text else ""


def _nip(_one: FormField, **how: Any) -> forms.Field:
    return NumberField(parse=lambda text: parse_nip(text, today=clock.now().date()).digits, **how)  # fmt: skip


def _nik(_one: FormField, **how: Any) -> forms.Field:
    return NumberField(parse=lambda text: parse_nik(text).digits, **how)


def _npwp(_one: FormField, **how: Any) -> forms.Field:
    return NumberField(parse=lambda text: parse_npwp(text).digits, **how)


FIELDS: dict[str, Callable[..., forms.Field]] = {
    "line": _line, "text": _text, "date": _date, "moment": _moment, "email": _email, "phone": _phone,
    "number": _number, "choice": _choice, "many": _many, "nip": _nip, "nik": _nik, "npwp": _npwp,
}  # fmt: skip


# Why what was filled in cannot be asked for, by field; the time it is judged at comes last
Objecting = Callable[[dict[str, FormField], Said, dt.datetime], dict[str, str]]
_objecting: dict[str, Objecting] = {}


def checks_form(kind: str, objections: Objecting) -> None:
    """Let a room judge the form of every service that has a step of its kind."""
    _objecting[kind] = objections


class AskedForm(forms.Form):
    """The declared fields of one kind of applicant. `said` is what is kept: plain values, by field.

    `kinds` are the kinds of step of the service; their rooms may object.
    """

    def __init__(
        self, *args: Any, asked: dict[str, FormField], office: Office, kinds: set[str], said: Said | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.asked, self.office, self.kinds = asked, office, kinds
        for name, one in asked.items():
            how = {"label": words(one.title), "help_text": words(one.hint), "required": not one.optional}  # fmt: skip
            self.fields[NAMED + name] = FIELDS[one.kind](one, **how)
            self.initial[NAMED + name] = _typed(one, (said or {}).get(name), office)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for kind in self.kinds & _objecting.keys():
                wrong = _objecting[kind](self.asked, self.said, clock.now())
                for name, message in wrong.items():
                    self.add_error(NAMED + name, message)
        return cleaned

    @property
    def said(self) -> Said:
        """What was filled in, as JSON can say it; empty answers are left out."""
        found = {name: self.cleaned_data.get(NAMED + name) for name in self.asked}
        return {name: _plain(value) for name, value in found.items() if value not in (None, "", [])}  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def _typed(one: FormField, value: Any, office: Office) -> Any:
    """A kept value as its field shows it again."""
    if value and one.kind == "date":
        return dt.date.fromisoformat(value)
    if value and one.kind == "moment":
        return office.local(dt.datetime.fromisoformat(value))
    return value


class ReturningForm(forms.Form):
    """A step that may send the request back; then the words say what must be mended."""

    def __init__(self, *args: Any, may_return: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_return:
            self.fields["goes_back"] = forms.BooleanField(
                label=_("Kembalikan untuk diperbaiki"),
                required=False,
                help_text=_("Tulisan di atas menjadi penjelasannya."),
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("goes_back") and not said.get("body"):
            self.add_error("body", _("Tulis apa yang harus diperbaiki."))
        return said


class AnswerForm(ReturningForm):
    """What the applicant reads as the answer, or the way back to an earlier step."""

    body = forms.CharField(
        label=_("Jawaban untuk pemohon"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )  # fmt: skip


class EscalateForm(forms.Form):
    """To whom, and what was tried before."""

    party = forms.ChoiceField(label=_("Diteruskan kepada"), widget=forms.RadioSelect)
    tried = forms.CharField(
        label=_("Masalahnya dan yang sudah dicoba"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )  # fmt: skip
    reference = LineField(
        label=_("Nomor di pihak itu"), max_length=60, required=False, help_text=_("Boleh menyusul.")
    )  # fmt: skip

    def __init__(
        self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties  # type: ignore[attr-defined]  # a choice field
        if len(parties) == 1:
            self.fields["party"].initial = parties[0][0]


class ResultForm(forms.Form):
    """The answer of the other side."""

    result = forms.CharField(
        label=_("Jawaban pihak itu"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Dibaca pemohon."),
    )
    reference = LineField(label=_("Nomor di pihak itu"), max_length=60, required=False)
    at = forms.DateTimeField(
        label=_("Diterima pada"),
        required=False,
        help_text=_("Kosongkan bila baru saja. Contoh: 24-11-2026 14.05"),
    )


class PerformForm(ReturningForm):
    """In which system the work was done, when, and what the applicant should know."""

    where = forms.ChoiceField(label=_("Dikerjakan di"))
    reference = LineField(label=_("Nomor atau tanda di sana"), max_length=120, required=False)  # fmt: skip
    at = forms.DateTimeField(
        label=_("Waktu dikerjakan"),
        required=False,
        help_text=_("Kosongkan bila baru saja. Contoh: 24-11-2026 14.05"),
    )
    body = forms.CharField(
        label=_("Kabar untuk pemohon"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jangan menulis kata sandi."),
    )

    def __init__(self, *args: Any, systems: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = [(each, each) for each in systems]  # type: ignore[attr-defined]  # a choice field


class ChaseForm(forms.Form):
    """The number the other side gave, and whether it was asked how far it is."""

    reference = LineField(label=_("Nomor di pihak itu"), max_length=60, required=False)
    chased = forms.BooleanField(label=_("Sudah saya tanyakan perkembangannya"), required=False)  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("reference") and not said.get("chased"):
            raise forms.ValidationError(_("Isi nomornya, atau tandai bahwa Anda sudah bertanya."))  # fmt: skip
        return said
