"""The tax identity: an NPWP or NITKU, or the number of another country; and the password (F11-F13)."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket.accounts.password_fields import PasswordFields
from loket.suppliers.models import BranchKind, Registration
from loket.suppliers.numbers import HEAD_OFFICE, parse_npwp
from loket.suppliers.queries import HOME_COUNTRY, is_claimed, is_foreign, tax_identity

COUNTRY = re.compile(r"^[A-Z]{2}$")
TAKEN = _(
    "Nomor ini sudah terdaftar. Bila itu usaha Anda, masuk dengan akunnya atau hubungi kantor ini."
)


class NpwpForm(PasswordFields):
    """NPWP of 15 or 16 digits, or the NITKU of a branch; not registered anywhere yet."""

    field_order: Sequence[str] = ("number", "password", "password_again")
    number = forms.CharField(
        label=_("NPWP"),
        max_length=40,
        help_text=_(
            "15 atau 16 angka, kantor cabang NITKU 22 angka. Titik dan setrip boleh ditulis, boleh tidak."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, branch_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branch_kind = branch_kind

    def clean_number(self) -> str:
        npwp = parse_npwp(self.cleaned_data["number"])
        is_branch = self.branch_kind == BranchKind.BRANCH
        if is_branch and npwp.branch == HEAD_OFFICE:
            raise ValidationError(
                _("Ini nomor kantor pusat. Tulis NITKU kantor cabang, 22 angka.")
            )
        if not is_branch and npwp.branch != HEAD_OFFICE:
            raise ValidationError(
                _("Ini nomor kantor cabang. Tulis NPWP kantor pusat.")
            )
        if is_claimed(tax_identity(npwp.digits)):
            raise ValidationError(TAKEN)
        return npwp.digits


class ForeignTaxForm(NpwpForm):
    """Country and tax number of a company without an office in Indonesia (D3)."""

    field_order = ("country", "number", "password", "password_again")
    country = forms.CharField(
        label=_("Negara"),
        max_length=2,
        help_text=_("Dua huruf kode negara, misalnya SG atau JP."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.fields["number"]
        number.label, number.help_text = _("Nomor pajak di negara asal"), ""
        number.widget = forms.TextInput(attrs={"autocomplete": "off"})

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].upper()
        if not COUNTRY.match(country) or country == HOME_COUNTRY:
            raise ValidationError(
                _("Tulis kode negara asal perusahaan, bukan Indonesia.")
            )
        return country

    def clean_number(self) -> str:
        country = self.cleaned_data.get("country", "")
        identity = tax_identity(self.cleaned_data["number"], country=country)
        if not identity.key:
            raise ValidationError(_("Tulis nomor pajak seperti pada suratnya."))
        if country and is_claimed(identity):
            raise ValidationError(TAKEN)
        return identity.number


def tax_form(registration: Registration, **kwargs: Any) -> NpwpForm:
    """The form for the business described before."""
    form = ForeignTaxForm if is_foreign(registration) else NpwpForm
    return form(
        branch_kind=registration.typed["business"]["branch_kind"],
        known=[registration.email],
        has_password=bool(registration.password_hash),
        **kwargs,
    )
