"""Icons, chips, bars and keys."""

import pytest
from django.template import Context, Engine

from .pages import piece


def test_icon_beside_a_word_is_hidden_from_screen_readers():
    picture = piece("{% icon 'check' %}").one("svg")
    assert picture.attrs == {
        "class": "lk-i",
        "aria-hidden": "true",
        "focusable": "false",
    }


def test_icon_alone_says_its_label():
    picture = piece("{% icon 'lock' 'Terkunci' %}").one("svg")
    assert (picture["role"], picture["aria-label"]) == ("img", "Terkunci")


def test_icon_points_into_the_sprite():
    assert piece("{% icon 'clock' %}").one("use")["href"].endswith("icons.svg#clock")


def test_chip_has_tone_picture_and_word():
    shown = piece("{% chip 'warn' 'user' 'Menunggu pemohon' %}")
    chip = shown.one("span")
    assert chip.attrs == {"class": "lk-chip", "data-tone": "warn"}
    assert chip.text == "Menunggu pemohon"
    assert len(shown.all("svg")) == 1


def test_chip_without_tone_has_no_tone_attribute():
    assert piece("{% chip '' 'user' 'Baru' %}").one("span").attrs == {
        "class": "lk-chip"
    }


def test_chip_escapes_its_word():
    source = "{% chip '' 'user' name %}"
    assert "<b>" not in piece(source, name="<b>x</b>").source


@pytest.mark.parametrize(
    ("used", "total", "width"),
    [
        (0, 15, "0"),
        (9, 15, "60"),
        (15, 15, "100"),
        (40, 15, "100"),
        (-3, 15, "0"),
        (0, 0, "0"),
        (2, 0, "100"),
    ],
)
def test_bar_shows_the_used_share_and_never_more_than_all(used, total, width):
    shown = piece("{% bar used total %}", used=used, total=total)
    assert shown.one("rect")["width"] == width


def test_bar_takes_a_tone():
    assert piece("{% bar 1 2 'bad' %}").one("svg")["data-tone"] == "bad"


def test_bar_is_decoration_beside_the_words():
    assert piece("{% bar 1 2 %}").one("svg")["aria-hidden"] == "true"


def test_form_keys_give_the_token_and_a_key():
    context = {"csrf_token": "token"}
    token, key = piece("{% form_keys %}", **context).all("input", type="hidden")
    assert (token["name"], token["value"]) == ("csrfmiddlewaretoken", "token")
    assert key["name"] == "kunci"
    assert len(key["value"]) == 32


def test_every_form_gets_its_own_key():
    shown = piece("{% form_keys %}{% form_keys %}")
    first, second = shown.all("input", name="kunci")
    assert first["value"] != second["value"]


@pytest.mark.parametrize(
    ("value", "items"),
    [(None, []), ("", []), ("0251", ["0251"]), (["a", "b"], ["a", "b"])],
)
def test_one_or_several_values_become_a_list(value, items):
    template = Engine.get_default().from_string(
        "{% for x in value|listed %}{{ x }},{% endfor %}"
    )
    assert template.render(Context({"value": value})).split(",")[:-1] == items


def test_parts_of_a_whole():
    shown = piece("{% for done in 2|parts:3 %}<i>{{ done }}</i>{% endfor %}")
    assert shown.texts("i") == ["True", "True", "False"]
