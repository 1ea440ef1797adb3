"""By what an account that exists is known at the desk: exactly its e-mail address, or exactly its tax number."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from loket.offices.numbers import parse_npwp
from loket.ui.fields import LineField


class OfferForm(forms.Form):
    """One of the two; nothing is searched that merely looks alike."""

    email = forms.EmailField(label=gettext_lazy("Alamat e-mail akun"), required=False)
    npwp = LineField(
        label=gettext_lazy("Atau NPWP usaha"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_npwp(self) -> str:
        number: str = self.cleaned_data["npwp"]
        return parse_npwp(number).digits if number else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and bool(said["email"]) == bool(said["npwp"]):
            raise forms.ValidationError(_("Isi salah satu: alamat e-mail atau NPWP."))
        return said
