"""After a restore: what loket would have written since the backup is written now, and held.

Mails may have gone out since, and the database no longer knows. So every job that was waiting, and
every reminder whose time has passed, runs once while the outbox holds what it is promised.
"""

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from loket.kernel import clock, outbox

log = logging.getLogger(__name__)
STEP = timedelta(minutes=15)
MOST_STEPS = 3000  # about a month; longer gaps are walked in longer steps
QUEUES = ("mail", "events")
SENDING = "loket.kernel.tasks.send_mail"  # finds its mail held, and ends
# Those of the timetable that write to people
REMINDING = (
    "loket.verification.tasks.remind_of_sessions",
    "loket.suppliers.tasks.alarm_of_late_mails",
    "loket.suppliers.tasks.remind_of_sikap",
    "loket.suppliers.tasks.let_changes_go",
    "loket.access_rights.tasks.settle_access_requests",
    "loket.access_rights.tasks.remind_of_accounts",
    "loket.tickets.tasks.close_old_tickets",
    "loket.tickets.tasks.remind_to_chase",
    "loket.tickets.tasks.tell_of_damage_hourly",
    "loket.accounts.tasks.apply_email_changes",
)


def hold(since: datetime) -> int:
    """Hold what waits, and what would have been promised between the backup and now; how many in all."""
    outbox.hold_waiting()
    _nobody_works()
    with outbox.holding():
        last = _run_waiting(0)
        for moment in _moments(since):
            with clock.at(moment):
                last = _run_waiting(_remind(moment, last))
    return outbox.held().count()


def _nobody_works() -> None:
    """Jobs that were being done are to be done again; those that come by themselves need not."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE status = 'doing' AND queueing_lock IS NOT NULL")  # fmt: skip
        cursor.execute("UPDATE procrastinate_jobs SET status = 'todo' WHERE status = 'doing'")  # fmt: skip


def _run_waiting(last: int) -> int:
    """Jobs that tell people, the oldest first, with those they bring; one that fails is left to the worker."""
    while job := _next(last):
        last = job.pk
        if _done(job.task_name, job.args):
            ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")
    return last


def _next(after: int) -> ProcrastinateJob | None:
    timetable = {each.task.name for each in jobs.periodic_registry.periodic_tasks.values()}  # fmt: skip
    waiting = ProcrastinateJob.objects.filter(status="todo", queue_name__in=QUEUES, pk__gt=after)  # fmt: skip
    return waiting.exclude(task_name__in=[*timetable, SENDING]).order_by("pk").first()


def _done(name: str, arguments: dict[str, object]) -> bool:
    try:
        with transaction.atomic():
            jobs.tasks[name].func(**arguments)
    except Exception:
        log.exception("Job %s was left to the worker", name)
        return False
    return True


def _moments(since: datetime) -> list[datetime]:
    now = clock.now()
    step = max(STEP, (now - since) / MOST_STEPS)
    passed = int((now - since) / step)
    return [*(since + step * number for number in range(1, passed + 1)), now]


def _remind(moment: datetime, last: int) -> int:
    for name in REMINDING:
        _done(name, {"timestamp": int(moment.timestamp())})
    return last
