"""Days as the offices count them: from 17.00 UTC on it is tomorrow there."""

from zoneinfo import ZoneInfo

from loket.kernel import clock


def today():
    """The day it is at offices in western Indonesia."""
    return clock.now().astimezone(ZoneInfo("Asia/Jakarta")).date()
