"""The one thing a visitor can type here: the code of a receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.portal.queries import canonical_code
from loket.ui.fields import LineField


class CodeForm(forms.Form):
    """A public status code, written in any way; cleaned to `7KQ4-M2XP`."""

    kode = LineField(
        label=_("Kode di tanda terima"),
        help_text=_("Delapan tanda, misalnya 7KQ4-M2XP"),
        error_messages={"required": _("Tulis kode di tanda terima Anda.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "characters",
            }
        ),
    )

    def clean_kode(self) -> str:
        if code := canonical_code(self.cleaned_data["kode"]):
            return code
        raise forms.ValidationError(
            _(
                "Kode terdiri atas delapan huruf dan angka. Periksa lagi tanda terima Anda."
            )
        )
