"""Writing the timeline."""

from datetime import datetime
from typing import Any

from loket.kernel import clock
from loket.tickets.models import Event, Ticket
from loket.tickets.permissions import Actor, as_what
from loket.tickets.subscriptions import tell


def record(
    ticket: Ticket,
    name: str,
    *,
    by: Actor,
    step: str | None = None,
    at: datetime | None = None,
    statuses: tuple[str, str] = ("", ""),
    **data: Any,
) -> Event:
    """One event and one job per subscriber, in the caller's transaction. No personal text in `data`.

    The events of a ticket that is being made are written with it.
    """
    now = clock.now()
    event = Event(
        office_id=ticket.office_id,
        ticket=ticket,
        name=name,
        step=ticket.step if step is None else step,
        from_status=statuses[0],
        to_status=statuses[1],
        by=by,
        as_what=as_what(by, ticket),
        data=data,
        at=at or now,
        recorded_at=now,
    )
    if ticket.is_being_made:
        ticket.gathered.append(event)
    else:
        event.save(force_insert=True)
        tell([event])
    return event
