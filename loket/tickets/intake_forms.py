"""What is typed at the counter: a request of somebody without an account, papers that came by mail, a merge."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.files.actions import MEGABYTE, Limits
from loket.tickets.forms import NoteForm
from loket.tickets.models.ticket import Channel
from loket.tickets.queries.intake import AT_DESK, BY_MAIL, Offer, phone_digits
from loket.ui.fields import LineField

MIN_DIGITS, MAX_DIGITS = 7, 14  # of a phone number without its 0 or 62


class IntakeForm(forms.Form):
    """Who asks and what for, at the counter: only name and phone must be typed (X6)."""

    name = LineField(label=_("Nama pemohon atau usaha"), max_length=200)
    phone = LineField(
        label=_("Nomor telepon"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    asked = forms.ChoiceField(label=_("Layanan dan pemohon"))
    channel = forms.ChoiceField(label=_("Masuk lewat"))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Boleh kosong. Bila diisi, kode status dikirim ke alamat ini."),
    )
    outside_number = LineField(
        label=_("Nomor di LPSE Support"), max_length=40, required=False
    )
    note = LineField(label=_("Keperluan"), max_length=500, required=False)
    received_at = forms.DateTimeField(
        label=_("Waktu diterima"),
        required=False,
        help_text=_("Kosongkan bila baru saja. Contoh: 24-11-2026 14.05"),
    )
    late_because = LineField(
        label=_("Alasan baru dicatat"),
        max_length=300,
        required=False,
        help_text=_("Hanya bila lebih dari 7 hari yang lalu."),
    )

    def __init__(self, *args: Any, offered: Iterable[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {each.standard.pk: each for each in offered}
        asked: Any = self.fields["asked"]
        asked.choices = [
            (each.title, [(f"{pk}:{code}", title) for code, title in each.kinds])
            for pk, each in self.offered.items()
        ]
        channel: Any = self.fields["channel"]
        ways = {code for each in self.offered.values() for code in each.channels}
        channel.choices = [(each.value, each.label) for each in AT_DESK if each in ways]
        if Channel.LPSE_SUPPORT not in ways:
            del self.fields["outside_number"]
        self.fields["name"].widget.attrs["autofocus"] = True

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not MIN_DIGITS <= len(phone_digits(phone)) <= MAX_DIGITS:
            raise forms.ValidationError(
                _("Tulis nomor telepon lengkap. Contoh: 0812 0000 0177")
            )
        return phone

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        pk, _colon, kind = said.pop("asked", "").partition(":")
        if pk:
            said |= {"standard": self.offered[int(pk)].standard, "kind": kind}
        return said


class MergeForm(NoteForm):
    """Which other ticket goes on in this one, and why."""

    number = LineField(label=_("Nomor tiket yang digabung"), max_length=20)
    field_order = ("number", "note")


class PapersForm(forms.Form):
    """Scans that came by mail or letter: from whom, and one file per document still asked for."""

    channel = forms.ChoiceField(label=_("Masuk lewat"))
    sender = LineField(
        label=_("Pengirim"), max_length=254, help_text=_("Alamat e-mail atau nomor.")
    )

    def __init__(
        self, *args: Any, asked: Iterable[tuple[str, str]], limits: Limits, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.papers = [code for code, _title in asked]
        self.at_most_mb = limits.at_most_mb
        channel: Any = self.fields["channel"]
        channel.choices = [(each.value, each.label) for each in BY_MAIL]
        accepted = ",".join(f".{each}" for each in limits.types)
        for code, title in asked:
            widget = forms.FileInput(attrs={"accept": accepted})
            self.fields[code] = forms.FileField(label=title, required=False, widget=widget)  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        given = {code: said[code] for code in self.papers if said.get(code)}
        if not given and not self.errors:
            raise forms.ValidationError(_("Pilih sedikitnya satu berkas."))
        for code, file in given.items():
            if (file.size or 0) > self.at_most_mb * MEGABYTE:
                most = {"most": self.at_most_mb}
                self.add_error(code, _("Berkas ini lebih dari %(most)s MB. Perkecil, lalu unggah lagi.") % most)  # fmt: skip
        return said
