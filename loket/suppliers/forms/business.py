"""The first two pages: an address, and what kind of business asks."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from loket.standards.pack import StandardSpec
from loket.suppliers.models import BranchKind, FormOfBusiness


class EmailForm(forms.Form):
    """The address the link goes to (F7)."""

    email = forms.EmailField(
        label=_("Alamat e-mail"),
        max_length=254,
        error_messages={
            "invalid": _("Tulis alamat e-mail yang lengkap, dengan tanda @.")
        },
        help_text=_("Pakai e-mail perusahaan yang dibuka setiap hari."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class BusinessForm(forms.Form):
    """Kind of applicant by the office's standard, form of business, head office or branch (F12)."""

    applicant_kind = forms.ChoiceField(
        label=_("Anda mendaftar sebagai"),
        widget=forms.RadioSelect,
        help_text=_("Menentukan berkas yang diminta."),
    )
    form_of_business = forms.ChoiceField(
        label=_("Bentuk usaha"), choices=[("", _("Pilih")), *FormOfBusiness.choices]
    )
    branch_kind = forms.ChoiceField(
        label=_("Status kantor"),
        choices=BranchKind.choices,
        widget=forms.RadioSelect,
        help_text=_("Kantor cabang memakai NITKU sendiri."),
    )

    def __init__(self, *args: Any, spec: StandardSpec, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "id"
        kinds: Any = self.fields["applicant_kind"]
        kinds.choices = [
            (code, kind.title.get(language)) for code, kind in spec.applicants.items()
        ]
