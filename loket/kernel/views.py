"""What stands where a page failed, and the demo's mailbox for whoever has no mail server."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

from loket.kernel.fence import as_system
from loket.kernel.mailbox import kept_mail, kept_mails
from loket.kernel.outbox import undelivered

DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
RETRY_AFTER = 30  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. 503: the database is away, nothing was saved. Neither page needs the database.

    Django calls it while it handles the failure, below every middleware: a middleware would
    only see the answer.
    """
    if isinstance(sys.exception(), DATABASE_AWAY):
        later = {"Retry-After": str(RETRY_AFTER)}
        return HttpResponse(render_to_string("503.html"), status=503, headers=later)
    return HttpResponse(render_to_string("500.html"), status=500)


def mailbox(request: HttpRequest) -> HttpResponse:
    """All kept mails, newest first; above them what waits or did not arrive.

    A visitor's rows hold no mails; the demo, where alone this page exists, shows everybody's.
    """
    with as_system():
        context = {"mails": kept_mails(), "undelivered": list(undelivered())}
    return render(request, "kernel/mailbox.html", context)


def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail with its text and its links."""
    if (found := kept_mail(name)) is None:
        raise Http404
    return render(request, "kernel/mail.html", {"mail": found})


def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The mail's HTML body alone, as a mail program would draw it."""
    if (found := kept_mail(name)) is None:
        raise Http404
    response = HttpResponse(found.html)
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
