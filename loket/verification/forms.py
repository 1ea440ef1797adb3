"""What is said when documents are received or verified."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.tickets.forms import VerdictForm
from loket.ui.fields import DateField, LineField
from loket.verification.models import Provider

OWNER = "0"


@dataclass(frozen=True)
class MayCome:
    """Who may show the originals: the owner by the name that is known, proxies as ids with names.

    `refusal` says why no proxy may come, in the published words.
    """

    owner: str = ""
    proxies: list[tuple[str, str]] = field(default_factory=list)
    refusal: str = ""


class ShownByForm(forms.Form):
    """Who shows the documents, and his name; not asked where nobody comes (None)."""

    def __init__(self, *args: Any, may_come: MayCome | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_come = may_come
        if may_come is not None:
            self._ask(may_come)

    def _ask(self, who: MayCome) -> None:
        kuasa = [(key, _("Penerima kuasa: ") + name) for key, name in who.proxies]
        self.fields["came"] = forms.TypedChoiceField(
            label=_("Yang menunjukkan berkas"),
            choices=((OWNER, _("Pimpinan atau pemilik usaha")), *kuasa),
            coerce=int,
            widget=forms.RadioSelect,
            required=not self.is_bound,  # refused by the step, after rights and verdicts
            empty_value=None,
            help_text=who.refusal,
        )
        self.fields["came_name"] = LineField(
            label=_("Nama pimpinan atau pemilik yang datang"),
            max_length=120,
            required=False,
            initial=who.owner,
        )

    def clean(self) -> dict[str, Any]:
        """The owner comes under a name: the one typed, else the one that is known."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.may_come and said.get("came") == int(OWNER):
            said["came_name"] = said.get("came_name") or self.may_come.owner
            if not said["came_name"]:
                self.add_error("came_name", _("Tulis nama yang datang."))
        if self.may_come:
            self.fields["came"].required = True
        return said


class ReceivingForm(ShownByForm):
    """Whether the documents are complete; only an officer's check may find that they are not."""

    def __init__(self, *args: Any, may_return: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_return:
            self.fields["complete"] = forms.TypedChoiceField(
                label=_("Kelengkapan"),
                choices=(("yes", _("Lengkap")), ("no", _("Belum lengkap, kembalikan"))),
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect,
            )


class PlanForm(forms.Form):
    """When and by what a call shall be held; times are those of the office's zone."""

    day = DateField(label=_("Tanggal"), help_text=_("Contoh: 24-11-2026"))
    time = forms.TimeField(
        label=_("Jam mulai"),
        input_formats=["%H.%M", "%H:%M"],
        help_text=_("Contoh: 10.00"),
    )
    provider = forms.ChoiceField(label=_("Lewat"), widget=forms.RadioSelect)
    where = LineField(
        label=_("Nomor atau tautan"),
        max_length=300,
        help_text=_("Nomor WhatsApp pimpinan, atau alamat rapat video"),
    )
    anyway = forms.BooleanField(
        label=_("Tetap jadwalkan walau di luar jam panggilan video"), required=False
    )

    def __init__(
        self, *args: Any, providers: tuple[str, ...], zone: ZoneInfo, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        known = [(each, Provider(each).label) for each in providers]
        self.fields["provider"].choices = known  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["provider"].initial = providers[0]

    def clean(self) -> dict[str, Any]:
        """The moment beside the two fields it was typed in."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("day") and said.get("time"):
            said["at"] = dt.datetime.combine(said["day"], said["time"], self.zone)
        return said


class ShownForm(VerdictForm):
    """A verdict on a document that is being shown in a call."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["original_seen"].label = _("Asli ditunjukkan di video")


class PictureForm(forms.Form):
    """A screenshot of the call."""

    file = forms.FileField(
        label=_("Gambar bukti"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_(
            "Tangkapan layar atau foto panggilan dari perangkat apa pun. Bisa juga ditempel dengan Ctrl+V."
        ),
    )


class FinishForm(forms.Form):
    """A word to the applicant about the result."""

    note = LineField(
        label=_("Keterangan untuk pemohon"), max_length=500, required=False
    )
