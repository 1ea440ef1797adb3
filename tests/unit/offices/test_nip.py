"""NIP: what is taken, what is refused and why. All numbers are invented but the one with 17 digits."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from loket.offices.nip import parse_nip

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "born", "gender", "is_contract"),
    [
        ("198503122010011001", date(1985, 3, 12), "L", False),
        ("19850312 201001 1 001", date(1985, 3, 12), "L", False),
        ("199007252015032002", date(1990, 7, 25), "P", False),
        ("200002292026121015", date(2000, 2, 29), "L", False),
        ("199511302023212009", date(1995, 11, 30), "P", True),
    ],
)
def test_number_is_read(text, born, gender, is_contract):
    nip = parse_nip(text, today=TODAY)
    assert (nip.born, nip.gender, nip.is_contract) == (born, gender, is_contract)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("19760202200212200", "length"),  # as the decree of an office prints one
        ("1985031220100110011", "length"),
        ("19850312201001100a", "length"),
        ("", "length"),
        ("198513122010011001", "birth"),
        ("199002302015031001", "birth"),
        ("198503122010131001", "appointment"),
        ("198503122010001001", "appointment"),
        ("198503121990011001", "appointment"),
        ("198503122027011001", "appointment"),
        ("198503122010013001", "serial"),
        ("198503122010011000", "serial"),
    ],
)
def test_number_that_cannot_be_is_refused_without_repeating_it(text, code):
    with pytest.raises(ValidationError) as refusal:
        parse_nip(text, today=TODAY)
    assert refusal.value.code == code
    assert not text or text not in str(refusal.value)
