"""Reminders of calls: the day before and the hour before, each once."""

from datetime import timedelta

from procrastinate.contrib.django import app

from loket.kernel import clock
from loket.tickets.queries.keeping import ENDED
from loket.verification.actions import promise_mails
from loket.verification.models import Session

INVITATION = "verification/mail/session"
BEFORE = {"day": timedelta(days=1), "hour": timedelta(hours=1)}


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="remind_of_sessions")
def remind_of_sessions(timestamp: int) -> None:
    """A call planned at shorter notice than a reminder has only the later one."""
    now = clock.now()
    coming = (
        Session.objects.planned()
        .filter(scheduled_at__gt=now, scheduled_at__lte=now + BEFORE["day"])
        .exclude(ticket__status__in=ENDED)
    )
    for session in coming.select_related("office", "ticket__office"):
        for name, ahead in BEFORE.items():
            moment = session.scheduled_at - ahead
            if session.planned_at < moment <= now:
                key = f"session-{name}:{session.pk}"
                promise_mails(session, INVITATION, key, what="session_reminder")
