"""What somebody typed into a form that was refused because another was faster, to be copied."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from loket.kernel import once

OURS = "loket.tickets"
HIDDEN = {once.FIELD, "csrfmiddlewaretoken", "dilihat", "pemegang", "after", "kind"}


@dataclass(frozen=True)
class Typed:
    """One field that was filled in, with the words it had on its page."""

    name: str
    label: str
    text: str


def typed(request: HttpRequest, view: Callable[..., Any]) -> list[Typed]:
    """Everything that was typed or chosen, without what the page sent by itself."""
    known = _fields(view.__module__.partition(".views")[0], {*request.POST})
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


def _fields(room: str, sent: set[str]) -> dict[str, forms.Field]:
    """Fields by name; many forms have a `note`, so the one that fits what was sent best has the last word."""

    def fit(form: type[forms.Form]) -> tuple[int, int]:
        return len(sent & {*form.base_fields}), -len(form.base_fields)

    every = sorted([*_forms_of(OURS), *_forms_of(room)], key=fit)
    return {name: field for form in every for name, field in form.base_fields.items()}


def _forms_of(room: str) -> list[type[forms.Form]]:
    found, waiting = [], [forms.Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith(f"{room}."):
            found.append(form)
    return found
