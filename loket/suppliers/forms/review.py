"""The last page: by which way the documents are shown, and consent to the terms (F15, F19)."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from loket.standards.pack import StandardSpec


class ReviewForm(forms.Form):
    """Asks for the way only where the standard offers more than one through loket; the first unless another is chosen."""

    route = forms.ChoiceField(
        label=_("Cara menunjukkan berkas"), widget=forms.RadioSelect
    )
    consent = forms.BooleanField(
        label=_("Data yang saya isi benar dan saya menyetujui ketentuan di atas"),
        error_messages={"required": _("Setujui ketentuan untuk mengirim pendaftaran")},
    )

    def __init__(
        self, *args: Any, spec: StandardSpec, stub: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if stub:
            self._ask_of_stub(stub)
        language = get_language() or "id"
        ways: Any = self.fields["route"]
        ways.choices = [
            (code, spec.routes[code].title.get(language)) for code in spec.open_routes
        ]
        ways.required, ways.initial = False, spec.open_routes[0]
        if len(spec.open_routes) == 1:
            ways.widget = forms.HiddenInput()
        elif any(spec.is_remote(code) for code in spec.open_routes):
            ways.help_text = _(
                "Bila daring: unggah semua berkas di tiket, lalu pimpinan atau pemilik usaha menunjukkan aslinya lewat "
                "panggilan video. Nomor telepon yang Anda isi dipakai untuk panggilan WhatsApp."
            )
        self.open_routes = spec.open_routes

    def clean_route(self) -> str:
        return self.cleaned_data["route"] or self.open_routes[0]

    def _ask_of_stub(self, number: str) -> None:
        """Several people may have used this browser, at a counter above all."""
        self.fields["goes_on"] = forms.BooleanField(
            label=_("Lanjutkan tiket %(number)s dari loket") % {"number": number},
            help_text=_("Hapus tanda ini bila tiket itu bukan milik Anda."),
            required=False,
            initial=True,
        )
        self.order_fields(["goes_on", "route", "consent"])

    @property
    def wants_stub(self) -> bool:
        """Whether the request goes on in the ticket from the desk."""
        return bool(self.cleaned_data.get("goes_on"))
