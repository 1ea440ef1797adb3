"""`loket clock`: when a promise falls due, from the packs and the register of holidays alone."""

import argparse
import datetime as dt
from pathlib import Path

import django
from django.conf import settings
from django.utils import translation

from config import env
from config.commands import Refused
from loket.offices.hours import Hours, NoOpenHours, UnknownYear
from loket.offices.registers import closed_days, decreed_years
from loket.standards.pack import CalendarSpec, OfficeSpec, StandardSpec, read_pack
from loket.ui.templatetags.dates import durasi, hari, jam

REGISTER_KINDS = {"national_holidays": "national", "cuti_bersama": "cuti_bersama"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", required=True, metavar="SLUG")
    parser.add_argument("--service", required=True, metavar="CODE")
    parser.add_argument(
        "--start", required=True, type=_moment, metavar="ISO",
        help="without an offset: in the office's zone",
    )  # fmt: skip
    parser.add_argument("--minutes", required=True, type=int, metavar="N")
    parser.add_argument(
        "--packs", type=Path, default=env.BASE_DIR / "packs", metavar="FOLDER"
    )


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        message = f"{text!r} bukan waktu ISO 8601, misalnya 2026-12-23T13:50"
        raise argparse.ArgumentTypeError(message) from None


def run(options: argparse.Namespace) -> None:
    """Print the due time in words, the office time counted, and the due time as ISO 8601."""
    if options.minutes < 0:
        raise Refused("--minutes tidak boleh kurang dari 0.")
    _speak_indonesian()
    office, standards = _office(options.packs, options.office)
    hours = _hours(office, _calendar(office, standards, options))
    start = options.start
    if start.tzinfo is None:
        start = start.replace(tzinfo=hours.zone)
    amount = dt.timedelta(minutes=options.minutes)
    due, guess = _due(hours, start, amount)
    used = hours.provisional().between(start, due)
    print(f"{hari(due, hours.zone)}, {jam(due, hours.zone)}")
    print(f"Waktu kantor: {durasi(used, 'jam')}{guess}")
    print(due.astimezone(hours.zone).isoformat())


def _speak_indonesian() -> None:
    if not settings.configured:
        settings.configure(
            LANGUAGE_CODE="id", USE_TZ=True, FORMAT_MODULE_PATH=["loket.kernel.formats"]
        )
        django.setup()
    translation.activate("id")


def _office(packs: Path, slug: str) -> tuple[OfficeSpec, list[StandardSpec]]:
    if not (packs / slug / "office.yaml").is_file():
        known = ", ".join(
            sorted(each.parent.name for each in packs.glob("*/office.yaml"))
        )
        raise Refused(
            f"Kantor {slug!r} tidak ada di {packs}. Yang ada: {known or '-'}."
        )
    pack = read_pack(packs / slug)
    if pack.office is None:
        raise Refused(
            f"{packs / slug} tidak terbaca; jalankan: loket pack check {packs / slug}"
        )
    return pack.office, list(pack.standards)


def _calendar(
    office: OfficeSpec, standards: list[StandardSpec], options: argparse.Namespace
) -> CalendarSpec:
    """The calendar of the version in force at the start, or of the first one before that."""
    versions = [each for each in standards if each.service == options.service]
    if not versions:
        known = ", ".join(sorted({each.service for each in standards}))
        raise Refused(
            f"{office.office} tidak punya layanan {options.service!r}. Yang ada: {known or '-'}."
        )
    in_force = [each for each in versions if each.effective <= options.start.date()]
    standard = in_force[-1] if in_force else versions[0]
    if not standard.hours:
        raise Refused(f"{options.service} {office.office} tidak menyebut jam layanan.")
    return office.calendar(standard.hours)


def _hours(office: OfficeSpec, calendar: CalendarSpec) -> Hours:
    kinds = {REGISTER_KINDS[each] for each in calendar.closed_on}
    return Hours.from_week(
        office.time_zone,
        calendar.week,
        open_end=calendar.open_end_counts_until or "",
        closed=closed_days(kinds),  # type: ignore[arg-type]  # the table above holds only kinds
        years=decreed_years() if kinds else None,
    )


def _due(
    hours: Hours, start: dt.datetime, amount: dt.timedelta
) -> tuple[dt.datetime, str]:
    """The due time, and a remark when it rests on holidays nobody has decreed yet."""
    try:
        return hours.add(start, amount), ""
    except UnknownYear:
        remark = " (perkiraan: hari libur tahun itu belum ditetapkan)"
        return hours.provisional().add(start, amount), remark
    except NoOpenHours as error:
        raise Refused("Kalender ini tidak pernah buka.") from error
