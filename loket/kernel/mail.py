"""Mails: promised in a transaction, written by the room they belong to, sent by a job until delivered or visibly failed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from loket.kernel import clock
from loket.kernel.models import Mail

Renderer = Callable[[Mail], dict[str, Any]]
_renderers: dict[str, Renderer] = {}


@dataclass(frozen=True)
class Letter:
    """What goes out: subject and both bodies."""

    subject: str
    text: str
    html: str


def renders(template: str) -> Callable[[Renderer], Renderer]:
    """Register the function that gives a mail's template its context when it is sent.

    It may make link tokens: it runs inside the transaction that records the sending.
    """

    def register(renderer: Renderer) -> Renderer:
        _renderers[template] = renderer
        return renderer

    return register


def write(mail: Mail) -> Letter:
    """Render `<template>.subject.txt`, `.txt` and `.html` in the mail's language."""
    with translation.override(mail.language):
        context = {"site_url": settings.SITE_URL, **_renderers[mail.template](mail)}
        parts = [
            render_to_string(f"{mail.template}.{kind}", context)
            for kind in ("subject.txt", "txt", "html")
        ]
    return Letter(" ".join(parts[0].split()), parts[1].strip() + "\n", parts[2])


def send(mail: Mail) -> None:
    """Hand one mail to the transport and record it. Raises what the transport raises."""
    letter = write(mail)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    mail.message_id = f"<mail.{mail.pk}@{domain}>"
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(letter.html, "text/html")
    message.send()
    mail.sent_at = clock.now()
    mail.error = ""
    mail.save(update_fields=["sent_at", "error", "message_id"])
