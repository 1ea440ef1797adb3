"""Fixtures of every test: two database roles as in production, the packs, and people with names."""

import os
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client

from config import env
from loket.kernel import fence, grants
from loket.kernel.crypto import ensure_key
from loket.offices import queries as office_queries
from loket.offices.models import Office
from loket.standards import queries as standard_queries
from loket.standards.actions import load_packs
from tests.factories.letters import faults
from tests.factories.signing_in import with_both_factors

# Whole installations under load: bin/proofs and bin/bench run them, not each build
collect_ignore = ["proofs/test_storm.py", "bench/test_bench.py"]

ensure_key(Path(settings.LOKET_KEY_FILE))
Client.force_login = with_both_factors  # officers get nowhere without the second
Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # whitenoise warns without it


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """The owner makes and migrates the test database; every test then runs as the serving role."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    connection.settings_dict["TEST"]["NAME"] = f"test_{worker}"
    with django_db_blocker.unblock():
        become("DATABASE_OWNER_URL")
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False
        )
        call_command("createcachetable", verbosity=0)
        grants.grant()
        fence.raise_fence()
        become("DATABASE_URL")
        load_packs(sorted(settings.PACKS_DIR.iterdir()), by=None)
    # On the class, because a browser's event loop is given a connection of its own
    DatabaseOperations.execute_sql_flush = flush_as_owner
    # The database stays: its server ends with the run, and the next run makes it anew


def become(variable):
    """Connect again as the role of this variable, to the same database."""
    connection.close()
    parts = env.database(os.environ[variable])
    connection.settings_dict.update(USER=parts["USER"], PASSWORD=parts["PASSWORD"])


def flush_as_owner(operations, statements):
    """Between transactional tests the tables are emptied, which the serving role must not do."""
    owner = env.database(os.environ["DATABASE_OWNER_URL"])
    with psycopg.connect(
        dbname=connection.settings_dict["NAME"], user=owner["USER"], password=owner["PASSWORD"],
        host=owner["HOST"], port=owner["PORT"] or None, autocommit=True,
    ) as link:  # fmt: skip
        # Django knows the tables of the jobs only by sight and would leave them full.
        for statement in [*statements, "TRUNCATE procrastinate_jobs CASCADE"]:
            empty(link, statement)


def empty(link, statement, tries=5):
    """A page that a browser asked for last may still be read: of two that wait for each other one goes on."""
    try:
        link.execute(statement)
    except psycopg.errors.DeadlockDetected:
        if tries == 1:
            raise
        empty(link, statement, tries - 1)


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    """Each test has its own folders and forgets what the process keeps in memory."""
    settings.FILES_DIR = tmp_path / "files"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.PROOF_OF_WORK = 1
    for kept in (
        office_queries._hours,
        standard_queries._spec,
        standard_queries._settings,
    ):
        kept.cache_clear()
    return


@pytest.fixture(autouse=True)
def letters_are_right(settings):
    """Every mail that any test sends is looked at, in the language and with the words of that test."""
    yield
    written = [each for each in getattr(mail, "outbox", []) if _is_letter(each)]
    assert [
        fault for each in written for fault in faults(each, settings.SITE_URL)
    ] == []


def _is_letter(sent):
    return any("<html" in body for body, _ in getattr(sent, "alternatives", []))


@pytest.fixture
def packs(db):
    """The three offices with their published standards."""
    if not Office.objects.exists():
        load_packs(sorted(settings.PACKS_DIR.iterdir()), by=None)
    return {office.slug: office for office in Office.objects.all()}


@pytest.fixture
def bogor(packs):
    return packs["kota-bogor"]


@pytest.fixture
def batang(packs):
    return packs["kabupaten-batang"]


@pytest.fixture
def depok(packs):
    return packs["kota-depok"]
