"""What a page costs: the statements it sends to the database."""

from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

FRAME = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
ONLY_IN_TESTS = "'loket.offices'"  # a request lowers the system that tests begin as


@contextmanager
def statements():
    """The statements sent meanwhile, without the frame of their transaction."""
    with CaptureQueriesContext(connection) as captured:
        found = []
        yield found
    found += [
        each["sql"]
        for each in captured.captured_queries
        if not each["sql"].startswith(FRAME) and ONLY_IN_TESTS not in each["sql"]
    ]
