"""Each test backs up the test database as its owner, with notes and ring of its own."""

from pathlib import Path

import pytest

from config import env
from loket.kernel.ring import ensure_key
from tests.unit.config.backups.places import as_owner, empty_database


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path, monkeypatch, transactional_db):
    settings.LOKET_KEY_FILE = str(tmp_path / "keys" / "installation.key")
    ensure_key(Path(settings.LOKET_KEY_FILE))
    monkeypatch.setattr(env, "VAR_DIR", tmp_path)
    with as_owner():
        yield


@pytest.fixture
def empty():
    """`with empty():` turns to a new database."""
    return empty_database


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"
