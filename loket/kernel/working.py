"""How a worker reaches the queue: its own connections for fetching jobs, Django's for what a job enqueues."""

from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector


class WorkerConnector(PsycopgConnector):
    """What a job enqueues commits with what the job wrote, as on a page.

    The library's own worker connector would commit it at once: another worker could run it before
    the rows it is about are there, find nothing to do, and call it done.
    """

    def __init__(self, within: BaseConnector) -> None:
        super().__init__(kwargs=connector_params())
        self._within = within

    def get_sync_connector(self) -> BaseConnector:
        """Jobs run in threads and enqueue without `await`; the worker itself never does."""
        return self._within


def worker_connector() -> WorkerConnector:
    """For `app.replace_connector`, around a worker."""
    return WorkerConnector(app.connector)
