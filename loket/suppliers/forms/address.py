"""Where a supplier is and how it is called: address, region, postal code, telephone (F14)."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from loket.offices.registers import provinces, regencies
from loket.ui.fields import LineField

POSTAL_CODE = re.compile(r"^[0-9]{5}$")
# First digits of the postal codes of each province, by Kemendagri code
POSTAL_ZONES = {
    **dict.fromkeys(("11", "12", "13", "14", "21"), "2"),
    **dict.fromkeys(("15", "16", "17", "18", "19"), "3"),
    "31": "1", "32": "14", "33": "5", "34": "5", "35": "6", "36": "14",
    **dict.fromkeys(("51", "52", "53"), "8"),
    **dict.fromkeys(("61", "62", "63", "64", "65"), "7"),
    **dict.fromkeys(("71", "72", "73", "74", "75", "76", "81", "82"), "9"),
    **dict.fromkeys(("91", "92", "93", "94", "95", "96"), "9"),
}  # fmt: skip
PHONE = re.compile(r"^\+?[0-9(][0-9 ()./-]{5,28}$")
DIALLED = range(6, 16)  # digits; the international plan has at most 15


def regions() -> list[tuple[str, list[tuple[str, str]]]]:
    """Regencies grouped by province, so that one list works without a script."""
    grouped: dict[str, list[tuple[str, str]]] = {
        province.name: [] for province in provinces().values()
    }
    for regency in regencies().values():
        grouped[provinces()[regency.province].name].append((regency.code, regency.name))
    return list(grouped.items())


class Regions(forms.Select):
    """Names of regions are Indonesian on a page of any language; the empty choice is not."""

    def __init__(self) -> None:
        super().__init__(attrs={"lang": "id"})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        option = super().create_option(name, value, *args, **kwargs)
        return option if value else option | {"attrs": {"lang": get_language()}}


class AddressFields(forms.Form):
    """The address; a company abroad has no region here."""

    is_foreign = False
    address = forms.CharField(
        label=_("Alamat"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    regency = forms.ChoiceField(
        label=_("Provinsi dan kabupaten atau kota"),
        widget=Regions,
        help_text=_("Daftar ini dikelompokkan menurut provinsi."),
        error_messages={
            "required": _(
                "Pilih kabupaten atau kota. Bila kosong, data Anda ditolak saat agregasi INAPROC."
            )
        },
    )
    postal_code = LineField(
        label=_("Kode pos"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "postal-code"}
        ),
    )
    phone = LineField(
        label=_("Nomor telepon"),
        max_length=30,
        help_text=_("Nomor luar negeri diawali + dan kode negara."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["regency"]
        region.choices = [("", _("Pilih")), *regions()]

    def clean_postal_code(self) -> str:
        postal_code: str = self.cleaned_data["postal_code"]
        if self.is_foreign:
            return postal_code
        if not POSTAL_CODE.match(postal_code):
            raise ValidationError(_("Kode pos terdiri atas 5 angka."))
        province = self.cleaned_data.get("regency", "")[:2]
        if province and postal_code[0] not in POSTAL_ZONES[province]:
            message = _(
                "Kode pos ini bukan dari %(province)s. Periksa kode pos, atau kabupaten dan kotanya."
            )
            raise ValidationError(
                message, params={"province": provinces()[province].name}
            )
        return postal_code

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if any(sign.isalpha() for sign in phone):
            raise ValidationError(
                _(
                    "Hapus huruf dari nomor telepon. Tulis satu nomor, misalnya 0812 0000 0177."
                )
            )
        dialled = sum(sign.isdigit() for sign in phone)
        if not PHONE.match(phone) or dialled not in DIALLED:
            raise ValidationError(
                _("Tulis nomor telepon dengan angka, misalnya 0812 0000 0177.")
            )
        return phone
