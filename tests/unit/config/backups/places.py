"""Databases to back up from and to restore into, seen by their owner as the commands see them."""

import os
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from django.db import connection

from config import env, operations
from config.backups import making, manifest
from tests.conftest import become


def backed_up(folder, **more):
    """Make a backup; where it stands."""
    list(making.make(folder, **{"keys": None, **more}))
    return manifest.finished(folder)[-1]


def restored(folder, *, ledger=None, skip=None):
    """What `loket restore` prints."""
    return list(operations.restore(folder, ledger=ledger, skip=skip))


def reseal(backup, **changed):
    """Whoever holds the ring can write a manifest that suits a changed backup."""
    said = manifest.read(backup).model_copy(update=changed)
    manifest.write(backup, said)


@contextmanager
def empty_database():
    """A new database of the owner's, to which Django is turned."""
    owner, name = env.database(os.environ["DATABASE_OWNER_URL"]), f"empty_{uuid4().hex}"
    before = connection.settings_dict["NAME"]
    execute(owner, f"CREATE DATABASE {name}")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        execute(owner, f"DROP DATABASE {name} WITH (FORCE)")


def execute(owner, statement):
    with psycopg.connect(
        dbname=owner["NAME"], user=owner["USER"], password=owner["PASSWORD"],
        host=owner["HOST"], port=owner["PORT"] or None, autocommit=True,
    ) as link:  # fmt: skip
        link.execute(statement)


@contextmanager
def as_owner():
    become("DATABASE_OWNER_URL")
    try:
        yield
    finally:
        become("DATABASE_URL")
