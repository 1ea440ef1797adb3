"""Using an account at another office: which business, as what kind of applicant, and that office's questions."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from loket.standards.pack import StandardSpec
from loket.suppliers.forms.review import ReviewForm
from loket.suppliers.models import Supplier

YES_NO = (("yes", _("Ya")), ("no", _("Tidak")))


class ChooseForm(forms.Form):
    """Sent by GET: it only decides which questions come next."""

    penyedia = forms.ChoiceField(label=_("Usaha"), widget=forms.RadioSelect)
    jenis = forms.ChoiceField(
        label=_("Mendaftar sebagai"),
        widget=forms.RadioSelect,
        help_text=_("Menentukan berkas yang diminta kantor ini."),
    )

    def __init__(
        self,
        *args: Any,
        suppliers: list[Supplier],
        spec: StandardSpec,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "id"
        self.suppliers = {str(each.pk): each for each in suppliers}
        businesses: Any = self.fields["penyedia"]
        businesses.choices = [(key, one.name) for key, one in self.suppliers.items()]
        if len(suppliers) == 1:
            businesses.initial = next(iter(self.suppliers))
        kinds: Any = self.fields["jenis"]
        kinds.choices = [
            (code, kind.title.get(language)) for code, kind in spec.applicants.items()
        ]

    @property
    def supplier(self) -> Supplier:
        """The business that was chosen."""
        return self.suppliers[self.cleaned_data["penyedia"]]


class JoinForm(ReviewForm):
    """The questions of this office's standard, the way, and consent."""

    def __init__(
        self, *args: Any, spec: StandardSpec, kind: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, spec=spec, **kwargs)
        self.questions = spec.facts_for(kind)
        for name, question in self.questions.items():
            self.fields[name] = forms.ChoiceField(
                label=question.get(get_language() or "id"),
                choices=YES_NO,
                widget=forms.RadioSelect,
            )
        self.order_fields([*self.questions, "route", "consent"])

    @property
    def facts(self) -> tuple[str, ...]:
        """The questions that were answered with yes."""
        said = self.cleaned_data
        return tuple(name for name in self.questions if said[name] == "yes")
