"""What an officer narrows a list to, and the name he keeps that view under."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from loket.ui.fields import LineField

LABELS = {
    "tenggat": _("Tenggat"),
    "layanan": _("Layanan"),
    "langkah": pgettext_lazy("one of them", "Langkah"),
    "jalur": _("Jalur"),
    "jenis": _("Jenis pemohon"),
    "kanal": _("Kanal"),
    "pemegang": _("Pemegang"),
}


class FilterForm(forms.Form):
    """What a list is narrowed to; a value that is not offered is as if nothing was chosen."""

    teks = LineField(label=_("Nomor atau nama"), max_length=80, required=False)

    def __init__(
        self, *args: Any, options: dict[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            if len(options.get(name, ())) > 1:
                every = [("", _("Semua")), *options[name]]
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=every, required=False
                )

    @property
    def asked(self) -> dict[str, str]:
        """What the address asks for, whether or not it is offered (any longer)."""
        known = ("teks", *LABELS)
        return {name: self.data[name] for name in known if self.data.get(name)}

    @property
    def said(self) -> dict[str, str]:
        """What was chosen, without what makes no sense here."""
        self.is_valid()
        self.errors.clear()  # a line above the list says it, no field is wrong
        return {key: str(value) for key, value in self.cleaned_data.items() if value}


class SaveFilterForm(forms.Form):
    """The name under which an officer keeps a view of a list."""

    nama = LineField(label=_("Nama saringan"), max_length=40)
