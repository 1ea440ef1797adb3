"""What an officer says when a file that would not open is handed over, and after trying it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.tenders.models import Opened
from loket.ui.fields import LineField

SHA256 = re.compile(r"^[0-9a-f]{64}$")
JUST_NOW = _("Kosongkan bila baru saja. Contoh: 24-11-2026 14.05")


class ExhibitForm(forms.Form):
    """A file to be sealed here, or what is to be known of one that stays on a medium."""

    file = forms.FileField(label=_("Berkas"))
    handed_by = LineField(label=_("Diserahkan oleh"), max_length=120)
    at = forms.DateTimeField(label=_("Waktu diserahkan"), required=False, help_text=JUST_NOW)  # fmt: skip
    sha256 = LineField(
        label=_("SHA-256 menurut penyerah"), max_length=80, required=False, help_text=_("Dicocokkan dengan berkasnya.")
    )  # fmt: skip
    kept_at = LineField(
        label=_("Atau disimpan di luar loket"), max_length=200, required=False,
        help_text=_("Untuk berkas yang terlalu besar: medium, nomor segel, dan tempatnya. Isi juga SHA-256, nama, dan ukurannya."),
    )  # fmt: skip
    name = LineField(label=_("Nama berkas di medium itu"), max_length=200, required=False)  # fmt: skip
    size = forms.IntegerField(label=_("Ukurannya dalam byte"), min_value=1, required=False)  # fmt: skip
    more = forms.BooleanField(label=_("Masih ada berkas lain"), required=False)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("Disegel apa adanya dan tidak pernah dibuka. Paling besar %(most)d MB.") % {"most": most}  # fmt: skip
        self.fields["file"].help_text = said
        stays = bool(self.data and self.data.get("kept_at"))
        self.fields["file"].required = not stays
        for name in ("sha256", "name", "size"):
            self.fields[name].required = stays

    def clean_sha256(self) -> str:
        """Sixty-four signs of a to f and digits, however they were spaced."""
        found = "".join(self.cleaned_data["sha256"].split()).lower()
        if found and not SHA256.match(found):
            raise forms.ValidationError(_("SHA-256 terdiri dari 64 angka dan huruf a sampai f."))  # fmt: skip
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("file") and said.get("kept_at"):
            self.add_error("kept_at", _("Pilih salah satu: unggah berkasnya, atau tulis tempat simpannya."))  # fmt: skip
        return said


class TrialForm(forms.Form):
    """What trying the sealed file showed, done outside loket."""

    opened = forms.ChoiceField(
        label=_("Hasil uji coba"), choices=Opened, widget=forms.RadioSelect
    )
    application = LineField(label=_("Aplikasi pengaman dan versinya"), max_length=120)
    finding = forms.CharField(
        label=_("Yang terlihat"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Pesan galat, langkah yang dicoba, dugaan penyebab. Jangan menulis isi penawaran."),
    )  # fmt: skip
    at = forms.DateTimeField(label=_("Waktu dicoba"), required=False, help_text=JUST_NOW)  # fmt: skip
