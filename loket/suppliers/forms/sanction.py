"""What a head states when an account is to stand still."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.suppliers.forms.steps import WithFile
from loket.ui.fields import LineField


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SanctionForm(WithFile):
    """One entry of the Daftar Hitam: number, days, where it was read, and why."""

    number = LineField(label=_("Nomor penetapan sanksi"), max_length=80)
    listed_on = forms.DateField(label=_("Tanggal penetapan"), widget=_day())
    until = forms.DateField(label=_("Berlaku sampai dengan"), widget=_day())
    source = LineField(
        label=_("Sumber"),
        max_length=200,
        help_text=_("Alamat laman Daftar Hitam atau nomor surat"),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        help_text=_("Penyedia membacanya."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("number", "listed_on", "until", "source", "reason", "file")

    def __init__(self, *args: Any, takes_proof: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if takes_proof:
            self.fields["file"].required = True
        else:
            del self.fields["file"]
