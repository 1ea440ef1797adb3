"""One rule for every new password: the meter's colour and the form's refusal are the same judgement (F11)."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from loket.accounts.password_fields import PasswordFields
from loket.accounts.passwords import (
    DEFAULT_RULE,
    PlainRule,
    check,
    judge,
    opened_rule,
    sealed_rule,
)
from loket.kernel.models import OnceKey
from tests.factories.people import PASSWORD

YELLOW = PlainRule(("lower",), "yellow")
EMAIL = "ratna@pandan.example"
MORE = "Tambahkan satu atau dua kata yang tidak berhubungan."


def form(password, again=None, **how):
    said = {"password": password, "password_again": password if again is None else again}  # fmt: skip
    return PasswordFields(said, **how)


def ask(password, known=(), **more):
    """Ask the server what the page's meter would show."""
    said = {"password": password, "rule": sealed_rule(DEFAULT_RULE, known), **more}
    return Client().post(reverse("password_strength"), said)


@pytest.mark.parametrize(
    ("password", "level", "colour"),
    [
        ("", 0, "Merah"),
        ("Rahasia-27", 1, "Merah"),
        ("Rahasia-2711", 2, "Kuning"),
        (PASSWORD, 4, "Hijau"),
        ("Payung-biru-97-kereta-senja", 4, "Hijau"),
        ("payung-biru-97-kereta-senja", 2, "Kuning"),
    ],
)
def test_colour_is_green_only_where_everything_is_met(password, level, colour):
    verdict = judge(password, rule=DEFAULT_RULE)
    assert (verdict.level, verdict.colour) == (level, colour)
    assert verdict.is_accepted is (colour == "Hijau")


def test_what_lacks_something_stays_below_the_colour_of_its_rule():
    assert judge("PAYUNG BIRU KERETA SENJA", rule=YELLOW).colour == "Merah"
    assert judge("payung biru kereta senja", rule=YELLOW).colour == "Hijau"


@pytest.mark.parametrize(
    ("password", "hint"),
    [
        ("Sayangku-Ratna27", "Hindari nama, alamat e-mail, dan kata yang mudah dikaitkan dengan Anda atau pengadaan."),
        ("nbvcdf", "Deretan tombol seperti “qwerty” mudah ditebak."),
        ("xyqxyq", "Ulangan seperti “aaa” atau “abcabc” mudah ditebak."),
        ("fghijk", "Urutan seperti “abc” atau “6543” mudah ditebak."),
        ("17-08-1945Aa", "Tanggal dan tahun mudah ditebak."),
        ("Michael-77", "Nama orang mudah ditebak. Ganti dengan kata lain."),
        ("Dragon-1234", "Bagian dari kata sandi ini sering dipakai orang. Ganti dengan kata lain."),
    ],
)  # fmt: skip
def test_hint_says_what_makes_it_easy_to_guess(password, hint):
    hints = judge(password, rule=DEFAULT_RULE, known=[EMAIL]).hints
    assert (hint in hints, hints[-1]) == (True, MORE)


def test_everything_missing_is_said_at_once():
    with pytest.raises(ValidationError) as refused:
        check("kunci")
    assert refused.value.messages[0] == (
        "Kata sandi ini belum memuat huruf besar, angka, karakter khusus."
    )
    assert refused.value.messages[-1] == MORE
    assert len(refused.value.messages) > 2


def test_what_is_known_of_a_person_is_no_password():
    guessed = "Widuri-Tunaspandan1"
    assert judge(guessed, rule=DEFAULT_RULE).is_accepted
    known = ["widuri@tunaspandan.example"]
    assert not judge(guessed, rule=DEFAULT_RULE, known=known).is_accepted


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["", "kunci", "Rahasia-27", PASSWORD, "x" * 400])
def test_meter_and_form_judge_alike(password):
    answer = ask(password, known=[EMAIL])
    refused = form(password, known=[EMAIL]).errors.get("password", [])
    assert (answer.status_code, answer.json()["hints"] == []) == (200, not refused)


@pytest.mark.django_db
def test_meter_says_level_colour_and_hints_in_the_language_of_the_page():
    assert ask(PASSWORD).json() == {"level": 4, "colour": "Hijau", "hints": []}
    assert ask("Kunci-Pandan-xy").json()["hints"][0] == (
        "Kata sandi ini belum memuat angka."
    )


@pytest.mark.django_db
def test_meter_takes_only_a_rule_that_loket_wrote():
    assert ask(PASSWORD, rule="pandan").status_code == 400
    forged = sealed_rule(YELLOW, []).replace(":", "x:", 1)
    assert ask(PASSWORD, rule=forged).status_code == 400


@pytest.mark.django_db
def test_meter_keeps_nothing_and_needs_no_key():
    assert ask(PASSWORD).status_code == 200
    assert OnceKey.objects.count() == 0


@pytest.mark.django_db
def test_meter_stops_answering_whoever_asks_without_end():
    cache.clear()
    browser, url = Client(), reverse("password_strength")
    said = {"password": "a", "rule": sealed_rule(YELLOW, [])}
    codes = [browser.post(url, said).status_code for _ in range(241)]
    cache.clear()
    assert (codes.count(200), codes[-1]) == (240, 429)


def test_rule_survives_the_way_through_the_page():
    rule, known = opened_rule(sealed_rule(YELLOW, [EMAIL]))
    assert (rule, known) == (YELLOW, [EMAIL])


def test_repetition_must_be_the_same_and_is_not_kept():
    assert form(PASSWORD, "lain").errors == {
        "password_again": ["Ulangi kata sandi dengan tulisan yang sama"]
    }
    taken = form(PASSWORD)
    assert (taken.is_valid(), taken.cleaned_data) == (True, {"password": PASSWORD})


def test_password_chosen_before_may_stay():
    assert not form("").is_valid()
    assert form("", has_password=True).is_valid()


def test_hints_are_english_on_english_pages():
    with translation.override("en"):
        assert judge("", rule=DEFAULT_RULE).colour == "Red"
