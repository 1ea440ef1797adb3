"""Promise a mail: its row and job commit with whatever caused them, or not at all; and see what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import Q, QuerySet

from loket.kernel import clock
from loket.kernel.fence import as_system
from loket.kernel.models import Mail
from loket.kernel.tasks import send_mail

_holding: ContextVar[bool] = ContextVar("holding", default=False)


@as_system()
def promise(
    *,
    key: str,
    to: str,
    template: str,
    context: dict[str, object],
    office_id: int | None = None,
    language: str = "id",
) -> bool:
    """Put one mail into the outbox; False when `key` already promised it."""
    mail, made = Mail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "template": template,
            "context": context,
            "office_id": office_id,
            "language": language,
            "created_at": clock.now(),
            "held_at": clock.now() if _holding.get() else None,
        },
    )
    if made and not mail.held_at:
        send_mail.defer(mail_id=mail.pk)
    return made


def undelivered() -> QuerySet[Mail]:
    """What waits, is late, or did not arrive; the newest first."""
    found = Mail.objects.filter(Q(sent_at=None) | ~Q(failed_at=None, delayed_at=None))
    return found.order_by("-created_at", "-pk")


@contextmanager
def holding() -> Iterator[None]:
    """Whatever is promised meanwhile is held: it may have gone out before a restore."""
    token = _holding.set(True)
    try:
        yield
    finally:
        _holding.reset(token)


def hold_waiting() -> int:
    """Hold all that is promised and not sent; how many."""
    waiting = Mail.objects.filter(sent_at=None, failed_at=None, held_at=None)
    return waiting.update(held_at=clock.now())


def held() -> QuerySet[Mail]:
    """What a person has to release or drop, the oldest first."""
    found = Mail.objects.filter(sent_at=None, failed_at=None, held_at__isnull=False)
    return found.order_by("created_at", "pk")


@transaction.atomic
def release(mails: QuerySet[Mail]) -> int:
    """Send these held mails after all; how many."""
    chosen = list(mails.select_for_update())
    for mail in chosen:
        mail.held_at = None
        mail.save(update_fields=["held_at"])
        send_mail.defer(mail_id=mail.pk)
    return len(chosen)


@transaction.atomic
def drop(mails: QuerySet[Mail]) -> int:
    """Never send these held mails. Nobody is told of a failure: they may have arrived long ago."""
    return mails.update(failed_at=clock.now(), reason=Mail.Reason.DROPPED)
