"""Which office verifies the documents (F15)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.offices.models import Office


class OfficeForm(forms.Form):
    """One of the offices that take this business."""

    office = forms.ChoiceField(
        label=_("LPSE untuk verifikasi dokumen"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih kantor"),
            "invalid_choice": _("Pilih salah satu kantor di bawah."),
        },
    )

    def __init__(self, *args: Any, offered: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {each.slug: each for each in offered}
        field: Any = self.fields["office"]
        field.choices = [(slug, each.name) for slug, each in self.offered.items()]

    @property
    def chosen(self) -> Office:
        """The office that was chosen."""
        return self.offered[self.cleaned_data["office"]]
