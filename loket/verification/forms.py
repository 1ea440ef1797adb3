"""What is said when documents are received."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ReceivingForm(forms.Form):
    """Whether the documents are complete; only an officer's check may find that they are not."""

    def __init__(self, *args: Any, may_return: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_return:
            self.fields["complete"] = forms.TypedChoiceField(
                label=_("Kelengkapan"),
                choices=(("yes", _("Lengkap")), ("no", _("Belum lengkap, kembalikan"))),
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect,
            )
