"""From upload to verdict of the scanner, forward only: held or not scanned, then clean or infected."""

import logging
from collections.abc import Callable

from django.db import transaction

from loket.files import scanner
from loket.files.actions import Destroyed, portions
from loket.files.models import Scan, StoredFile
from loket.files.sealed import Damaged

logger = logging.getLogger(__name__)
Told = Callable[[StoredFile], None]
_told: list[Told] = []
MOST = 500  # files of one sweep


def when_infected(function: Told) -> Told:
    """Call the function, in the same transaction, with each file in which a virus was found."""
    _told.append(function)
    return function


def scan(file_id: int) -> None:
    """Have one waiting file scanned; raises `scanner.NoAnswer` when nobody scans now."""
    file = StoredFile.objects.waiting().filter(pk=file_id).first()
    if file is None:
        return
    try:
        virus = scanner.virus_in(portions(file))
    except (Destroyed, Damaged) as error:  # the nightly check tells of damage
        logger.warning("File %s cannot be scanned: %r", file_id, error)
        return
    except scanner.NotScanned as error:
        logger.warning("Scanner refuses file %s: %s", file_id, error)
        return
    settle(file, virus=virus)


@transaction.atomic
def settle(file: StoredFile, *, virus: str) -> bool:
    """Write down the verdict unless there is one already or the file is gone; False then."""
    verdict = Scan.INFECTED if virus else Scan.CLEAN
    waiting = StoredFile.objects.waiting().filter(pk=file.pk)
    if not waiting.update(scan=verdict):
        return False
    if virus:
        logger.warning("File %s is infected: %s", file.pk, virus)
        file.refresh_from_db()
        for tell in _told:
            tell(file)
    return True


def sweep() -> int:
    """Scan what waits, the oldest first, until the scanner stops answering; how many were tried."""
    if not scanner.is_there():
        return 0
    waiting = StoredFile.objects.waiting().order_by("stored_at", "pk")
    tried = 0
    for file_id in waiting.values_list("pk", flat=True)[:MOST]:
        tried += 1
        try:
            scan(file_id)
        except scanner.NoAnswer as error:
            logger.warning("No scanner: %s", error)
            break
    return tried
