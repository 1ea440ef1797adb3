"""What is said when documents are received or verified."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

OWNER = "0"


class ShownByForm(forms.Form):
    """Who shows the documents; asked only when a proxy may come today. `proxies` are ids with names."""

    def __init__(
        self, *args: Any, proxies: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if proxies:
            kuasa = [(key, _("Penerima kuasa: ") + name) for key, name in proxies]
            self.fields["came"] = forms.TypedChoiceField(
                label=_("Yang menunjukkan berkas"),
                choices=((OWNER, _("Pimpinan atau pemilik usaha")), *kuasa),
                coerce=int,
                widget=forms.RadioSelect,
            )


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
