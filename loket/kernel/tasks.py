"""Jobs of the kernel: sending mails, reading returned ones, sweeping old one-time keys, jobs of dead workers."""

import logging
from datetime import timedelta
from imaplib import IMAP4
from typing import Any

from django.conf import settings
from django.db import transaction
from imap_tools.errors import ImapToolsError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from loket.kernel import clock, failing, mail, postbox
from loket.kernel.models import Mail, OnceKey
from loket.kernel.refusals import Refusal, refusal

log = logging.getLogger(__name__)
KEYS_ARE_KEPT = timedelta(days=7)
SENDING = RetryStrategy(max_attempts=10, exponential_wait=3)  # given up after a day
DEAD_AFTER = 30.0  # seconds without a sign of life; workers give one every ten


class MailNotSent(Exception):
    """The transport was away or asked to come again; the job is tried again."""


@app.task(queue="mail", retry=SENDING, pass_context=True)
def send_mail(context: Any, mail_id: int) -> None:
    """Send one mail of the outbox once; what fails is written on it, and tried again unless it is final."""
    try:
        with transaction.atomic():
            waiting = Mail.objects.select_for_update().filter(
                pk=mail_id, sent_at=None, failed_at=None, held_at=None
            )
            for letter in waiting:
                mail.send(letter)
    except Exception as error:
        why = refusal(error)
        is_last = context.job.attempts >= SENDING.max_attempts
        note_failure(mail_id, why, is_last=is_last)
        if not why.is_final:
            raise MailNotSent(f"mail {mail_id}") from error


@transaction.atomic
def note_failure(mail_id: int, why: Refusal, *, is_last: bool) -> None:
    """Show on the mail why it did not go out; once it is final, for good."""
    waiting = Mail.objects.select_for_update().filter(
        pk=mail_id, sent_at=None, failed_at=None
    )
    for letter in waiting:
        letter.attempts += 1
        if why.is_final or is_last:
            failing.fail(letter, reason=why.reason, detail=why.detail)
        else:
            letter.error = why.detail[:200]
            letter.save(update_fields=["attempts", "error"])


@app.task(queue="mail", retry=SENDING)
def tell_failed(mail_id: int) -> None:
    """Tell the room a mail belongs to that it will not arrive."""
    with transaction.atomic():
        letter = Mail.objects.get(pk=mail_id)
        if listener := mail.listener_of(letter.template):
            listener(letter)


@app.periodic(cron="*/2 * * * *")
@app.task(queue="mail", lock="postbox", queueing_lock="postbox", pass_context=False)
def read_postbox(timestamp: int) -> None:
    """Read the mailbox for returned mail, if there is one; a mailbox that is away is read next time."""
    if not settings.LOKET_IMAP:
        return
    try:
        postbox.read_new(settings.LOKET_IMAP)
    except (OSError, IMAP4.error, ImapToolsError) as error:
        log.warning("The mailbox for returned mail could not be read: %s", error)


@app.periodic(cron="17 2 * * *")
@app.task(queueing_lock="sweep_once_keys", pass_context=False)
def sweep_once_keys(timestamp: int) -> None:
    """Forget the one-time keys of forms nobody can still have open."""
    OnceKey.objects.filter(at__lt=clock.now() - KEYS_ARE_KEPT).delete()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_left_jobs", pass_context=True)
async def take_up_left_jobs(context: Any, timestamp: int) -> None:
    """Let others do what a killed worker had begun, and free the locks it held. Every job may run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        await _take_up(manager, job)


async def _take_up(manager: Any, job: Job) -> None:
    try:
        await manager.retry_job(job)
    except UniqueViolation:  # the same is waiting already
        await manager.finish_job(job, status=Status.FAILED, delete_job=True)
    except ConnectorException as error:
        log.info("Job %s had come to an end: %s", job.id, error)
