"""The demo's mailbox: what would have been sent, for whoever tries loket without a mail server."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from loket.kernel.mailbox import kept_mail, kept_mails


def mailbox(request: HttpRequest) -> HttpResponse:
    """All kept mails, newest first."""
    return render(request, "kernel/mailbox.html", {"mails": kept_mails()})


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
