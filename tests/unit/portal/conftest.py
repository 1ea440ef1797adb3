"""Every test of the front door happens on one Tuesday, and reads pages as parsed HTML."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from loket.kernel import clock
from tests.unit.ui.pages import Page

TUESDAY = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # 11.00 WIB


@pytest.fixture(autouse=True)
def tuesday():
    with clock.at(TUESDAY):
        yield


@pytest.fixture
def visit(client, packs):
    """A visitor opens an address: the parsed page, with its status."""

    def get(address, status=200, language="id"):
        client.cookies["bahasa"] = language
        response = client.get(address)
        assert response.status_code == status
        return Page(response.content.decode())

    cache.clear()
    return get
