"""How Django draws forms here: label, hint and error in one group with its own template."""

from collections.abc import Callable, Hashable
from functools import lru_cache

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 512  # drawn forms, each about two kilobytes


class Renderer(TemplatesSetting):
    """Form renderer of the whole product (setting `FORM_RENDERER`)."""

    field_template_name = "ui/forms/field.html"
    form_template_name = "ui/forms/form.html"


def blank(build: Callable[..., forms.Form], *said: Hashable) -> SafeString:
    """An empty form as text, drawn once for the same words: a page with five of them need not draw them again.

    What `build` makes follows from `said` and the language alone; keys and tokens stand outside of it.
    """
    return _drawn(build, get_language(), *said)


@lru_cache(maxsize=KEPT)
def _drawn(
    build: Callable[..., forms.Form], _language: str | None, *said: Hashable
) -> SafeString:
    return build(*said).render()
