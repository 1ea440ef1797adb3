"""The language switch and the gallery."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.template import Engine
from django.test import RequestFactory

from loket.ui import gallery, views
from loket.ui.parts import Doc, Fact, Moment, Row, Step

from .pages import Page, partial


def ask(view, address, **kwargs):
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    return view(request, **kwargs)


def test_language_is_remembered():
    response = ask(views.language, "/?kembali=/lacak/", code="en")
    assert response.cookies["bahasa"].value == "en"
    assert response["Location"] == "/lacak/"


@pytest.mark.parametrize(
    "back", ["", "https://jahat.example/", "//jahat.example", "javascript:x"]
)
def test_language_switch_never_leaves_the_site(back):
    assert ask(views.language, f"/?kembali={back}", code="id")["Location"] == "/"


def test_unknown_language_is_not_found():
    with pytest.raises(Http404):
        ask(views.language, "/", code="xx")


@pytest.mark.parametrize("face", list(gallery.FACES))
def test_gallery_shows_every_example(face):
    shown = Page(ask(views.components, "/_ui/", face=face).content.decode())
    assert len(shown.all("fieldset")) == 3


@pytest.mark.parametrize("face", list(gallery.FACES))
def test_components_ask_for_nothing_they_are_not_given(face, monkeypatch):
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", "[missing %s]")
    shown = ask(views.components, "/_ui/", face=face).content.decode()
    assert re.findall(r"\[missing .*?\]", shown) == []


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("clock", {"text": "9 dari 15 menit"}),
        ("facts", {"facts": [Fact("Biaya", "Gratis")]}),
        ("services", {"rows": [Row("Layanan", "/")]}),
        ("steps", {"steps": [Step("Daftar")]}),
        ("timeline", {"moments": [Moment("11.49", "Diterima")]}),
        ("doc", {"doc": Doc("KTP", "Belum", "upload")}),
        ("note", {"title": "Perhatian", "text": "Bawa dokumen asli."}),
        ("empty", {"title": "Kosong", "text": "Belum ada."}),
        ("panel", {"id": "a", "title": "A", "body": "ui/_crumbs.html", "links": []}),
    ],
)
def test_component_does_with_what_it_must_be_given(name, given, monkeypatch):
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", "[missing %s]")
    assert re.findall(r"\[missing .*?\]", partial(name, **given).source) == []


def test_gallery_in_the_dark():
    shown = ask(views.components, "/_ui/?tema=gelap").content.decode()
    assert Page(shown).one("html")["data-bs-theme"] == "dark"


def test_unknown_face_is_not_found():
    with pytest.raises(Http404):
        ask(views.components, "/_ui/x/", face="x")
