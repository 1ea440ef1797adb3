"""The stories of this folder happen on one Monday, at eleven in Jakarta."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from loket.kernel import clock

MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def monday():
    cache.clear()  # throttles outlive a test
    with clock.at(MONDAY):
        yield MONDAY
