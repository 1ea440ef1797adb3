"""The days an office is closed, and the next number of a kind."""

from datetime import date

from django.db import connection, transaction
from django.db.models import F, QuerySet

from loket.kernel import ledger
from loket.offices.models import Closure, Holiday, Office
from loket.offices.registers import national_holidays

KINDS = {"national": Holiday.NATIONAL, "cuti_bersama": Holiday.CUTI_BERSAMA}


def next_number(office: Office, *, kind: str, year: int) -> int:
    """The next number of this kind; others wait until the caller's transaction ends.

    Taken in the transaction of the row that carries it, numbers have no gaps. It stands in the
    ledger before anybody can read it, so that no restore gives it again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO offices_sequence (office_id, kind, year, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (office_id, kind, year) DO UPDATE SET last = offices_sequence.last + 1"
            " RETURNING last",
            [office.pk, kind, year],
        )
        serial = int(cursor.fetchone()[0])
    ledger.note(ledger.NUMBER, office.slug, kind, year, serial)
    return serial


@transaction.atomic
def load_holidays() -> int:
    """Fill the national table from the kept source; what an editor changed stays."""
    rows = [
        Holiday(date=day.date, kind=KINDS[day.kind], name=day.name, source=day.source)
        for day in national_holidays()
    ]
    return len(Holiday.objects.bulk_create(rows, ignore_conflicts=True))


@transaction.atomic
def close_office(office: Office, day: date, *, reason: str) -> None:
    """Close one office on a day; open due times are the caller's to compute again."""
    Closure.objects.update_or_create(
        office=office, date=day, defaults={"reason": reason}
    )
    _hours_changed(Office.objects.filter(pk=office.pk))


@transaction.atomic
def set_holiday(day: date, *, kind: str, name: str, source: str) -> None:
    """Enter or correct a day of the national table."""
    Holiday.objects.update_or_create(
        date=day, kind=kind, defaults={"name": name, "source": source}
    )
    _hours_changed(Office.objects.all())


@transaction.atomic
def drop_holiday(day: date, *, kind: str) -> bool:
    """Take a day out of the national table; False when it was not there."""
    dropped, _ = Holiday.objects.filter(date=day, kind=kind).delete()
    _hours_changed(Office.objects.all())
    return bool(dropped)


def _hours_changed(offices: QuerySet[Office]) -> None:
    """Whatever was remembered of their hours is read again."""
    offices.update(hours_version=F("hours_version") + 1)
