"""The first two pages: an address, and what kind of business asks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from loket.standards.pack import StandardSpec
from loket.suppliers.models import BranchKind, FormOfBusiness

# Who acts in his own name has no branches
PERSONS = {FormOfBusiness.PERSON, FormOfBusiness.CONSULTANT, FormOfBusiness.WORKER}


class AddressField(forms.EmailField):
    """An address, with advice on the two mistakes of typing that can be named."""

    def run_validators(self, value: str) -> None:
        if any(sign.isspace() for sign in value):
            raise ValidationError(_("Hapus spasi di dalam alamat e-mail."))
        if "," in value:
            raise ValidationError(_("Ganti koma di dalam alamat e-mail dengan titik."))
        super().run_validators(value)


class EmailForm(forms.Form):
    """The address the link goes to (F7)."""

    email = AddressField(
        label=_("Alamat e-mail"),
        max_length=254,
        error_messages={
            "invalid": _("Tulis alamat e-mail yang lengkap, dengan tanda @.")
        },
        help_text=_("Pakai e-mail perusahaan yang dibuka setiap hari."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class BusinessForm(forms.Form):
    """Form of business, which decides the kind of applicant, and head office or branch (F12)."""

    form_of_business = forms.ChoiceField(
        label=_("Bentuk usaha"),
        widget=forms.RadioSelect,
        help_text=_("Menentukan berkas yang diminta."),
        error_messages={
            "required": _("Pilih bentuk usaha Anda"),
            "invalid_choice": _(
                "Kantor ini tidak melayani bentuk usaha itu. Pilih salah satu di bawah."
            ),
        },
    )
    branch_kind = forms.ChoiceField(
        label=_("Status kantor"),
        choices=BranchKind.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Kantor cabang memakai NITKU sendiri. Perorangan dan perusahaan asing memilih kantor pusat."
        ),
    )

    def __init__(self, *args: Any, spec: StandardSpec, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec, language = spec, get_language() or "id"
        offered: Any = self.fields["form_of_business"]
        offered.choices = [
            (kind.title.get(language), [(form, FormOfBusiness(form).label) for form in kind.forms])
            for kind in spec.applicants.values()
            if kind.forms
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The kind follows from the form, so that the two never contradict."""
        said = super().clean() or self.cleaned_data
        form = said.get("form_of_business", "")
        is_alone = form in {*PERSONS, FormOfBusiness.FOREIGN}
        if is_alone and said.get("branch_kind") == BranchKind.BRANCH:
            message = _("Hanya badan usaha Indonesia punya cabang. Pilih kantor pusat.")
            self.add_error("branch_kind", message)
        return {"applicant_kind": self.spec.kind_of(form), **said}
