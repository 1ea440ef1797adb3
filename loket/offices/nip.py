"""The NIP of a civil servant, read and checked; only BKN can say that it was issued.

18 digits: birth date, year and month of appointment, sex, serial. Contract staff (PPPK) have 21 and up
in place of the month.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SEPARATORS = re.compile(r"[\s.\-]")
SHAPE = re.compile(r"[0-9]{18}")
YOUNGEST = 16  # years at appointment
CONTRACT = range(21, 30)


@dataclass(frozen=True)
class Nip:
    """A well-formed NIP."""

    digits: str
    born: dt.date
    gender: Literal["L", "P"]
    is_contract: bool


def parse_nip(text: str, *, today: dt.date) -> Nip:
    """The number without blanks; raises ValidationError that says what is wrong, never the number."""
    digits = SEPARATORS.sub("", text)
    if not SHAPE.fullmatch(digits):
        raise ValidationError(
            _("NIP terdiri atas 18 angka. Salin lagi dari surat tugas Anda."), "length"
        )
    born = _born(digits)
    month = int(digits[12:14])
    years = int(digits[8:12]) - born.year
    if not (1 <= month <= 12 or month in CONTRACT) or years < YOUNGEST or int(digits[8:12]) > today.year:  # fmt: skip
        raise ValidationError(
            _("Angka ke-9 sampai ke-14 NIP bukan tahun dan bulan pengangkatan. Periksa lagi."),
            "appointment",
        )  # fmt: skip
    if digits[14] not in "12" or digits.endswith("000"):
        raise ValidationError(_("Empat angka terakhir NIP tidak mungkin. Periksa lagi."), "serial")  # fmt: skip
    return Nip(digits, born, "L" if digits[14] == "1" else "P", month in CONTRACT)


def _born(digits: str) -> dt.date:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise ValidationError(
            _("Delapan angka pertama NIP bukan tanggal lahir. Periksa lagi."), "birth"
        ) from None
