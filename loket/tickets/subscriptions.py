"""Who wants to know of which event, and the job that tells them.

Rooms subscribe in their `notifications`; writers know no reader.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from loket.kernel import clock
from loket.tickets.models import Delivery, Event

Subscriber = Callable[[Event], None]
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=3)
_subscribers: dict[str, Subscriber] = {}
_wanting: defaultdict[str, list[str]] = defaultdict(list)


def on(*events: str) -> Callable[[Subscriber], Subscriber]:
    """Call the function once, from a job, for each event of these names that committed."""

    def register(subscriber: Subscriber) -> Subscriber:
        name = f"{subscriber.__module__}.{subscriber.__qualname__}"
        _subscribers[name] = subscriber
        for event in events:
            _wanting[event].append(name)
        return subscriber

    return register


def tell(events: Iterable[Event]) -> None:
    """One job for each event and subscriber, all in one statement of the events' transaction."""
    jobs: list[JSONDict] = [
        {"event_id": event.pk, "name": name}
        for event in events
        for name in _wanting[event.name]
    ]
    if jobs:
        deliver.batch_defer(*jobs)


@app.task(queue="events", retry=AGAIN)
def deliver(event_id: int, name: str) -> None:
    """Give one event to one subscriber, once: its effects commit with the delivery's row."""
    with transaction.atomic():
        event = Event.objects.select_related("ticket", "office").get(pk=event_id)
        _, is_first = Delivery.objects.get_or_create(
            event_id=event_id,
            subscriber=name,
            defaults={"office_id": event.office_id, "at": clock.now()},
        )
        if is_first:
            _subscribers[name](event)
