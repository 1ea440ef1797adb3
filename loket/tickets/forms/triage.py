"""How an officer classifies a ticket."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.tickets.models.triage import (
    Category,
    Impact,
    Matter,
    Priority,
    Reporter,
    TicketType,
    Urgency,
)
from loket.tickets.queries.triage import Classified


class TriageForm(forms.Form):
    """The codes of the log; an empty priority follows from urgency and impact."""

    type = forms.ChoiceField(label=_("Tipe"), choices=TicketType)
    category = forms.ChoiceField(label=_("Kategori"), choices=Category)
    reporter = forms.ChoiceField(label=_("Pelapor"), choices=Reporter)
    matter = forms.ChoiceField(label=_("Jenis"), choices=Matter)
    urgency = forms.ChoiceField(label=_("Urgensi"), choices=Urgency)
    impact = forms.ChoiceField(label=_("Dampak"), choices=Impact)
    priority = forms.ChoiceField(
        label=_("Prioritas"),
        choices=[("", _("Mengikuti urgensi dan dampak")), *Priority.choices],
        required=False,
    )

    def __init__(self, *args: Any, now: Classified, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("type", "category", "reporter", "matter", "urgency", "impact"):
            self.initial[name] = getattr(now, name)
