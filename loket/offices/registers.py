"""Registers that every office shares, read from the tables in data/: holidays, regions and countries."""

import csv
import datetime as dt
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

DATA = Path(__file__).parent / "data"
Kind = Literal["national", "cuti_bersama"]


@dataclass(frozen=True)
class Holiday:
    """A day closed by national decree; `estimated` until the decree of its year is out."""

    date: dt.date
    name: str
    kind: Kind
    source: str
    estimated: bool


@dataclass(frozen=True)
class Province:
    """A province under its Kemendagri code, "32"; not the code of BPS, which differs."""

    code: str
    name: str


@dataclass(frozen=True)
class Regency:
    """A kabupaten or kota under its Kemendagri code, "32.71"."""

    code: str
    name: str

    @property
    def province(self) -> str:
        """Code of the province it lies in."""
        return self.code[:2]


@lru_cache
def national_holidays() -> tuple[Holiday, ...]:
    """National holidays and cuti bersama of all years in the table, by date."""
    return tuple(
        Holiday(
            date=dt.date.fromisoformat(row["date"]),
            name=row["name"],
            kind="national" if row["kind"] == "national" else "cuti_bersama",
            source=row["source"],
            estimated=row["estimated"] == "yes",
        )
        for row in _rows("holidays.csv")
    )


@lru_cache
def decreed_years() -> frozenset[int]:
    """Years whose holidays and cuti bersama are decreed; in any other a due time is a guess."""
    estimated = {
        holiday.date.year for holiday in national_holidays() if holiday.estimated
    }
    decreed = {h.date.year for h in national_holidays() if h.kind == "cuti_bersama"}
    return frozenset(decreed - estimated)


@lru_cache
def _holidays_in_english() -> dict[str, str]:
    return {row["name"]: row["english"] for row in _rows("holidays.csv")}


def holiday_name(name: str, language: str) -> str:
    """A closed day as this language calls it; a closure in the office's own words stays as it was written."""
    return _holidays_in_english().get(name, name) if language == "en" else name


def closed_days(kinds: Collection[Kind]) -> dict[dt.date, str]:
    """Date to name for the kinds of holiday a calendar closes on; the `closed` of Hours."""
    days: dict[dt.date, str] = {}
    for holiday in national_holidays():
        if holiday.kind in kinds:
            days[holiday.date] = " / ".join(
                filter(None, [days.get(holiday.date), holiday.name])
            )
    return days


@lru_cache
def provinces() -> dict[str, Province]:
    """The 38 provinces by code."""
    return {
        row["code"]: Province(row["code"], row["name"])
        for row in _rows("provinces.csv")
    }


@lru_cache
def countries(language: str = "id") -> dict[str, str]:
    """Names of the countries of ISO 3166 by code, in the order of their names."""
    column = "english" if language == "en" else "name"
    rows = sorted(_rows("countries.csv"), key=lambda row: _plain(row[column]))
    return {row["code"]: row[column] for row in rows}


@lru_cache
def regencies() -> dict[str, Regency]:
    """The 514 kabupaten and kota by code."""
    return {
        row["code"]: Regency(row["code"], row["name"]) for row in _rows("regencies.csv")
    }


@lru_cache
def notice() -> str:
    """Where the tables come from and under which licences."""
    return (DATA / "NOTICE").read_text(encoding="utf-8")


def _plain(name: str) -> str:
    """Without accents and capitals, so that Åland does not come after Zimbabwe."""
    return (
        unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
