"""Every template is used, says what it takes, and every form carries its keys."""

import re

import pytest
from django.template import Engine

from tests.architecture.sources import modules, templates, texts

# Django, the sign-in library and the forms look these up by their own names.
LOOKED_UP = re.compile(r"^(\d{3}\.html|account/|mfa/|socialaccount/|allauth/|ui/forms/|django/forms/)")  # fmt: skip
MAIL = re.compile(r"\.(subject\.txt|txt|html)$")
NAMED = re.compile(r"""\{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
POSTING = re.compile(r"""method\s*=\s*["']?post""", re.IGNORECASE)

each = pytest.mark.parametrize("name", sorted(templates()))


def mentioned():
    """Names of templates in code and in other templates; a mail is named without its ending."""
    named = {text for _, _, text in texts()}
    for source in templates().values():
        named |= set(NAMED.findall(source)) | set(re.findall(r"""["']([\w/.-]+\.html)["']""", source))  # fmt: skip
    return named


def is_used(name, named):
    if LOOKED_UP.match(name) or name in named or MAIL.sub("", name) in named:
        return True
    # A name put together at run time: f"{folder}/_{name}.html"
    return any(text.endswith(("/_", "/")) and name.startswith(text) for text in named)


def test_every_template_is_used():
    named = mentioned()
    assert [name for name in templates() if not is_used(name, named)] == []


def test_every_template_compiles():
    engine = Engine.get_default()
    assert len([engine.get_template(name) for name in templates()]) == len(templates())


@each
def test_every_posting_form_carries_its_keys(name):
    bare = [
        form[:80]
        for form in FORM.findall(templates()[name])
        if POSTING.search(form.split(">", 1)[0]) and "{% form_keys %}" not in form
    ]
    assert bare == []


@each
def test_partial_begins_by_saying_what_it_takes(name):
    # The examples of the gallery take nothing.
    is_partial = "/_" in name and not name.startswith("ui/gallery/")
    first = templates()[name].lstrip()
    assert not is_partial or first.startswith(("{#", "{% comment %}"))


@each
def test_every_library_loaded_is_used(name):
    source = templates()[name]
    libraries = Engine.get_default().template_libraries
    idle = []
    for names in re.findall(r"\{%\s*load\s+([\w ]+?)\s*%\}", source):
        for library in names.split():
            offered = libraries[library]
            tags = set(re.findall(r"\{%-?\s*(\w+)", source))
            filters = set(re.findall(r"\|\s*(\w+)", source))
            if not (tags & set(offered.tags) or filters & set(offered.filters)):
                idle.append(library)
    assert idle == []


@each
def test_no_script_or_style_stands_in_a_page(name):
    source = templates()[name]
    is_page = name.endswith(".html") and "/mail" not in name
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|\son\w+=\"|<style\b", source)
    assert not is_page or inline == []


@each
def test_no_role_stands_in_a_template(name):
    roles = {"verifikator", "front_office", "kepala_tim", "kasubag_lpse", "admin_ppe"}
    compared = re.findall(r"""\{%\s*(?:el)?if[^%]*["'](\w+)["'][^%]*%\}""", templates()[name])  # fmt: skip
    assert roles & set(compared) == set()


def test_templates_stay_readable():
    long = {name: text.count("\n") for name, text in templates().items()}
    assert {name: lines for name, lines in long.items() if lines > 200} == {}


def test_python_files_stay_readable():
    long = {path: max((getattr(node, "end_lineno", 0) for node in tree.body), default=0) for path, tree in modules().items()}  # fmt: skip
    assert {path: lines for path, lines in long.items() if lines > 400} == {}
