"""Mails: promised in a transaction, written by the room they belong to, sent by a job until delivered or visibly failed."""

import hmac
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from loket.kernel import clock, crypto
from loket.kernel.ics import Appointment
from loket.kernel.models import Mail

Renderer = Callable[[Mail], dict[str, Any]]
Listener = Callable[[Mail], None]
_renderers: dict[str, Renderer] = {}
_listeners: dict[str, Listener] = {}
COLUMNS = 72
HOLES = re.compile(r"\n{3,}")
SIGNS = 20  # hexadecimal: 80 bits, which nobody guesses
TOKEN = re.compile(rf"(?<!\w)(\d{{1,18}})\.([0-9a-f]{{{SIGNS}}})(?![\w.])")


@dataclass(frozen=True)
class Letter:
    """What goes out: who writes, subject and both bodies, and a time for the reader's calendar."""

    sender: str
    subject: str
    text: str
    html: str
    appointment: Appointment | None = None


def renders(template: str) -> Callable[[Renderer], Renderer]:
    """Register the function that gives a mail's template its context when it is sent.

    It may make link tokens: it runs inside the transaction that records the sending. What it
    gives as `office` stands as the sender's name, as `appointment` goes along for the reader's calendar.
    """

    def register(renderer: Renderer) -> Renderer:
        _renderers[template] = renderer
        return renderer

    return register


def on_failed(*templates: str) -> Callable[[Listener], Listener]:
    """Call the function, from a job, when a mail of these templates was refused, given up or came back.

    The job may run twice: the function sees for itself whether it already did its work.
    """

    def register(listener: Listener) -> Listener:
        _listeners.update(dict.fromkeys(templates, listener))
        return listener

    return register


def listener_of(template: str) -> Listener | None:
    """Who wants to know that such a mail failed."""
    return _listeners.get(template)


def templates() -> list[str]:
    """The names of all mails any room can write."""
    return sorted(_renderers)


def token_of(pk: int) -> str:
    """Names a mail in what comes back; signed, so that nobody can report a mail he never got."""
    return f"{pk}.{crypto.digest(str(pk), purpose='mail')[:SIGNS]}"


def named_in(text: str) -> int | None:
    """The mail of ours that is named here; None without a token, or with only forged ones."""
    for pk, signature in TOKEN.findall(text):
        if hmac.compare_digest(token_of(int(pk)), f"{pk}.{signature}"):
            return int(pk)
    return None


def write(mail: Mail) -> Letter:
    """Render `<template>.subject.txt`, `.txt` and `.html` in the mail's language."""
    with translation.override(mail.language):
        context = {"site_url": settings.SITE_URL, **_renderers[mail.template](mail)}
        parts = [
            render_to_string(f"{mail.template}.{kind}", context)
            for kind in ("subject.txt", "txt", "html")
        ]
    return Letter(
        sender=str(context.get("office", "")),
        subject=" ".join(parts[0].split()),
        text=wrapped(parts[1]),
        html=parts[2].strip(),
        appointment=context.get("appointment"),
    )


def wrapped(text: str) -> str:
    """Paragraphs in lines of 72 signs, as programs for text alone show them; addresses stay whole."""
    lines = [
        textwrap.fill(
            " ".join(line.split()),
            COLUMNS,
            subsequent_indent="  " * line.startswith("- "),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.strip().splitlines()
    ]
    return HOLES.sub("\n\n", "\n".join(lines)) + "\n"


def send(mail: Mail) -> None:
    """Hand one mail to the transport and record it. Raises what the transport raises."""
    letter = write(mail)
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    token = token_of(mail.pk)
    mail.message_id = f"<mail-{token}@{address.rpartition('@')[2]}>"
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        from_email=settings.MAIL_RETURN_PATH.replace("{token}", token) or address,
        to=[mail.to],
        headers={
            "From": formataddr((letter.sender or name, address)),
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
    )
    message.attach_alternative(letter.html, "text/html")
    if meet := letter.appointment:
        message.attach("undangan.ics", meet.written(clock.now()), meet.content_type)
    message.send()
    mail.sent_at = clock.now()
    mail.error = ""
    mail.save(update_fields=["sent_at", "error", "message_id"])
