"""Reading pages in the tests of this room: parsed, so that markup may be formatted freely."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.contrib.auth.models import AnonymousUser
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.test import RequestFactory

VOID = {"meta", "link", "input", "use", "rect", "br", "path"}


@dataclass
class Element:
    """One start tag with its attributes and all text inside."""

    tag: str
    attrs: dict
    text: str = ""

    def __getitem__(self, name):
        return self.attrs.get(name)


@dataclass
class Page(HTMLParser):
    """The elements of some HTML in their order."""

    source: str
    elements: list = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self.open = []
        self.feed(self.source)

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        while tag not in VOID and self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data):
        for element in self.open:
            element.text += data

    def all(self, tag, **attrs):
        return [
            e
            for e in self.elements
            if e.tag == tag and all(e[k] == v for k, v in attrs.items())
        ]

    def one(self, tag, **attrs):
        [element] = self.all(tag, **attrs)
        return element

    def texts(self, tag, **attrs):
        return [" ".join(e.text.split()) for e in self.all(tag, **attrs)]


def piece(source, **context):
    """A bit of template source as a page."""
    engine = Engine.get_default()
    return Page(engine.from_string(source).render(Context(context)))


def partial(name, **context):
    """One partial of the room as a page."""
    return Page(render_to_string(f"ui/_{name}.html", context))


def page(template="ui/page.html", path="/", user=None, **context):
    """A whole page, as a visitor gets it."""
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return Page(render_to_string(template, context, request))
