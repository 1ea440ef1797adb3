"""Compares what clients were told with what is there, in plain SQL; and what must hold of every table."""

from collections import Counter
from dataclasses import dataclass, field

import psycopg

from tests.proofs.ledger import Account, Item

# Every item of a storm by its token; one row each, with how often it is there
ITEMS = {
    "upload": """SELECT f.sha256, count(*) FROM tickets_document d
        JOIN files_storedfile f ON f.id = d.file_id GROUP BY 1""",
    "message": "SELECT body, count(*) FROM tickets_message WHERE body LIKE 'butir-%' GROUP BY 1",
    "check": "SELECT note, count(*) FROM tickets_check GROUP BY 1",
    "verdict": """SELECT split_part(note, ' ', 1), max(times) FROM
        (SELECT note, count(*) AS times FROM tickets_verdict GROUP BY 1) v GROUP BY 1""",
    "step": """SELECT t.number || ' ' || e.step, count(*) FROM tickets_event e
        JOIN tickets_ticket t ON t.id = e.ticket_id
        WHERE e.name IN ('step_done', 'correction_asked') AND e.step <> 'daftar' GROUP BY 1""",
    "submit": """SELECT applicant_name, count(*) FROM tickets_ticket
        WHERE channel = 'portal' GROUP BY 1""",
    "page": """SELECT t.applicant_name || ' ' || page, 1 FROM tickets_ticket t,
        unnest(ARRAY['usaha', 'npwp', 'identitas']) page WHERE t.applicant_name LIKE 'CV Datang%'""",
    "intake": """SELECT applicant_name, count(*) FROM tickets_ticket
        WHERE channel = 'counter' GROUP BY 1""",
    "ask": """SELECT split_part(email, '@', 1), count(*) FROM suppliers_linkrequest
        WHERE email LIKE 'datang%' GROUP BY 1""",
    # The link by which a draft was prepared is used already
    "confirm": """SELECT split_part(r.email, '@', 1), count(*) - (r.email LIKE 'badai%')::int
        FROM suppliers_link l JOIN suppliers_registration r ON r.id = l.registration_id
        WHERE l.used_at IS NOT NULL GROUP BY r.email
        HAVING count(*) > (r.email LIKE 'badai%')::int""",
}
# What must never be found; each names what it counts
NEVER = {
    "open tickets that are nobody's turn, or ended ones that are somebody's": """
        SELECT count(*) FROM tickets_ticket WHERE (turn = 'nobody') = (status IN
        ('submitted', 'in_progress', 'waiting_applicant', 'waiting_outside'))""",
    "open tickets without exactly one running segment of their turn and step": """
        SELECT count(*) FROM tickets_ticket t WHERE t.turn <> 'nobody' AND 1 <>
        (SELECT count(*) FROM tickets_segment s WHERE s.ticket_id = t.id AND s.ended_at IS NULL
         AND s.turn = t.turn AND s.step = t.step)""",
    "segments that overlap": """
        SELECT count(*) FROM tickets_segment a JOIN tickets_segment b ON a.ticket_id = b.ticket_id
        AND a.id < b.id AND tstzrange(a.started_at, a.ended_at) && tstzrange(b.started_at, b.ended_at)""",
    "statuses that do not follow one another": """
        SELECT count(*) FROM (SELECT from_status, lag(to_status) OVER (PARTITION BY ticket_id ORDER BY id)
        AS before FROM tickets_event WHERE to_status <> '') e WHERE before <> from_status""",
    "gaps or repetitions in receipt numbers": """
        SELECT count(*) FROM (SELECT max(serial) - count(*) + count(*) - count(DISTINCT serial) AS wrong
        FROM tickets_issueddocument GROUP BY office_id, kind, year) g WHERE wrong <> 0""",
    "gaps or repetitions in ticket numbers": """
        SELECT count(*) FROM (SELECT max(right(number, 5)::int) - count(*) AS wrong
        FROM tickets_ticket GROUP BY office_id) g WHERE wrong <> 0""",
    "gaps in versions of documents": """
        SELECT count(*) FROM (SELECT max(version) - count(*) AS wrong FROM tickets_document
        GROUP BY ticket_id, requirement) g WHERE wrong <> 0""",
    "gaps in revisions of verdicts": """
        SELECT count(*) FROM (SELECT max(revision) - count(*) AS wrong FROM tickets_verdict
        GROUP BY document_id) g WHERE wrong <> 0""",
    "receipts that were never drawn": "SELECT count(*) FROM tickets_issueddocument WHERE file_id IS NULL",
    "jobs that failed or still wait": """
        SELECT count(*) FROM procrastinate_jobs WHERE status <> 'succeeded' AND NOT args ? 'timestamp'""",
    "mails that were not sent": "SELECT count(*) FROM kernel_mail WHERE sent_at IS NULL OR failed_at IS NOT NULL",
}
# Events that must have led to exactly one mail, by the key of its promise
MAILS = {
    "submitted": ("submit", "t.channel = 'portal'"),
    "received": ("submit", "t.email <> ''"),
    "correction": ("correction_asked", "true"),
    "activated": ("activate", "true"),
}


@dataclass
class Findings:
    """What is wrong, and what is only worth knowing."""

    lost: list[Item] = field(default_factory=list)
    doubled: list[Item] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)
    left_and_there: int = 0
    said_503_yet_there: int = 0
    sent_twice: int = 0

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or any(self.broken.values()))


def compare(account: Account, link: psycopg.Connection) -> Findings:
    """Acknowledged: there as often as acknowledged. Left without an answer: once or not at all. Refused: not at all."""
    found = Findings()
    there = items(link)
    known = account.acknowledged.keys() | account.left.keys() | account.refused.keys()
    for item in sorted(known | there.keys()):
        least = account.acknowledged[item]
        found.lost += [item] * max(0, least - there[item])
        found.doubled += [item] * max(0, there[item] - least - account.left[item])
        extra = min(account.left[item], max(0, there[item] - least))
        found.left_and_there += extra
        found.said_503_yet_there += min(extra, account.left_after_503[item])
    found.broken = {name: count_of(link, sql) for name, sql in NEVER.items()}
    return found


def items(link: psycopg.Connection) -> Counter[Item]:
    """All items in the tables."""
    found: Counter[Item] = Counter()
    for kind, sql in ITEMS.items():
        for token, times in link.execute(sql):
            found[kind, token] = times
    return found


def count_of(link: psycopg.Connection, sql: str) -> int:
    """The one number of a statement."""
    row = link.execute(sql).fetchone()
    return int(row[0]) if row else 0


def mails(link: psycopg.Connection, taken: Counter[str], found: Findings) -> None:
    """Each event's mail was promised once and arrived; two copies with one Message-ID are one mail (ADR 0023)."""
    for template, (event, which) in MAILS.items():
        name = f"events without exactly one mail {template!r}"
        found.broken[name] = count_of(
            link,
            f"""SELECT count(*) FROM tickets_event e JOIN tickets_ticket t ON t.id = e.ticket_id
            WHERE e.name = '{event}' AND {which} AND 1 <> (SELECT count(*) FROM kernel_mail m
            WHERE m.template LIKE '%/{template}' AND m.key || ':' LIKE '{template}:' || e.id || ':%')""",  # noqa: S608 - words of this file
        )
    known = {row[0] for row in link.execute("SELECT message_id FROM kernel_mail")}
    found.broken["mails that never arrived"] = len(known - taken.keys())
    found.broken["mails nobody promised"] = len(taken.keys() - known)
    found.sent_twice = sum(times - 1 for times in taken.values())
