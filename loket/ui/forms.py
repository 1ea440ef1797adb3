"""How Django draws forms here: label, hint and error in one group with its own template."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 512  # drawn forms, each about two kilobytes


class Renderer(TemplatesSetting):
    """Form renderer of the whole product (setting `FORM_RENDERER`)."""

    field_template_name = "ui/forms/field.html"
    form_template_name = "ui/forms/form.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: Any = None
    ) -> str:
        draw = DRAWN.get(template_name)
        if draw and not context["widget"].get("wrap_label"):
            return draw(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_text(value)}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{said}{_attrs(widget)}>'


def _select(widget: dict[str, Any]) -> str:
    options = "".join(_group(name, each) for name, each, _place in widget["optgroups"])
    return (
        f'<select name="{_text(widget["name"])}"{_attrs(widget)}>{options}\n</select>'
    )


def _group(name: object, options: list[dict[str, Any]]) -> str:
    drawn = "".join(f"\n  {_option(each)}" for each in options)
    if not name:
        return drawn
    return f'\n  <optgroup label="{_text(name)}">{drawn}\n  </optgroup>'


def _option(widget: dict[str, Any]) -> str:
    return f'<option value="{_text(widget["value"])}"{_attrs(widget)}>{_text(widget["label"])}</option>\n'


def _attrs(widget: dict[str, Any]) -> str:
    given = (
        (name, value) for name, value in widget["attrs"].items() if value is not False
    )
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in given
    )


def _text(value: object) -> str:
    """As a template prints it: escaped, unless it is marked as safe."""
    return conditional_escape(value if isinstance(value, str) else str(value))


# Django's own templates of these in plain Python: a page has dozens, each with templates inside templates
INPUTS = ("text", "hidden", "number", "email", "url", "password", "date", "datetime", "time", "checkbox", "radio_option", "checkbox_option")  # fmt: skip
DRAWN: dict[str, Callable[[dict[str, Any]], str]] = {
    f"django/forms/widgets/{name}.html": _input for name in INPUTS
} | {"django/forms/widgets/select.html": _select}


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
