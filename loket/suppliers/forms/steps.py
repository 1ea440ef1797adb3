"""What officers say when they activate an account and follow up SIKaP."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FOLLOW_UPS = (
    ("confirmed", _("Data SIKaP sudah terisi")),
    ("waived", _("Tidak dilakukan")),
)


class ActivateForm(forms.Form):
    """In which application the account works now."""

    system = forms.ChoiceField(label=_("Akun aktif di"))

    def __init__(self, *args: Any, systems: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["system"]
        field.choices = [(name, name) for name in systems]


class FollowUpForm(forms.Form):
    """Whether the supplier's data in SIKaP are there; leaving it out needs a reason."""

    result = forms.ChoiceField(
        label=_("Hasil"), choices=FOLLOW_UPS, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Keterangan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("result") == "waived" and not said.get("note", "").strip():
            self.add_error("note", ValidationError(_("Tulis alasannya.")))
        return said
