"""By the calendar: exhibits kept long enough end."""

from procrastinate.contrib.django import app

from loket.tenders.actions.exhibits import destroy_exhibit
from loket.tenders.queries.exhibits import past_keeping


@app.periodic(cron="52 18 * * *")
@app.task(queueing_lock="destroy_old_exhibits")
def destroy_old_exhibits(timestamp: int) -> None:
    """Once a night, in the offices' small hours; the rows with their hashes stay."""
    for exhibit, kept in past_keeping():
        destroy_exhibit(exhibit, kept=kept, by=None)
