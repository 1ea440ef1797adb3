"""Jobs on stored bytes: keys renewed while people work, rows and bytes compared every night."""

import logging

from procrastinate.contrib.django import app

from loket.files import checking, keys, resealing, scanner, scanning

logger = logging.getLogger(__name__)


@app.task(queueing_lock="renew_keys")
def renew_keys() -> None:
    """After a rotation: bring files and columns under the keys now in use."""
    resealing.reseal()
    keys.rewrap()


@app.periodic(cron="11 18 * * *")
@app.task(queueing_lock="renew_keys_nightly")
def renew_keys_nightly(timestamp: int) -> None:
    """What was held or written while a rotation ran."""
    renew_keys()


@app.periodic(cron="23 18 * * *")
@app.task(queueing_lock="check_files")
def check_files(timestamp: int) -> None:
    """Compare rows and bytes (UTC 18.23 is night in Indonesia)."""
    found = checking.check()
    if not found.is_good:
        logger.error("Stored files are not as they should be: %s", found)


@app.task(queue="scans")
def scan_file(file_id: int) -> None:
    """Scan one upload at once; without an answer the sweep takes it up."""
    try:
        scanning.scan(file_id)
    except scanner.NoAnswer as error:
        logger.warning("No scanner: %s", error)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sweep_scans")
def sweep_scans(timestamp: int) -> None:
    """Files held while the scanner was away, and those from the time before there was one."""
    scanning.sweep()
