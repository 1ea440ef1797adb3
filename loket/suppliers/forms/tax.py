"""The tax identity: an NPWP or NITKU, or the number of another country; and the password (F11-F13)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from loket.accounts.password_fields import PasswordFields
from loket.offices.numbers import HEAD_OFFICE, Npwp, parse_npwp
from loket.offices.registers import countries
from loket.suppliers.forms.business import PERSONS
from loket.suppliers.models import BranchKind, FormOfBusiness, Registration
from loket.suppliers.queries import HOME_COUNTRY, is_claimed, is_foreign, tax_identity
from loket.ui.fields import LineField

TAKEN = _(
    "Nomor ini sudah terdaftar. Bila itu usaha Anda, masuk dengan akunnya atau hubungi kantor ini."
)
# Whose tax number is the owner's NIK; whatever else registers has a number of its own
OWNERS = PERSONS | {FormOfBusiness.UD, FormOfBusiness.PD}


class NpwpForm(PasswordFields):
    """NPWP of 15 or 16 digits, or the NITKU of a branch; not registered anywhere yet."""

    field_order: Sequence[str] = ("number", "password", "password_again")
    number = LineField(
        label=_("NPWP"),
        max_length=40,
        help_text=_(
            "15 atau 16 angka, kantor cabang NITKU 22 angka. Titik dan setrip boleh ditulis, boleh tidak."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, business: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.branch_kind, self.form = business["branch_kind"], business["form_of_business"]  # fmt: skip
        if self.form in OWNERS:
            self.fields["number"].help_text = _(
                "NPWP pemilik 15 atau 16 angka. NIK yang sudah menjadi NPWP cukup ditulis sekali, di sini."
            )

    def clean_number(self) -> str:
        npwp = parse_npwp(self.cleaned_data["number"])
        self._check_owner(npwp)
        self._check_branch(npwp)
        if is_claimed(tax_identity(npwp.digits)):
            raise ValidationError(TAKEN)
        return npwp.digits

    def _check_owner(self, npwp: Npwp) -> None:
        if npwp.kind == "nik" and self.form not in OWNERS:
            raise ValidationError(
                _(
                    "Ini NIK seseorang. Tulis NPWP badan usaha, 16 angka yang biasanya diawali 0."
                )
            )

    def _check_branch(self, npwp: Npwp) -> None:
        is_branch = self.branch_kind == BranchKind.BRANCH
        if is_branch and npwp.branch == HEAD_OFFICE:
            raise ValidationError(
                _("Ini nomor kantor pusat. Tulis NITKU kantor cabang, 22 angka.")
            )
        if not is_branch and npwp.branch != HEAD_OFFICE:
            raise ValidationError(
                _("Ini nomor kantor cabang. Tulis NPWP kantor pusat.")
            )


class CountryField(forms.ChoiceField):
    """A country of ISO 3166, in whatever capitals its code is sent."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).strip().upper()


class ForeignTaxForm(NpwpForm):
    """Country and tax number of a company without an office in Indonesia (D3)."""

    field_order = ("country", "number", "password", "password_again")
    country = CountryField(
        label=_("Negara"), help_text=_("Negara tempat perusahaan didirikan.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number, country = self.fields["number"], self.fields["country"]
        number.label = _("Nomor pajak di negara asal")
        number.help_text = _("Seperti pada surat pajak perusahaan. NPWP tidak diminta.")
        number.widget = forms.TextInput(attrs={"autocomplete": "off"})
        named = countries(get_language() or "id").items()
        abroad = [(code, name) for code, name in named if code != HOME_COUNTRY]
        country.choices = [("", _("Pilih")), *abroad]  # type: ignore[attr-defined]  # of a choice field

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
        business=registration.typed["business"],
        known=[registration.email],
        has_password=bool(registration.password_hash),
        **kwargs,
    )
