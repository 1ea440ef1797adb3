"""Pages of the three offices, read as parsed HTML by a visitor."""

import pytest
from django.core.cache import cache

from tests.flows.contradictions.walks import words
from tests.unit.portal.reading import text_of
from tests.unit.ui.pages import Page


@pytest.fixture
def read(client, packs):
    """Open an address: the parsed page."""
    cache.clear()

    def get(address, status=200):
        answered = client.get(address)
        assert answered.status_code == status
        return Page(answered.content.decode())

    return get


@pytest.fixture
def main(read):
    """Open an address: the text of its main part."""
    return lambda address: words(text_of(read(address)))
