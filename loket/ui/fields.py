"""Form fields that read what Indonesians write."""

import datetime as dt
import re

from django import forms

NAMES = (
    "januari february|februari maret|march april mei|may juni|june juli|july agustus|august "
    "september oktober|october november desember|december"
)
SHORT = (
    "jan feb|peb mar apr mei|may jun jul agu|agt|ags|aug sep okt|oct nov|nop des|dec"
)
MONTHS = {
    name: number
    for names in (NAMES, SHORT)
    for number, month in enumerate(names.split(), start=1)
    for name in month.split("|")
}
WORD = re.compile(r"[A-Za-z]+\.?")


class LineField(forms.CharField):
    """Text of one line, as a browser would send it: no line breaks, no signs that hide or turn others.

    Such text stands in subjects of mails, in lists and on papers.
    """

    def to_python(self, value: object) -> str:
        words = (super().to_python(value) or "").split()
        return "".join(sign for sign in " ".join(words) if sign.isprintable())


class DateField(forms.DateField):
    """A date such as 17/08/2026 or "17 Agustus 2026"; months also short and in English."""

    def strptime(self, value: str, format: str) -> dt.date:  # noqa: A002 - Django's name
        return super().strptime(
            " ".join(WORD.sub(_month_number, value).split()), format
        )


def _month_number(word: re.Match[str]) -> str:
    name = word[0].lower().rstrip(".")
    return f" {MONTHS[name]} " if name in MONTHS else word[0]
