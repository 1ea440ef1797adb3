"""Reads whole packs and says everything that is wrong with them, file and line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from loket.standards.pack.check_procedure import APPLICANT, ROLES
from loket.standards.pack.check_standard import check_standard, cited, readings
from loket.standards.pack.check_words import check_words
from loket.standards.pack.office import SEALED_AT_MOST_MB, OfficeSpec
from loket.standards.pack.reader import Read, read_file
from loket.standards.pack.source import Problem, Severity
from loket.standards.pack.standard import StandardSpec


@dataclass(frozen=True)
class Pack:
    """An office with its standards, oldest version first; `office` is None when its file cannot be read."""

    office: OfficeSpec | None
    standards: tuple[StandardSpec, ...]
    problems: list[Problem]


def read_pack(path: Path) -> Pack:
    """The pack of one office folder with every problem found; a standard with a broken file is left out."""
    office, problems = read_file(path / "office.yaml", OfficeSpec)
    standards = []
    for file in sorted(path.glob("standards/*.yaml")):
        standard, refused = read_file(file, StandardSpec)
        problems += refused
        standards += [standard] if standard else []
    if office is not None:
        problems += _check_pack(office, standards)
    specs = sorted((one.spec for one in standards), key=_order)
    problems.sort(key=lambda one: (one.path, one.line))
    return Pack(office.spec if office else None, tuple(specs), problems)


def check(paths: Iterable[Path]) -> list[Problem]:
    """All problems of these packs; a folder of packs stands for each pack in it."""
    problems: list[Problem] = []
    offices: dict[str, Path] = {}
    for folder in (pack for path in paths for pack in _packs(Path(path))):
        pack = read_pack(folder)
        problems += pack.problems
        problems += _taken(pack, folder, offices)
    return problems


def _packs(path: Path) -> list[Path]:
    found = sorted(file.parent for file in path.glob("*/office.yaml"))
    return [path] if (path / "office.yaml").exists() or not found else found


def _taken(pack: Pack, folder: Path, offices: dict[str, Path]) -> Iterator[Problem]:
    if pack.office is None:
        return
    for name in (pack.office.office, pack.office.code):
        if name in offices:
            message = f"'{name}' sudah dipakai oleh {offices[name]}"
            yield Problem(folder / "office.yaml", 1, Severity.ERROR, message)
        offices.setdefault(name, folder)


def _check_pack(
    office: Read[OfficeSpec], standards: list[Read[StandardSpec]]
) -> Iterator[Problem]:
    yield from _check_office(office)
    yield from check_words(office, office.spec)
    versions = set[tuple[str, date]]()
    for standard in standards:
        version = _order(standard.spec)
        if version in versions:
            message = f"{version[0]} sudah punya versi yang berlaku {version[1]}"
            yield standard.source.error(message, "effective")
        versions.add(version)
        yield from check_standard(standard, office.spec)
        yield from check_words(standard, office.spec)
    yield from _unused_letters(office, standards)


def _unused_letters(
    office: Read[OfficeSpec], standards: list[Read[StandardSpec]]
) -> Iterator[Problem]:
    specs = [one.spec for one in standards]
    asked = [each for spec in specs for each in spec.requirements.values()]
    offered = {one.template for one in asked}.union(*(spec.letters for spec in specs))
    for code in office.spec.letters:
        if code not in offered:
            message = f"surat '{code}' tidak ditawarkan standar mana pun; sebut di letters standar"
            yield office.source.note(message, "letters", code)


def _check_office(office: Read[OfficeSpec]) -> Iterator[Problem]:
    spec, source = office.spec, office.source
    if source.path.absolute().parent.name != spec.office:
        yield source.error(f"nama folder harus '{spec.office}'", "office")
    for code, one in spec.escalation.items():
        if one.inside and one.inside not in ROLES - {APPLICANT}:
            message = f"peran '{one.inside}' tidak ada"
            yield source.error(message, "escalation", code, "inside")
    if (spec.uploads.exhibit_at_most_mb or 0) > SEALED_AT_MOST_MB:
        message = f"barang bukti paling besar {SEALED_AT_MOST_MB} MB; yang lebih besar tetap di medianya"
        yield source.error(message, "uploads", "exhibit_at_most_mb")
    for role in spec.officials.approved_by if spec.officials else ():
        if role not in ROLES - {APPLICANT}:
            yield source.error(f"peran '{role}' tidak ada", "officials", "approved_by")
    for code, decree in spec.decrees.items():
        yield from cited(source, spec, decree.recalling, "decrees", code, "recalling")
    yield from _open_ends(office)
    yield from readings(source, len(spec.readings))


def _open_ends(office: Read[OfficeSpec]) -> Iterator[Problem]:
    for code, calendar in office.spec.calendars.items():
        if calendar.has_open_end:
            message = (
                f"kalender '{code}' tercetak 's/d selesai'; jam dihitung sampai"
                f" {calendar.open_end_counts_until}"
            )
            yield office.source.warning(message, "calendars", code)


def _order(standard: StandardSpec) -> tuple[str, date]:
    return standard.service, standard.effective
