"""Using an account at another office: which business, and that office's questions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy as _

from loket.standards.pack import StandardSpec
from loket.suppliers.forms.review import ReviewForm
from loket.suppliers.models import Supplier

YES_NO = (("yes", _("Ya")), ("no", _("Tidak")))


class ChooseForm(forms.Form):
    """Sent by GET: it only decides which questions come next."""

    penyedia = forms.ChoiceField(label=_("Usaha"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        suppliers: list[Supplier],
        spec: StandardSpec,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.suppliers = {str(each.pk): each for each in suppliers}
        businesses: Any = self.fields["penyedia"]
        businesses.choices = [(key, one.name) for key, one in self.suppliers.items()]
        if len(suppliers) == 1:
            businesses.initial = next(iter(self.suppliers))
        self.spec = spec

    def clean_penyedia(self) -> str:
        """The form of business decides as what it registers here, if at all."""
        key: str = self.cleaned_data["penyedia"]
        if self.spec.kind_of(self.suppliers[key].form_of_business) is None:
            raise ValidationError(_("Kantor ini tidak melayani bentuk usaha ini."))
        return key

    @property
    def supplier(self) -> Supplier:
        """The business that was chosen."""
        return self.suppliers[self.cleaned_data["penyedia"]]

    @property
    def kind(self) -> str:
        """As what kind of applicant it registers here."""
        return self.spec.kind_of(self.supplier.form_of_business) or ""


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
        self.order_fields(["goes_on", *self.questions, "route", "consent"])

    @property
    def facts(self) -> tuple[str, ...]:
        """The questions that were answered with yes."""
        said = self.cleaned_data
        return tuple(name for name in self.questions if said[name] == "yes")
