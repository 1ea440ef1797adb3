"""What somebody typed into a form that was refused because another was faster, to be copied."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from loket.kernel import once
from loket.tickets import forms as ours

HIDDEN = {once.FIELD, "csrfmiddlewaretoken", "dilihat", "pemegang", "after", "kind"}


@dataclass(frozen=True)
class Typed:
    """One field that was filled in, with the words it had on its page."""

    name: str
    label: str
    text: str


def typed(request: HttpRequest) -> list[Typed]:
    """Everything that was typed or chosen, without what the page sent by itself."""
    known = _fields()
    return [
        _shown(name, text, known.get(name))
        for name, texts in request.POST.lists()
        for text in map(str, texts)
        if name not in HIDDEN and text.strip()
    ]


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number the page sent along; None when there was none."""
    text = str(request.POST.get(name, ""))
    return int(text) if text.isdecimal() else None


def _shown(name: str, text: str, field: forms.Field | None) -> Typed:
    choices = dict(getattr(field, "choices", ()) or ())
    label = (field.label if field else "") or name.replace("_", " ").capitalize()
    return Typed(name, str(label), str(choices.get(text, text)))


def _fields() -> dict[str, forms.Field]:
    """The fields of the room's forms by name."""
    found = [each for each in vars(ours).values() if isinstance(each, type)]
    forms_here = [each for each in found if issubclass(each, forms.Form)]
    return {
        name: field for form in forms_here for name, field in form.base_fields.items()
    }
