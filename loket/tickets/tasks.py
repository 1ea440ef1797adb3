"""Jobs by the calendar: untouched tickets are closed, those of officers who left go back into the list."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from loket.kernel import clock
from loket.offices.models import Office
from loket.standards.queries import settings_of
from loket.tickets.actions import WrongStatus, close, close_unanswered, release
from loket.tickets.actions.asking import remind_chasing
from loket.tickets.actions.keeping import destroy_documents, tell_findings
from loket.tickets.actions.presence import forget_presence
from loket.tickets.actions.proofs import destroy_proofs
from loket.tickets.models import Status, Ticket
from loket.tickets.queries.answers import to_chase
from loket.tickets.queries.hands import left_behind
from loket.tickets.queries.keeping import past_keeping
from loket.tickets.queries.proofs import proofs_past_keeping


@app.periodic(cron="37 19 * * *")
@app.task(queueing_lock="close_old_tickets")
def close_old_tickets(timestamp: int) -> None:
    """Close finished tickets past their days of reopening, and those the applicant never answered."""
    for office in Office.objects.all():
        days = settings_of(office)
        for ticket in _untouched(office, Status.DONE, days.reopen_within_days):
            _each_alone(close, ticket)
        unanswered = days.close_unanswered_after_days
        for ticket in _untouched(office, Status.WAITING_APPLICANT, unanswered):
            _each_alone(close_unanswered, ticket)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="release_left_behind")
def release_left_behind(timestamp: int) -> None:
    """Tickets held by somebody who left the office, or who is away, stand in the list of those to take."""
    for ticket in left_behind():
        release(ticket, by=None)


def _untouched(office: Office, status: str, days: int) -> list[Ticket]:
    before = clock.now() - timedelta(days=days)
    found = Ticket.objects.filter(office=office, status=status, updated_at__lt=before)
    return list(found.select_related("office"))


def _each_alone(act: Callable[..., None], ticket: Ticket) -> None:
    """One ticket that somebody moved meanwhile does not hold up the others."""
    try:
        act(ticket, by=None)
    except WrongStatus:
        return


@app.periodic(cron="47 19 * * *")
@app.task(queueing_lock="destroy_old_documents")
def destroy_old_documents(timestamp: int) -> None:
    """Destroy what has been kept as long as its standard says (UU 27/2022 art. 43, 44)."""
    for ticket_id, documents in past_keeping():
        ticket = Ticket.objects.select_related("office").get(pk=ticket_id)
        destroy_documents(ticket, documents, by=None)
    for ticket_id, proofs in proofs_past_keeping():
        ticket = Ticket.objects.select_related("office").get(pk=ticket_id)
        destroy_proofs(ticket, proofs, by=None)


@app.periodic(cron="17 19 * * *")
@app.task(queueing_lock="forget_presence")
def forget_screens(timestamp: int) -> None:
    """Who had which ticket open yesterday is nobody's business any more."""
    forget_presence()


@app.task(queueing_lock="tell_of_damage")
def tell_of_damage() -> None:
    """Tell offices of files that were found damaged."""
    tell_findings()


@app.periodic(cron="53 * * * *")
@app.task(queueing_lock="tell_of_damage_hourly")
def tell_of_damage_hourly(timestamp: int) -> None:
    """What the nightly check found, and what nobody told of."""
    tell_findings()


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="remind_to_chase")
def remind_to_chase(timestamp: int) -> None:
    """While an office is open: what waits outside longer than its days is to be asked about, once each time (G14)."""
    for escalation in to_chase(clock.now()):
        remind_chasing(escalation, by=None)


def soon(task: Task[[], None, []]) -> None:
    """Have a job done now, unless it is waiting already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer()
