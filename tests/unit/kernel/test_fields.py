"""A record comes back from the database as it was written, its keys in their order."""

import pytest
from django.db import connection

from loket.kernel.fields import OrderedJSONField

RECORD = {
    "tolak": "akhir",
    "terima": "aktifkan",
    "judul": {"id": "Ya", "en": "Yes — ✓"},
}


def there_and_back(value):
    field = OrderedJSONField()
    return field.from_db_value(field.get_prep_value(value))


@pytest.mark.parametrize("value", [RECORD, [], {}, "teks", 0, False, [None, 1.5]])
def test_record_comes_back_equal(value):
    assert there_and_back(value) == value


def test_keys_keep_their_order():
    assert list(there_and_back(RECORD)) == ["tolak", "terima", "judul"]


@pytest.mark.django_db
def test_column_holds_readable_json(bogor):
    with connection.cursor() as cursor:
        cursor.execute("SELECT document::jsonb ->> 'service' FROM standards_standard")
        services = {service for (service,) in cursor.fetchall()}
    assert "registrasi-verifikasi" in services
