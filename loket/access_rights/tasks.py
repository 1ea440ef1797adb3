"""By the calendar: requests nobody decided lapse, old drafts and letters go, holders learn that an account ends."""

from datetime import timedelta

from procrastinate.contrib.django import app

from loket.access_rights.actions import lapse
from loket.access_rights.actions.accounts import remind
from loket.access_rights.models import AccessRequest
from loket.access_rights.queries import past_letters
from loket.access_rights.queries.accounts import ending_soon
from loket.files.actions import destroy
from loket.kernel import clock

DECIDED_WITHIN = timedelta(days=30)
DRAFTS_ARE_KEPT = timedelta(days=14)


@app.periodic(cron="7 18 * * *")
@app.task(queueing_lock="settle_access_requests")
def settle_access_requests(timestamp: int) -> None:
    """Once a night, in the offices' small hours."""
    now = clock.now()
    waiting = AccessRequest.objects.waiting()
    for asked in waiting.filter(submitted_at__lt=now - DECIDED_WITHIN):
        lapse(asked, by=None)
    drafts = AccessRequest.objects.filter(submitted_at=None)
    drafts.filter(requested_at__lt=now - DRAFTS_ARE_KEPT).delete()
    for asked in past_letters():
        if asked.letter:
            destroy(asked.letter)


@app.periodic(cron="37 1 * * *")
@app.task(queueing_lock="remind_of_accounts")
def remind_of_accounts(timestamp: int) -> None:
    """Once a day, in the offices' morning."""
    for account in ending_soon():
        remind(account, by=None)
