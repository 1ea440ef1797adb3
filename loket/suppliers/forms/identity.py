"""Who the supplier is and where: User ID, names, NIK, address, and what decides the checklist (F14)."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from loket.accounts.models import User
from loket.offices.registers import provinces, regencies
from loket.standards.pack import Text
from loket.suppliers.numbers import parse_nik

USER_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{3,39}$")
PHONE = re.compile(r"^\+?[0-9(][0-9 ()./-]{5,28}$")
POSTAL_CODE = re.compile(r"^[0-9]{5}$")
YES_NO = (("yes", _("Ya")), ("no", _("Tidak")))


def regions() -> list[tuple[str, list[tuple[str, str]]]]:
    """Regencies grouped by province, so that one list works without a script."""
    grouped: dict[str, list[tuple[str, str]]] = {
        province.name: [] for province in provinces().values()
    }
    for regency in regencies().values():
        grouped[provinces()[regency.province].name].append((regency.code, regency.name))
    return list(grouped.items())


class IdentityForm(forms.Form):
    """A supplier of Indonesia; with `is_foreign`, one without NIK and region here."""

    user_id = forms.CharField(
        label=_("User ID"),
        max_length=40,
        help_text=_("Untuk masuk. 4 sampai 40 huruf atau angka, mudah Anda ingat."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    name = forms.CharField(
        label=_("Nama perusahaan atau perorangan"),
        max_length=200,
        help_text=_("Seperti tertulis pada NPWP."),
    )
    responsible_name = forms.CharField(
        label=_("Nama pimpinan atau pemilik usaha"),
        max_length=120,
        help_text=_("Seperti tertulis pada kartu identitas."),
    )
    nik = forms.CharField(
        label=_("NIK pimpinan atau pemilik usaha"),
        max_length=30,
        help_text=_("16 angka pada KTP."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Alamat"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    regency = forms.ChoiceField(label=_("Kabupaten atau kota"))
    postal_code = forms.CharField(
        label=_("Kode pos"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "postal-code"}
        ),
    )
    phone = forms.CharField(
        label=_("Nomor telepon"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(
        self, *args: Any, questions: dict[str, Text], is_foreign: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.is_foreign = tuple(questions), is_foreign
        region: Any = self.fields["regency"]
        region.choices = [("", _("Pilih")), *regions()]
        if is_foreign:
            del self.fields["nik"], self.fields["regency"]
        for name, question in questions.items():
            self.fields[name] = forms.ChoiceField(
                label=question.get(get_language() or "id"),
                choices=YES_NO,
                widget=forms.RadioSelect,
                initial=("yes" if name in self.initial["facts"] else "no")
                if "facts" in self.initial
                else None,
            )

    def clean_user_id(self) -> str:
        user_id: str = self.cleaned_data["user_id"]
        if not USER_ID.match(user_id):
            raise ValidationError(
                _(
                    "User ID terdiri atas 4 sampai 40 huruf, angka, titik, atau setrip, tanpa spasi."
                )
            )
        if User.objects.filter(user_id__iexact=user_id).exists():
            raise ValidationError(_("User ID ini sudah dipakai. Pilih yang lain."))
        return user_id

    def clean_nik(self) -> str:
        return parse_nik(self.cleaned_data["nik"]).digits

    def clean_postal_code(self) -> str:
        postal_code: str = self.cleaned_data["postal_code"]
        if not self.is_foreign and not POSTAL_CODE.match(postal_code):
            raise ValidationError(_("Kode pos terdiri atas 5 angka."))
        return postal_code

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not PHONE.match(phone):
            raise ValidationError(
                _("Tulis nomor telepon dengan angka, misalnya 0812 0000 0177.")
            )
        return phone

    def clean(self) -> dict[str, Any]:
        """Facts that hold become one list."""
        said = super().clean() or self.cleaned_data
        said["facts"] = [name for name in self.questions if said.pop(name, "") == "yes"]
        return said
