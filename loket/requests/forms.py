"""The form of a service with the questions and the way its standard knows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.offices.models import Office
from loket.requests.queries import As
from loket.standards.pack import StandardSpec
from loket.tickets.forms.asked import AskedForm
from loket.tickets.queries.words import words

YES_NO = (("yes", _("Ya")), ("no", _("Tidak")))


class RequestForm(AskedForm):
    """Declared fields, then yes or no to each fact that decides the checklist, then the way, where there is a choice."""

    def __init__(
        self, *args: Any, spec: StandardSpec, way: As, office: Office, **kwargs: Any
    ) -> None:
        asked = spec.fields_for(way.kind)
        super().__init__(*args, asked=asked, office=office, kinds=spec.kinds, **kwargs)
        self.questions, self.routes = spec.facts_for(way.kind), spec.open_routes
        for name, question in self.questions.items():
            self.fields[name] = forms.ChoiceField(
                label=words(question), choices=YES_NO, widget=forms.RadioSelect
            )
        if len(self.routes) > 1:
            named = [(code, words(spec.routes[code].title)) for code in self.routes]
            self.fields["route"] = forms.ChoiceField(
                label=_("Cara"), choices=named, widget=forms.RadioSelect
            )

    @property
    def facts(self) -> tuple[str, ...]:
        """The questions that were answered with yes."""
        said = self.cleaned_data
        return tuple(name for name in self.questions if said[name] == "yes")

    @property
    def route(self) -> str:
        """The way that was chosen, or the only one."""
        return str(self.cleaned_data.get("route") or self.routes[0])
