"""Tax and identity numbers: NPWP in its four forms, NIK, stay permits; read, normalised, masked (G11).

A number that passes is well formed; only DJP or Dukcapil can say that it was issued.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loket.offices.registers import provinces, regencies

SEPARATORS = re.compile(r"[\s.\-/‐‑‒–—]")
PERMIT = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,20}")
DIGITS = re.compile(r"[0-9]+")
WOMEN_ADD = 40  # to the day of birth
MASKED_BUT = 4  # digits left readable at the end
HEAD_OFFICE = "000000"


class InvalidNumber(ValidationError):
    """No such number can exist; says what is wrong and what to do, never the number itself."""


@dataclass(frozen=True)
class Nik:
    """A well-formed NIK; `needs_check` where its regency is unknown, perhaps since divided."""

    digits: str
    gender: Literal["L", "P"]
    needs_check: bool

    @property
    def province(self) -> str:
        """Kemendagri code of the province that issued it."""
        return self.digits[:2]

    @property
    def regency(self) -> str:
        """Kemendagri code of the regency that issued it, which may no longer exist."""
        return f"{self.digits[:2]}.{self.digits[2:4]}"

    def birth_date(self, today: dt.date) -> dt.date:
        """The latest date with these two digits of a year that is not after `today`."""
        day, month, year = _birth(self.digits)
        century = today.year - today.year % 100
        if (century + year, month, day) > (today.year, today.month, today.day):
            century -= 100
        return dt.date(century + year, month, day)


@dataclass(frozen=True)
class Npwp:
    """A taxpayer's number; `needs_check` ("perlu dicek") where no rule can vouch for it."""

    digits: str
    kind: Literal["npwp15", "npwp16", "nik", "nitku"]
    npwp16: str
    branch: str
    needs_check: bool

    @property
    def is_head_office(self) -> bool:
        """Whether this is the taxpayer itself and not one of its branches."""
        return self.branch == HEAD_OFFICE

    @property
    def key(self) -> str:
        """One text for every spelling of one place; what may be claimed only once.

        The tax office is left out: it changes when a taxpayer moves, the nine digits do not.
        """
        return f"{self.taxpayer}/{self.branch}"

    @property
    def taxpayer(self) -> str:
        """What head office and branches share: the nine digits of an entity, or the NIK."""
        return self.npwp16[:10] if self.npwp16.startswith("0") else self.npwp16


def parse_nik(text: str) -> Nik:
    """The NIK of one person: PP KK CC DDMMYY SSSS, without a check digit; raises InvalidNumber."""
    digits = _digits(text, "NIK")
    if len(digits) != 16:
        message = _(
            "NIK terdiri atas 16 angka; yang ditulis %(count)d angka. Salin lagi dari KTP Anda."
        )
        raise InvalidNumber(message, "length", {"count": len(digits)})
    _check_place(digits)
    _check_birth(digits)
    if digits.endswith("0000"):
        message = _(
            "Empat angka terakhir NIK tidak mungkin 0000. Periksa lagi pada KTP Anda."
        )
        raise InvalidNumber(message, "serial")
    known = f"{digits[:2]}.{digits[2:4]}" in regencies()
    return Nik(
        digits, "P" if int(digits[6:8]) > WOMEN_ADD else "L", needs_check=not known
    )


def parse_npwp(text: str) -> Npwp:
    """An NPWP of 15 or 16 digits or a NITKU of 22 (PMK 112/PMK.03/2022); raises InvalidNumber."""
    digits = _digits(text, "NPWP")
    if len(digits) not in {15, 16, 22}:
        message = _(
            "NPWP terdiri atas 15 atau 16 angka, NITKU 22 angka; yang ditulis %(count)d angka. "
            "Salin lagi dari kartu NPWP Anda."
        )
        raise InvalidNumber(message, "length", {"count": len(digits)})
    npwp16 = digits.zfill(16)[:16]
    if npwp16.startswith("0"):
        return _entity(digits, npwp16)
    return _person_or_new(digits, npwp16)


