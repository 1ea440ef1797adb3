"""Words of a pack, and the panels that steps and higher rooms add to a page."""

from django import template
from django.template import Engine
from django.template.context import RequestContext
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from loket.standards.pack import Text
from loket.tickets.queries import words as spoken
from loket.tickets.steps import Panel

register = template.Library()


@register.filter
def words(text: Text | None) -> str:
    """The text in the chosen language; Indonesian when the office wrote no other."""
    return spoken.words(text)


@register.simple_tag
def both(label: object) -> SafeString:
    """A label of a paper in the office's language, with the English beside it where that differs."""
    with translation.override("en"):
        english = str(label)
    if english == str(label):
        return format_html("{}", label)
    return format_html('{} <i lang="en">{}</i>', label, english)


@register.simple_tag(takes_context=True)
def panel(context: RequestContext, shown: Panel) -> SafeString:
    """A panel's template with its own context over the page's."""
    with context.push(**shown.context):
        found = Engine.get_default().get_template(shown.template)
        return found.render(context)
