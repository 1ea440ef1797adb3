"""Small computed pieces of a page; each takes words, never a colour."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any, Protocol

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from loket.kernel import clock, once
from loket.ui import navigation

register = template.Library()


class HasSlug(Protocol):
    """What the header needs of an office, which this room does not know."""

    @property
    def slug(self) -> str: ...


# What stands in the address of a picture of the sprite, see static/ui/icons.svg.
SPRITE = "ui/icons.svg"
WIDTH = 100  # user units of a bar
# A text area whose form says nothing has Django's ten rows: more than a phone shows.
DJANGO_ROWS, ROWS = "10", "4"


@cache
def sprite() -> str:
    """Address of the sprite, looked up once: a list of tickets shows it a hundred times."""
    return static(SPRITE)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A picture of the sprite; without `label` it is decoration beside a word."""
    href = f"{sprite()}#{name}"
    if label:
        return format_html(
            '<svg class="lk-i" role="img" aria-label="{}"><use href="{}"/></svg>',
            label,
            href,
        )
    return format_html(
        '<svg class="lk-i" aria-hidden="true" focusable="false"><use href="{}"/></svg>',
        href,
    )


@register.simple_tag
def chip(tone: str, name: str, text: object) -> SafeString:
    """A status as picture and word; tone is accent, good, warn, bad, away or empty."""
    return format_html(
        '<span class="lk-chip"{}>{}{}</span>', _tone(tone), icon(name), text
    )


@register.simple_tag
def bar(used: float, total: float, tone: str = "") -> SafeString:
    """The used part of a promise, both in one unit; more than all of it fills the bar."""
    share = used / total if total else float(used > 0)
    width = round(WIDTH * min(max(share, 0), 1))
    return format_html(
        '<svg class="lk-bar"{} viewBox="0 0 100 8" preserveAspectRatio="none"'
        ' aria-hidden="true"><rect width="{}" height="8"/></svg>',
        _tone(tone),
        width,
    )


@register.simple_tag(takes_context=True)
def form_keys(context: RequestContext) -> SafeString:
    """CSRF token and a fresh one-time key: a form sent twice acts once.

    On a page with `seen_event` also the last thing it shows, so that a conflict can tell what came after.
    """
    keys = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="{}" value="{}" autocomplete="off">',
        context.get("csrf_token", ""),
        once.FIELD,
        once.new_key(),
    )
    if not (seen := context.get("seen_event")):
        return keys
    return keys + format_html('<input type="hidden" name="dilihat" value="{}">', seen)


@register.simple_tag
def present() -> dt.datetime:
    """The moment this page is made, for the clock of the desk."""
    return clock.now()


@register.simple_tag(takes_context=True)
def main_menu(context: RequestContext) -> list[navigation.Link]:
    """The links of the header, with the current one marked."""
    request, office, user = (context.get(k) for k in ("request", "office", "user"))
    return navigation.menu(
        getattr(request, "path", ""),
        office=getattr(office, "slug", ""),
        signed_in=bool(getattr(user, "is_authenticated", False)),
    )


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The input of a bound field with the classes of its kind and of its state."""
    widget = field.field.widget
    kind = "form-control"
    if isinstance(widget, forms.CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, forms.Select):
        kind = "form-select"
    attrs: dict[str, str | bool] = {"class": _classes(field, kind)}
    if widget.attrs.get("rows") == DJANGO_ROWS:
        attrs["rows"] = ROWS
    return field.as_widget(attrs=attrs)


@register.simple_tag
def choices(field: BoundField) -> Iterable[tuple[str, list[BoundWidget]]]:
    """The options of a radio or checkbox group under the headings of its choices, "" without any."""
    options = iter(field.subwidgets)
    for name, members in _groups(list(field.field.widget.choices)):
        drawn = list(islice(options, len(members)))
        for option in drawn:
            option.data["attrs"]["class"] = _classes(field, "form-check-input")
        yield name, drawn


def _groups(choices: list[tuple[Any, Any]]) -> list[tuple[str, Any]]:
    is_grouped = any(isinstance(label, list | tuple) for _value, label in choices)
    return choices if is_grouped else [("", choices)]


@register.filter
def office_address(office: HasSlug) -> str:
    """The page of an office, for its name in the header and in the foot."""
    return navigation.office_home(office.slug)


@register.filter
def kind(field: BoundField) -> str:
    """`choices`, `check` or `input`: which of the three shapes a field takes."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "input"


@register.filter
def target(field: BoundField) -> str:
    """The id a link of the error summary goes to: of a group, its first input."""
    first = field.subwidgets[:1] if field.use_fieldset else []
    return first[0].id_for_label if first else str(field.auto_id)


@register.filter
def error_count(form: forms.BaseForm) -> int:
    """How many messages the summary of a form lists."""
    return sum(len(messages) for messages in form.errors.values())


@register.filter
def complaints(field: BoundField) -> list[str]:
    """What is wrong with a field. A missing answer is named, so that the summary says which."""
    unnamed = forms.Field.default_error_messages["required"]
    return [
        missing(field) if message == unnamed else message
        for error in field.errors.as_data()
        for message in error.messages
    ]


@register.filter
def listed(value: object) -> list[object]:
    """One value or several, as a list; nothing gives none."""
    if isinstance(value, list | tuple):
        return list(value)
    return [value] if value else []


@register.filter
def parts(reached: int, whole: int) -> list[bool]:
    """Which parts of a whole are reached, to draw stages and levels."""
    return [number <= reached for number in range(1, whole + 1)]


def missing(field: BoundField) -> str:
    """The sentence for an answer not given, where a form has no sentence of its own."""
    sentence = gettext("Isi “%(label)s”")
    if isinstance(field.field, forms.BooleanField):
        sentence = gettext("Centang “%(label)s”")
    elif isinstance(field.field, forms.FileField):
        sentence = gettext("Unggah berkas “%(label)s”")
    elif isinstance(field.field, forms.ChoiceField):
        sentence = gettext("Pilih jawaban untuk “%(label)s”")
    return sentence % {"label": field.label}


def _tone(tone: str) -> SafeString:
    return format_html(' data-tone="{}"', tone) if tone else SafeString("")


def _classes(field: BoundField, kind: str) -> str:
    own = field.field.widget.attrs.get("class", "")
    invalid = "is-invalid" if field.errors else ""
    return " ".join(part for part in (kind, own, invalid) if part)
