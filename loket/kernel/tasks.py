"""Jobs of the kernel: sending mails, sweeping old one-time keys."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from loket.kernel import clock, mail
from loket.kernel.models import Mail, OnceKey

KEYS_ARE_KEPT = timedelta(days=7)
SENDING = RetryStrategy(max_attempts=10, exponential_wait=3)  # given up after a day


class MailNotSent(Exception):
    """The transport refused or was away; the job is tried again."""


@app.task(queue="mail", retry=SENDING, pass_context=True)
def send_mail(context: Any, mail_id: int) -> None:
    """Send one mail of the outbox once; a failure is written on it and tried again."""
    try:
        with transaction.atomic():
            waiting = Mail.objects.select_for_update().filter(pk=mail_id, sent_at=None)
            for letter in waiting:
                mail.send(letter)
    except Exception as error:
        is_last = context.job.attempts >= SENDING.max_attempts
        note_failure(mail_id, reason=str(error), is_last=is_last)
        raise MailNotSent(f"mail {mail_id}") from error


def note_failure(mail_id: int, *, reason: str, is_last: bool) -> None:
    """Show on the mail why it did not go out, and when it was given up."""
    letter = Mail.objects.get(pk=mail_id)
    letter.attempts += 1
    letter.error = reason[:200]
    letter.failed_at = clock.now() if is_last else None
    letter.save(update_fields=["attempts", "error", "failed_at"])


@app.periodic(cron="17 2 * * *")
@app.task(queueing_lock="sweep_once_keys", pass_context=False)
def sweep_once_keys(timestamp: int) -> None:
    """Forget the one-time keys of forms nobody can still have open."""
    OnceKey.objects.filter(at__lt=clock.now() - KEYS_ARE_KEPT).delete()
