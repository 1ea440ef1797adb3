"""Who the supplier is: User ID, names, document of identity, and what decides the checklist (F14)."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from loket.accounts.models import User
from loket.offices.numbers import InvalidNumber, parse_nik, parse_npwp, parse_permit
from loket.standards.pack import Text
from loket.suppliers.forms.address import AddressFields
from loket.suppliers.models import IdentityDocument
from loket.ui.fields import LineField

USER_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{3,39}$")
YES_NO = (("yes", _("Ya")), ("no", _("Tidak")))
RESIDENTS = (IdentityDocument.KTP, IdentityDocument.KITAS, IdentityDocument.KITAP)


class IdentityForm(AddressFields):
    """A supplier of Indonesia; with `is_foreign`, one without region here and with a passport.

    `own_nik` is the NIK that was typed as tax number before: the owner writes it only once.
    """

    field_order: Sequence[str] = (
        "user_id", "name", "responsible_name", "identity_document", "nik",
        "pkp_number",
    )  # fmt: skip
    user_id = LineField(
        label=_("User ID"),
        max_length=40,
        help_text=_(
            "Untuk masuk, bukan alamat e-mail. 4 sampai 40 huruf atau angka, mudah Anda ingat."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    name = LineField(
        label=_("Nama perusahaan atau perorangan"),
        max_length=200,
        help_text=_("Seperti tertulis pada NPWP."),
    )
    responsible_name = LineField(
        label=_("Nama pimpinan atau pemilik usaha"),
        max_length=120,
        help_text=_("Seperti tertulis pada kartu identitas."),
    )
    identity_document = forms.ChoiceField(
        label=_("Kartu identitas pimpinan atau pemilik usaha"),
        choices=[(one.value, one.label) for one in RESIDENTS],
        initial=IdentityDocument.KTP,
        help_text=_("Warga negara asing memakai KITAS atau KITAP."),
    )
    nik = LineField(
        label=_("NIK atau nomor kartu identitas"),
        max_length=30,
        help_text=_("KTP: NIK 16 angka. KITAS dan KITAP: huruf dan angka pada kartu."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    pkp_number = LineField(
        label=_("Nomor PKP"),
        max_length=60,
        required=False,
        help_text=_(
            "Bila usaha dikukuhkan sebagai pengusaha kena pajak; kosongkan bila tidak."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        *args: Any,
        questions: dict[str, Text],
        is_foreign: bool,
        own_nik: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.is_foreign, self.own_nik = tuple(questions), is_foreign, own_nik  # fmt: skip
        if is_foreign:
            self._ask_from_abroad()
        if own_nik:
            self.initial = {"nik": own_nik, **(self.initial or {})}
            self.fields["nik"].help_text = _("Sudah terisi dari NPWP Anda.")
        for name, question in questions.items():
            self.fields[name] = forms.ChoiceField(
                label=question.get(get_language() or "id"),
                choices=YES_NO,
                widget=forms.RadioSelect,
                initial=("yes" if name in self.initial["facts"] else "no")
                if "facts" in self.initial
                else None,
            )

    def _ask_from_abroad(self) -> None:
        for name in ("identity_document", "pkp_number", "regency"):
            del self.fields[name]
        self.fields["name"].help_text = _("Seperti tertulis pada akta pendirian.")
        passport = self.fields["nik"]
        passport.label = _("Nomor paspor pimpinan")
        passport.help_text = _("Huruf dan angka pada halaman data paspor.")

    def clean_user_id(self) -> str:
        user_id: str = self.cleaned_data["user_id"]
        if "@" in user_id:
            raise ValidationError(
                _("User ID bukan alamat e-mail. Pilih nama pendek tanpa tanda @.")
            )
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
        number: str = self.cleaned_data["nik"]
        if "identity_document" in self.errors:
            return number
        document = self.cleaned_data.get("identity_document", IdentityDocument.PASSPORT)
        if document != IdentityDocument.KTP:
            return parse_permit(number)
        return self._checked_nik(number)

    def _checked_nik(self, number: str) -> str:
        try:
            nik = parse_nik(number).digits
        except InvalidNumber as wrong:
            raise _advice(number) or wrong from wrong
        if self.own_nik and nik != self.own_nik:
            raise ValidationError(
                _(
                    "NIK ini berbeda dari NIK yang Anda tulis sebagai NPWP. Periksa keduanya."
                )
            )
        return nik

    def clean(self) -> dict[str, Any]:
        """Facts that hold become one list."""
        said = super().clean() or self.cleaned_data
        if self.is_foreign:
            said["identity_document"] = IdentityDocument.PASSPORT.value
        said["facts"] = [name for name in self.questions if said.pop(name, "") == "yes"]
        return said


def _advice(number: str) -> ValidationError | None:
    """What else this number is, when it was copied from the wrong card."""
    try:
        npwp = parse_npwp(number)
    except InvalidNumber:
        return None
    if npwp.kind == "npwp15" or npwp.npwp16.startswith("0"):
        return ValidationError(_("Ini NPWP. Tulis NIK, 16 angka pada KTP."))
    return None
