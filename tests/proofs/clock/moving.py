"""Being at another time: told to loket's clock, or to all processes of the run by libfaketime.

`python -m tests.proofs.clock` starts pytest and its PostgreSQL under libfaketime; a file holds by how
many seconds all of them are wrong, and is read at every look at the clock.
"""

import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from loket.kernel import clock

OFFSET = "FAKETIME_TIMESTAMP_FILE"


def is_faked():
    """Whether this process sees the time of the file."""
    return OFFSET in os.environ


@contextmanager
def at(moment):
    """What follows happens at this moment, and a little later as far as it takes time."""
    if not is_faked():
        with clock.at(moment):
            yield
        return
    file = Path(os.environ[OFFSET])
    before = file.read_text()
    wrong = moment - (datetime.now(UTC) - timedelta(seconds=int(before)))
    write(file, f"{-(-wrong // timedelta(seconds=1)):+d}")  # rounded up: never early
    try:
        yield
    finally:
        write(file, before)


def write(file, text):
    """Whole or not at all: other processes read it at any time."""
    new = file.with_suffix(".new")
    new.write_text(text)
    new.replace(file)
