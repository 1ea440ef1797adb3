"""A first view stays under 100 KB over the wire, a next one under 15 KB: phones on weak signals."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.unit.portal.reading import service

pytestmark = pytest.mark.django_db
FIRST, NEXT = 100_000, 15_000
ADDRESSES = [
    "/",
    "/kantor/kota-depok/",
    service("kota-depok"),
    service("kota-depok", "standar/1/"),
    service("kabupaten-batang", "standar/1/"),
    "/lacak/",
]


def compressed(content):
    return len(gzip.compress(content))


def assets(html):
    """The style sheets, the typeface and the pictures a browser fetches for a page."""
    names = set(re.findall(r'/static/([^"#]+)', html))
    return [finders.find(name) for name in sorted(names)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_light(client, packs, address):
    content = client.get(address).content
    fetched = assets(content.decode())
    kept = sum(compressed(Path(path).read_bytes()) for path in fetched)

    assert compressed(content) < NEXT
    assert compressed(content) + kept < FIRST
