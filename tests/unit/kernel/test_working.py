"""What a job enqueues commits with the job's own transaction; the library's connector is the control."""

import asyncio
from contextlib import suppress

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from loket.kernel.tasks import sweep_once_keys
from loket.kernel.working import worker_connector
from tests.factories.jobs import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)


class Broken(Exception):
    pass


def enqueue_and_break():
    """A job that enqueues another, then fails."""
    with suppress(Broken), transaction.atomic():
        sweep_once_keys.defer(timestamp=0)
        raise Broken
    connection.close()


def broken_job_with(connector):
    """Run it as a worker runs jobs: in a thread, beside an open connector; how many jobs it left."""

    async def run(working):
        async with working.open_async():
            await sync_to_async(enqueue_and_break, thread_sensitive=False)()

    def act():
        with app.replace_connector(connector) as working:
            asyncio.run(run(working))

    in_a_thread(act)
    return ProcrastinateJob.objects.count()


def test_job_that_fails_has_enqueued_nothing():
    assert broken_job_with(worker_connector()) == 0


def test_librarys_own_connector_would_have_enqueued_it_at_once():
    assert broken_job_with(app.connector.get_worker_connector()) == 1
