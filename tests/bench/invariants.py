"""What must hold in a set, asked by SQL: each statement counts the rows that break a rule."""

from decimal import Decimal

from django.db import connection

from tests.bench.shape import (
    COMMON,
    COMMON_PERCENT,
    LONG,
    OPEN,
    RARE,
    RARE_TICKETS,
    Size,
)

WEIGHTY, NEAR = 1000, 0.02
BROKEN = {
    "ended tickets have an end, open ones none": "SELECT count(*) FROM tickets_ticket WHERE (turn = 'nobody') <> (ended_at IS NOT NULL)",
    "tickets are due only while they count": "SELECT count(*) FROM tickets_ticket WHERE due_at IS NOT NULL AND counting_from IS NULL",
    "open tickets have one running segment, ended ones none": "SELECT count(*) FROM tickets_ticket t WHERE (SELECT count(*) FROM tickets_segment s WHERE s.ticket_id = t.id AND s.ended_at IS NULL) <> (t.ended_at IS NULL)::int",
    "segments end after they began": "SELECT count(*) FROM tickets_segment WHERE ended_at < started_at",
    "every ticket begins with its submission": "SELECT count(*) FROM tickets_ticket t WHERE (SELECT name FROM tickets_event e WHERE e.ticket_id = t.id ORDER BY id LIMIT 1) <> 'submit'",
    "every ticket has an applicant and a supplier": "SELECT count(*) FROM tickets_ticket t WHERE NOT EXISTS (SELECT 1 FROM tickets_party p WHERE p.ticket_id = t.id) OR NOT EXISTS (SELECT 1 FROM suppliers_registration r WHERE r.ticket_id = t.id AND r.supplier_id IS NOT NULL)",
    "rows stand in the office of their ticket": "SELECT count(*) FROM tickets_event e JOIN tickets_ticket t ON t.id = e.ticket_id WHERE e.office_id <> t.office_id",
    "verdicts stand in the office of their document": "SELECT count(*) FROM tickets_verdict v JOIN tickets_document d ON d.id = v.document_id WHERE v.office_id <> d.office_id",
    "issued numbers have no gaps": "SELECT count(*) FROM (SELECT max(serial) - count(*) AS gap FROM tickets_issueddocument GROUP BY office_id, kind, year) g WHERE gap <> 0",
    "the next number is free": "SELECT count(*) FROM offices_sequence q WHERE kind = 'ticket' AND last <> (SELECT max(split_part(number, '-', 3)::int) FROM tickets_ticket t WHERE t.office_id = q.office_id)",
    "replies have their message": "SELECT count(*) FROM tickets_event e WHERE name = 'reply' AND NOT EXISTS (SELECT 1 FROM tickets_message m WHERE m.id = (e.data->>'message')::bigint AND m.ticket_id = e.ticket_id)",
}  # fmt: skip


WITH_WORD = "SELECT count(DISTINCT ticket_id) FROM tickets_message WHERE body LIKE '%%' || %s || '%%'"
TALKS = "SELECT count(*) FROM (SELECT count(*) AS n FROM tickets_message GROUP BY ticket_id) m WHERE "


def look(size: Size) -> dict[str, object]:
    """What is broken (nothing should be), and what the set is made of."""
    found = {
        "tickets": _one("SELECT count(*) FROM tickets_ticket"),
        "people": _one("SELECT count(*) FROM accounts_user WHERE user_id LIKE 'orang%'"),
        "officers": _one("SELECT count(DISTINCT user_id) FROM offices_membership"),
        "open %": round(100 * _one("SELECT avg((ended_at IS NULL)::int) FROM tickets_ticket"), 1),
        "messages": _one("SELECT count(*) FROM tickets_message"),
        "rare": _one(WITH_WORD, RARE),
        "common %": round(100 * _one(WITH_WORD, COMMON) / size.tickets, 1),
    }  # fmt: skip
    broken = {title: number for title, query in BROKEN.items() if (number := _one(query))}  # fmt: skip
    return found | {"broken": broken | _shape(size, found)}


def _shape(size: Size, found: dict[str, float]) -> dict[str, float]:
    """Where the set is not what was ordered; in a tiny one the models weigh too much for shares."""
    off = {
        "tickets": found["tickets"] - size.tickets,
        "rare": found["rare"] - RARE_TICKETS,
        "talks of other than two messages": _one(TALKS + "n <> 2") - 1,
        "long talks": _one(TALKS + "n = %s", LONG) - 1,
    }
    if size.tickets >= WEIGHTY:
        off["open"] = int(abs(found["open %"] / 100 - OPEN) > NEAR)
        off["common"] = int(abs(found["common %"] - COMMON_PERCENT) > 100 * NEAR)
    return {title: number for title, number in off.items() if number}


def _one(query: str, *said: object):
    with connection.cursor() as cursor:
        cursor.execute(query, said or None)
        found = cursor.fetchone()[0]
    return float(found) if isinstance(found, Decimal) else found