def parse_permit(text: str) -> str:
    """The number of a KITAS, KITAP or passport, written plainly; raises InvalidNumber.

    Each country numbers its passports in its own way, so only signs and length are looked at.
    """
    plain = SEPARATORS.sub("", text).upper()
    if not PERMIT.fullmatch(plain):
        message = _(
            "Nomor kartu terdiri atas 5 sampai 20 huruf dan angka, sedikitnya satu angka. "
            "Salin lagi dari kartu atau paspor."
        )
        raise InvalidNumber(message, "permit")
    return plain


def mask(digits: str) -> str:
    """The number with all but its last four digits hidden; a short one hides entirely."""
    shown = digits[-MASKED_BUT:] if len(digits) > MASKED_BUT else ""
    return "•" * (len(digits) - len(shown)) + shown


def _entity(digits: str, npwp16: str) -> Npwp:
    """A number of the old series, 0 + 9 with a check digit + 3 tax office + 3 branch."""
    if not npwp16[:10].strip("0"):
        message = _(
            "Nomor ini hanya berisi angka nol. Salin lagi dari kartu NPWP Anda."
        )
        raise InvalidNumber(message, "zeros")
    if not _luhn(npwp16[1:10]):
        message = _(
            "Angka pemeriksa NPWP tidak cocok; ada angka yang salah atau tertukar. "
            "Periksa sembilan angka pertama pada kartu NPWP Anda."
        )
        raise InvalidNumber(message, "checksum")
    if len(digits) == 22:
        return Npwp(digits, "nitku", npwp16, digits[16:], needs_check=False)
    # DJP replaced the branch numbers of the old series by NITKU; tax office and branch name it here.
    old_branch = npwp16[13:] != "000"
    branch = npwp16[10:] if old_branch else HEAD_OFFICE
    kind: Literal["npwp15", "npwp16"] = "npwp15" if len(digits) == 15 else "npwp16"
    return Npwp(digits, kind, npwp16, branch, needs_check=old_branch)


def _person_or_new(digits: str, npwp16: str) -> Npwp:
    """A NIK, or a series no rule is known for (DJP seems to issue 1000...): taken, to be checked."""
    try:
        needs_check, is_nik = parse_nik(npwp16).needs_check, True
    except InvalidNumber:
        needs_check, is_nik = True, False
    if len(digits) == 22:
        return Npwp(digits, "nitku", npwp16, digits[16:], needs_check)
    return Npwp(digits, "nik" if is_nik else "npwp16", npwp16, HEAD_OFFICE, needs_check)


def _digits(text: str, name: str) -> str:
    digits = SEPARATORS.sub("", text)
    if not DIGITS.fullmatch(digits):
        message = _(
            "%(name)s hanya berisi angka, titik, dan tanda hubung. Hapus tanda lainnya."
        )
        raise InvalidNumber(message, "characters", {"name": name})
    return digits


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (
        sum(map(int, digits[::-2])) + sum(n // 10 + n % 10 for n in doubled)
    ) % 10 == 0


def _check_place(digits: str) -> None:
    if digits[:2] not in provinces() or "00" in {digits[2:4], digits[4:6]}:
        message = _(
            "Enam angka pertama NIK bukan kode wilayah. Periksa lagi pada KTP Anda."
        )
        raise InvalidNumber(message, "region")


def _birth(digits: str) -> tuple[int, int, int]:
    day, month, year = (int(digits[start : start + 2]) for start in (6, 8, 10))
    return day - WOMEN_ADD if day > WOMEN_ADD else day, month, year


def _check_birth(digits: str) -> None:
    day, month, year = _birth(digits)
    try:
        # 19xx and 20xx have the same leap years but for 00, and nobody with a NIK of 1900 applies.
        dt.date(2000 + year, month, day)
    except ValueError:
        message = _(
            "Angka ke-7 sampai ke-12 NIK bukan tanggal lahir. Periksa lagi pada KTP Anda."
        )
        raise InvalidNumber(message, "date") from None
