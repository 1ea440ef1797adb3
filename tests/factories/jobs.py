"""Runs the jobs that the code under test has enqueued."""

import threading
from contextlib import contextmanager

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicRegistry

from loket.kernel.working import worker_connector


def run_jobs():
    """A real worker works until no job is left; for tests whose data are committed.

    In a thread, because a browser's test has an event loop of its own; without its timetable, of which tests call
    what they want to see.
    """
    in_a_thread(_work)


def in_a_thread(act):
    """Run it with a connection and, if it wants one, an event loop of its own; what it raises is raised here."""
    raised = []

    def run():
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def _work():
    with (
        app.replace_connector(worker_connector()) as working,
        without_timetable(working),
    ):
        working.run_worker(
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs="successful",
        )


@contextmanager
def without_timetable(working):
    timetable = working.periodic_registry
    working.periodic_registry = PeriodicRegistry()
    try:
        yield
    finally:
        working.periodic_registry = timetable


def run_jobs_here():
    """Call the waiting jobs in the test's own transaction, the oldest first, until none is left."""
    while waiting := list(
        ProcrastinateJob.objects.filter(status="todo").order_by("id")
    ):
        for job in waiting:
            task = app.tasks[job.task_name]
            context = [FirstTry()] if task.pass_context else []
            task.func(*context, **job.args)
            ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")


class FirstTry:
    """What a job is told about itself when it runs for the first time."""

    class job:  # noqa: N801 - the name the library gives it
        attempts = 0
