"""What an official types, and what is said about it."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket.access_rights.models import Position
from loket.access_rights.queries import Letter, Official
from loket.accounts.password_fields import PasswordFields
from loket.kernel import clock
from loket.offices.forms import end_of, free_user_id
from loket.offices.models import Office
from loket.offices.nip import parse_nip
from loket.suppliers.forms import AskForm
from loket.tickets.forms.asked import ReturningForm
from loket.ui.fields import DateField, LineField

PHONE = re.compile(r"^\+?[0-9][0-9 .-]{6,24}$")


class AddressForm(AskForm):
    """The official address, with what tells a person from a machine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail kedinasan")
        self.fields["email"].help_text = _("Alamat dari instansi Anda, bukan alamat pribadi.")  # fmt: skip


class LetterForm(forms.Form):
    """A surat tugas and the last day it covers; cleaned, the moment after that day."""

    letter = forms.FileField(label=_("Surat tugas atau surat keputusan"))
    until = DateField(
        label=_("Masa jabatan sampai"),
        help_text=_("Hari terakhir menurut surat itu, misalnya 31/12/2027."),
    )

    def __init__(self, *args: Any, office: Office, types: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["letter"].help_text = types

    def clean_until(self) -> Any:
        until = end_of(self.cleaned_data["until"], self.office)
        if until is not None and until <= clock.now():
            raise ValidationError(_("Tanggal ini sudah lewat."))
        return until

    def clean_letter(self) -> Letter:
        file = self.cleaned_data["letter"]
        return Letter(file.read(), file.name or "")


class OfficialForm(LetterForm):
    """Who the official is; for an address that has an account already."""

    field_order: Sequence[str] = (
        "name",
        "nip",
        "position",
        "work_unit",
        "phone",
        "letter",
        "until",
    )
    name = LineField(
        label=_("Nama lengkap"),
        max_length=120,
        help_text=_("Seperti tertulis pada surat tugas."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    nip = LineField(
        label=_("NIP"),
        max_length=30,
        help_text=_("18 angka."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    position = forms.ChoiceField(
        label=_("Jabatan pengadaan"), choices=Position.choices, widget=forms.RadioSelect
    )
    work_unit = LineField(label=_("Satuan kerja"), max_length=200)
    phone = LineField(
        label=_("Telepon"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_nip(self) -> str:
        today = self.office.local(clock.now()).date()
        return parse_nip(self.cleaned_data["nip"], today=today).digits

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not PHONE.match(phone):
            raise ValidationError(_("Tulis nomor telepon dengan angka, misalnya 0812 0000 0177."))  # fmt: skip
        return phone

    @property
    def official(self) -> Official:
        """What was said of the person."""
        names = ("name", "nip", "position", "work_unit", "phone", "until")
        return Official(**{name: self.cleaned_data[name] for name in names})

    @property
    def account(self) -> dict[str, str]:
        """User ID and password, where an account is to be made."""
        names = ("user_id", "password")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class NewOfficialForm(OfficialForm, PasswordFields):
    """Who the official is, and the account he will have."""

    field_order = (*OfficialForm.field_order, "user_id", "password", "password_again")
    user_id = LineField(
        label=_("User ID"),
        max_length=40,
        help_text=_("Untuk masuk. 4 sampai 40 huruf atau angka, mudah Anda ingat."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )

    def clean_user_id(self) -> str:
        return free_user_id(self.cleaned_data["user_id"])


class ReasonForm(forms.Form):
    """Why a request is turned down."""

    reason = forms.CharField(
        label=_("Alasan penolakan"),
        max_length=500,
        help_text=_("Dikirim kepada pejabat. Sebut apa yang perlu diperbaiki."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GrantForm(ReturningForm):
    """In which systems an account was made or changed, under which name, until when; or that it was ended."""

    systems = forms.MultipleChoiceField(
        label=_("Sistem"), widget=forms.CheckboxSelectMultiple
    )
    account = LineField(
        label=_("User ID di sana"), max_length=60, help_text=_("Jangan menulis kata sandi.")
    )  # fmt: skip
    until = DateField(label=_("Berlaku sampai"), help_text=_("Contoh: 24-11-2026"))
    is_ended = forms.BooleanField(
        label=_("Akun dinonaktifkan, karena pemiliknya pindah tugas, pensiun, atau berhenti"), required=False
    )  # fmt: skip
    at = forms.DateTimeField(
        label=_("Waktu dikerjakan"),
        required=False,
        help_text=_("Kosongkan bila baru saja. Contoh: 24-11-2026 14.05"),
    )
    body = forms.CharField(
        label=_("Kabar untuk pemohon"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jangan menulis kata sandi."),
    )

    def __init__(self, *args: Any, systems: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["systems"].choices = [(each, each) for each in systems]  # type: ignore[attr-defined]  # a choice field
        said = self.data or {}
        goes_back = bool(said.get("goes_back"))
        self.fields["systems"].required = self.fields["account"].required = not goes_back  # fmt: skip
        self.fields["until"].required = not goes_back and not said.get("is_ended")
