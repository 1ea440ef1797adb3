"""A real SMTP server in a thread, which answers what a test wants to hear."""

import asyncio
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Desk:
    """Keeps what it took (`envelopes`); answers RCPT and DATA with the prepared lines, the last one for ever."""

    def __init__(self, *, rcpt=("250 OK",), data=("250 OK",), waits=0):
        self.envelopes, self.waits = [], waits
        self._rcpt, self._data = list(rcpt), list(data)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        await asyncio.sleep(self.waits)
        answer = _next(self._rcpt)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        answer = _next(self._data)
        if not answer.startswith(("4", "5")):
            self.envelopes.append(envelope)
        if answer == "hang up":
            server.transport.abort()
        return answer


class CutInData(SMTP):
    """Hangs up when the first line of the mail has come."""

    async def smtp_DATA(self, arg):  # noqa: N802 - the library's name
        await self.push("354 go on")
        await self._reader.readline()
        self.transport.abort()


def _next(answers):
    return answers.pop(0) if len(answers) > 1 else answers[0]


def free_port():
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def serving(settings, desk=None, *, kind=SMTP, **options):
    """Loket's settings lead to this server as long."""

    class Server(Controller):
        def factory(self):
            return kind(self.handler, **options)

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    server = Server(desk or Desk(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        yield server.handler
    finally:
        server.stop()
