"""What load balancers ask: alive, and ready."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_process_is_alive_without_a_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/sehat/hidup")
    assert (response.status_code, response.content) == (200, b"hidup\n")


def test_migrated_installation_is_ready(client):
    response = client.get("/sehat/siap")
    assert (response.status_code, response.content) == (200, b"siap\n")


def test_installation_with_a_waiting_migration_is_not_ready(client, monkeypatch):
    known = MigrationRecorder.applied_migrations

    def without_tickets(recorder):
        return {key: row for key, row in known(recorder).items() if key[0] != "tickets"}

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", without_tickets)
    response = client.get("/sehat/siap")
    assert (response.status_code, response.content) == (503, b"belum siap\n")
