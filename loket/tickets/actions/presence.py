"""Who else has this ticket on his screen (ADR 0025)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from loket.accounts.models import User
from loket.kernel import clock
from loket.tickets.models import Presence, Ticket
from loket.tickets.permissions import takes_tickets

SCREEN = timedelta(minutes=3)  # without a sign of life the page is taken as closed
KEPT = timedelta(days=1)
MARK = """
WITH mine AS (
  INSERT INTO tickets_presence (office_id, ticket_id, user_id, seen_at)
  VALUES (%(office)s, %(ticket)s, %(user)s, %(now)s)
  ON CONFLICT (ticket_id, user_id) DO UPDATE SET seen_at = EXCLUDED.seen_at
)
SELECT u.name, p.seen_at FROM tickets_presence p JOIN accounts_user u ON u.id = p.user_id
WHERE p.ticket_id = %(ticket)s AND p.user_id <> %(user)s AND p.seen_at > %(since)s
ORDER BY p.seen_at DESC
"""


@dataclass(frozen=True)
class Other:
    """A colleague with the same ticket on his screen, and since when nothing was heard of it."""

    name: str
    seen_at: datetime


def look_in(ticket: Ticket, *, by: User) -> list[Other]:
    """Note that this officer has the ticket on his screen; who else has, the latest first. One statement.

    Nobody is kept from anything: the notice only says it. Readers without a hand in tickets leave no trace.
    """
    if not ticket.is_open or not takes_tickets(by, ticket):
        return []
    now = clock.now()
    about: dict[str, Any] = {
        "office": ticket.office_id, "ticket": ticket.pk, "user": by.pk,
        "now": now, "since": now - SCREEN,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(MARK, about)
        return [Other(name, seen_at) for name, seen_at in cursor.fetchall()]


def forget_presence() -> int:
    """Delete old signs of life; how many."""
    old = Presence.objects.filter(seen_at__lt=clock.now() - KEPT)
    return old.delete()[0]
