"""What an owner says to grant a power of attorney, and what an officer finds about it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy as _

from loket.files.actions import Limits
from loket.offices.numbers import parse_nik
from loket.standards.pack import Requirement
from loket.suppliers.models import Representative
from loket.suppliers.queries.proxies import Scope
from loket.tickets.forms import UploadForm
from loket.ui.fields import LineField

PAPER = "berkas-"


class ScopeForm(forms.Form):
    """Sent by GET: for which ticket or service, which decides what is asked."""

    untuk = forms.ChoiceField(label=_("Kuasa untuk"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, scopes: list[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scopes = {each.key: each for each in scopes}
        field: Any = self.fields["untuk"]
        field.choices = [(key, each.title) for key, each in self.scopes.items()]

    @property
    def scope(self) -> Scope:
        """What was chosen."""
        return self.scopes[self.cleaned_data["untuk"]]


class PaperField(forms.FileField):
    """One paper of the proxy, checked for size as every upload is."""

    def __init__(self, *, limits: Limits, **kwargs: Any) -> None:
        super().__init__(widget=forms.FileInput, **kwargs)
        self.single = UploadForm(limits=limits)
        self.widget.attrs |= self.single.fields["file"].widget.attrs

    def clean(self, data: Any, initial: Any = None) -> Any:
        self.single.cleaned_data = {"file": super().clean(data, initial)}
        return self.single.clean_file()


class PowerForm(forms.Form):
    """Who shall come and when."""

    name = LineField(
        label=_("Nama penerima kuasa"),
        max_length=120,
        help_text=_("Seperti tertulis pada KTP."),
    )
    nik = LineField(
        label=_("NIK penerima kuasa"),
        max_length=30,
        help_text=_("16 angka pada KTP."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    valid_from = forms.DateField(
        label=_("Berlaku sejak"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    valid_until = forms.DateField(
        label=_("Berlaku sampai dengan"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
    has_meterai = forms.BooleanField(
        label=_("Surat kuasa bermeterai dan ditandatangani kedua pihak"), required=False
    )

    def clean_nik(self) -> str:
        return parse_nik(self.cleaned_data["nik"]).digits


class GrantForm(PowerForm):
    """Besides, the papers the standard asks of a proxy (D9)."""

    def __init__(
        self,
        *args: Any,
        papers: list[tuple[str, Requirement]],
        limits: Limits,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for code, one in papers:
            self.fields[PAPER + code] = PaperField(
                label=one.title.get(get_language() or "id"), limits=limits
            )

    def refuse(self, error: ValidationError) -> None:
        """Each reason at its field; what is wrong with a paper at the field of that paper."""
        by_name = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}  # fmt: skip
        for name, reasons in by_name.items():
            is_paper = name is not None and name not in self.fields
            self.add_error(f"{PAPER}{name}" if is_paper else name, reasons)

    @property
    def uploads(self) -> dict[str, Any]:
        """The papers by the code of their requirement."""
        return {
            name.removeprefix(PAPER): file
            for name, file in self.cleaned_data.items()
            if name.startswith(PAPER)
        }


class CounterPowerForm(PowerForm):
    """A letter on paper: who signed it, and that its originals lie on the desk."""

    grantor = forms.ModelChoiceField(
        label=_("Pemberi kuasa"),
        queryset=Representative.objects.none(),
        empty_label=None,
    )
    originals_seen = forms.BooleanField(
        label=_("Surat kuasa asli dan KTP asli penerima kuasa saya lihat")
    )
    field_order = ("grantor",)

    def __init__(
        self, *args: Any, owners: QuerySet[Representative], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        grantor: Any = self.fields["grantor"]
        grantor.queryset = owners
        grantor.label_from_instance = lambda person: person.user.name


class PowerVerdictForm(forms.Form):
    """What an officer found about a power of attorney."""

    accepted = forms.TypedChoiceField(
        label=_("Putusan"),
        choices=(("yes", _("Terima")), ("no", _("Tolak"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    meterai_seen = forms.BooleanField(
        label=_("Meterai dilihat pada surat aslinya"), required=False
    )
    reason = LineField(
        label=_("Alasan"),
        max_length=300,
        required=False,
        help_text=_("Wajib bila ditolak; penyedia membacanya."),
    )
