"""A worker that was killed in the middle of a job: another does it; one that only works long is left alone."""

import asyncio
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from loket.kernel.tasks import DEAD_AFTER, sweep_once_keys, take_up_left_jobs
from loket.kernel.working import worker_connector
from tests.factories.jobs import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = 2 * DEAD_AFTER


def begun(*, silent_for, is_known=True):
    """A job in the hands of a worker that gave its last sign of life then; or whose worker nobody knows any more."""
    sweep_once_keys.defer(timestamp=0)
    job = ProcrastinateJob.objects.latest("id")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - %s * interval '1 second') RETURNING id",
            [silent_for],
        )
        [worker] = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker if is_known else None, job.pk],
        )
    return job.pk


def look_after():
    """The minute's job, as a live worker runs it."""

    async def run(working):
        async with working.open_async():
            await take_up_left_jobs.func(SimpleNamespace(app=working), timestamp=0)

    def act():
        with app.replace_connector(worker_connector()) as working:
            asyncio.run(run(working))

    in_a_thread(act)


def states():
    return list(ProcrastinateJob.objects.order_by("id").values_list("id", "status"))


@pytest.mark.parametrize("is_known", [True, False])
def test_job_of_a_dead_worker_waits_again(is_known):
    job = begun(silent_for=LONG_AGO, is_known=is_known)
    look_after()
    assert states() == [(job, "todo")]


def test_job_of_a_worker_that_gives_signs_of_life_is_left_to_it():
    job = begun(silent_for=0)
    look_after()
    assert states() == [(job, "doing")]


def test_job_whose_like_is_waiting_already_is_dropped():
    begun(silent_for=LONG_AGO)
    sweep_once_keys.defer(timestamp=0)
    waiting = ProcrastinateJob.objects.latest("id").pk
    look_after()
    assert states() == [(waiting, "todo")]
