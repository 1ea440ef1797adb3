"""What is said when an account is activated and SIKaP is followed up."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from loket.suppliers.models import Settled, Way
from loket.tickets.forms.asked import ReturningForm
from loket.ui.fields import LineField

REFERENCE = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9./-]*$",
    _("Pakai huruf, angka, titik, garis miring, atau tanda hubung."),
)
NOT_YET, PROMISED = "incomplete", "promised"
FOLLOW_UPS = (
    (Settled.CONFIRMED.value, _("Data SIKaP sudah terisi")),
    (NOT_YET, _("Belum lengkap, diminta lagi")),
    (Settled.WAIVED.value, _("Dikesampingkan dengan alasan")),
)
PROMISES = (
    (PROMISED, _("Pelaku usaha menyatakan akan mengisi SIKaP")),
    (Settled.CONFIRMED.value, _("Data SIKaP sudah terisi")),
    (Settled.WAIVED.value, _("Dikesampingkan dengan alasan")),
)
Bytes = tuple[bytes, str]


def moment(label: Any, help_text: Any) -> forms.DateTimeField:
    """A moment that may lie back; empty is now."""
    return forms.DateTimeField(label=label, required=False, help_text=help_text)


class ActivateForm(forms.Form):
    """In which application the account works now, since when, and its number there."""

    system = forms.ChoiceField(label=_("Akun aktif di"))
    at = moment(
        _("Waktu aktif"), _("Kosongkan bila baru saja. Contoh: 24-11-2026 14.05")
    )
    reference = LineField(
        label=_("Nomor rujukan di sana (bila ada)"),
        max_length=40,
        required=False,
        validators=[REFERENCE],
    )

    def __init__(self, *args: Any, systems: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["system"]
        field.choices = [(name, name) for name in systems]


class WithFile(forms.Form):
    """A form to which a picture or PDF may be added as evidence."""

    file = forms.FileField(
        label=_("Bukti (gambar atau PDF)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.pdf"}),
    )

    def read(self) -> Bytes | None:
        """The file's bytes and name."""
        return bytes_of(self.cleaned_data.get("file"))


def bytes_of(file: "UploadedFile[bytes] | None") -> Bytes | None:
    """What an action takes of an upload."""
    return (file.read(), file.name or "") if file else None


class FollowUpForm(forms.Form):
    """What became of the data in SIKaP, as short as the ticket page wants it; the action asks for proof or a reason."""

    result = forms.ChoiceField(
        label=_("Hasil"), choices=FOLLOW_UPS, widget=forms.RadioSelect
    )
    source = LineField(
        label=_("Dilihat di"),
        max_length=120,
        required=False,
        help_text=_("Bila tanpa bukti: laman atau layar tempat data terisi dilihat."),
    )
    note = forms.CharField(
        label=_("Keterangan"),
        max_length=500,
        required=False,
        help_text=_(
            "Alasan bila dikesampingkan; yang masih kurang bila belum lengkap."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order: tuple[str, ...] = ("result", "source", "note")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if (
            said.get("result") in {Settled.WAIVED, NOT_YET}
            and not said.get("note", "").strip()
        ):
            self.add_error("note", ValidationError(_("Tulis alasannya.")))
        return said


class SettleForm(WithFile, FollowUpForm):
    """The same on a page of its own, with evidence and the day of looking."""

    looked_on = forms.DateField(
        label=_("Tanggal dilihat"),
        required=False,
        help_text=_("Kosongkan bila hari ini."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("result", "file", "source", "looked_on", "note")


class PromiseForm(FollowUpForm):
    """Whether the supplier stated that it will fill in SIKaP (T7)."""

    result = forms.ChoiceField(
        label=_("Hasil"), choices=PROMISES, widget=forms.RadioSelect
    )


class FilledForm(WithFile):
    """The supplier's own step: a picture of the filled profile (T8)."""


class ContactForm(forms.Form):
    """A call, a message or help at the counter."""

    way = forms.ChoiceField(
        label=_("Cara"),
        choices=[(each.value, each.label) for each in Way if each != Way.MAIL],
        widget=forms.RadioSelect,
    )
    at = moment(_("Waktu"), _("Kosongkan bila baru saja. Contoh: 24-11-2026 14.05"))
    minutes = forms.IntegerField(
        label=_("Lama bantuan di loket (menit)"), required=False, min_value=1, max_value=600
    )  # fmt: skip
    note = LineField(label=_("Catatan"), max_length=300, required=False)


class DiscloseForm(ReturningForm):
    """One User ID and nothing else, so that no password can stand beside it; or what must be mended first."""

    user_id = LineField(
        label=_("User ID"), max_length=60, help_text=_("Kata sandi tidak pernah diberitahukan.")
    )  # fmt: skip
    body = forms.CharField(
        label=_("Yang harus diperbaiki"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Hanya bila permohonan dikembalikan."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].required = not (self.data or {}).get("goes_back")

    def clean_user_id(self) -> str:
        """One word: a password beside it would be a second."""
        found: str = self.cleaned_data["user_id"]
        if " " in found:
            raise forms.ValidationError(_("Tulis User ID saja, tanpa spasi."))
        return found
