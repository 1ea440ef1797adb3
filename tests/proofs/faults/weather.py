"""A mail server in bad weather, and a clock of the queue that jumps to the next thing to do."""

import asyncio
from collections import Counter
from datetime import timedelta
from email import message_from_bytes

from aiosmtpd.controller import Controller
from django.db import connection

from loket.kernel import clock
from tests.factories.smtp import free_port

PATIENCE = 0.4  # seconds loket waits for the server here; a tarpit takes longer
# From which hour on: what the server does then
WEATHER = {0: "away", 9: "tarpit", 18: "4xx", 27: "cut", 36: "fair", 48: "5xx", 54: "fair"}  # fmt: skip


class Sky:
    """Takes mails as the weather allows; the server is gone while it is `away`.

    `taken` it said to have each mail, `swallowed` it has it too and broke off before it said so.
    """

    def __init__(self):
        self.taken, self.swallowed, self.state = Counter(), Counter(), "fair"
        self.port = free_port()
        self._server = None

    def turn(self, state):
        """Change the weather."""
        self.state = state
        if state == "away":
            self.stop()
        elif not self._server:
            self._server = Controller(self, hostname="127.0.0.1", port=self.port)
            self._server.start()

    def stop(self):
        if self._server:
            self._server.stop()
        self._server = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        if self.state == "tarpit":
            await asyncio.sleep(3 * PATIENCE)
        refused = {"4xx": "451 4.3.0 later", "5xx": "550 5.1.1 nobody here"}
        if self.state in refused:
            return refused[self.state]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        name = message_from_bytes(envelope.content)["Message-ID"]
        if self.state == "cut":
            self.swallowed[name] += 1
            server.transport.abort()
        else:
            self.taken[name] += 1
        return "250 OK"


def weather_at(passed):
    """What the server does after so much time."""
    hours = passed / timedelta(hours=1)
    return next(WEATHER[each] for each in sorted(WEATHER, reverse=True) if hours >= each)  # fmt: skip


def next_job():
    """When the queue has something to do, in its own time; None when it is empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(coalesce(scheduled_at, now())) FROM procrastinate_jobs WHERE status = 'todo'"
        )
        waiting, at = cursor.fetchone()
    return max(at, clock.now()) if waiting else None


def pull(by):
    """Let so much time pass for the queue: what was planned comes nearer."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - %s WHERE status = 'todo'", [by])  # fmt: skip
