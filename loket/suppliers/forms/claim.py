"""The phone number given at the desk."""

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from loket.ui.fields import LineField


class ClaimForm(forms.Form):
    """Whoever holds a stub also knows the number that was written down with it."""

    phone = LineField(
        label=gettext_lazy("Nomor telepon"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy("Nomor yang Anda sebutkan di loket."),
    )

    def refuse(self) -> None:
        """The same words for every reason."""
        message = _(
            "Kode atau nomor telepon tidak cocok, atau kode sudah tidak berlaku. "
            "Tanyakan di loket, atau daftar seperti biasa."
        )
        self.add_error("phone", message)
