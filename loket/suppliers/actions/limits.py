"""How often a registration may be asked for: by network, by office, by address; counted in the database."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from loket.kernel import clock
from loket.kernel.crypto import digest
from loket.offices.models import Office
from loket.suppliers.captcha import Answer, Sent, answered, asked_key, proven

HOUR = timedelta(hours=1)
MAILS_AN_HOUR = (
    5  # to one address; more are held back, the links already sent keep working
)
RESENT_AFTER = timedelta(minutes=1)
# One network may be a whole building behind one address. Questions are read by machines too.
BY_NETWORK = {"proof": 30, "question": 3}
BY_OFFICE = {"proof": 600, "question": 30}


class TooMany(Exception):
    """Asked too often; `until` is when the next one is accepted."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def solve(sent: Sent) -> str:
    """Spend a puzzle: "proof", "question", or "" when it is wrong, over, or was used before.

    A wrong answer spends the question too, so that nobody tries all sums.
    """
    proof = proven(sent.proof) if sent.proof else None
    if proof and _spend(proof):
        return "proof"
    question = asked_key(sent.question)
    if question is None or sent.answer is None or not _spend(question):
        return ""
    return "question" if answered(sent.question, sent.answer) else ""


def _spend(puzzle: Answer) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO suppliers_spentpuzzle (key, expires_at) VALUES (%s, %s)"
            " ON CONFLICT DO NOTHING",
            [puzzle.key, puzzle.expires_at],
        )
        return bool(cursor.rowcount)


def admit(office: Office, *, network: str, way: str) -> None:
    """Count one more; raises TooMany when this network or this office had enough for the hour."""
    _count(f"network {way} {network}", BY_NETWORK[way])
    _count(f"office {way} {office.pk}", BY_OFFICE[way])


def held_until(email: str) -> datetime | None:
    """Count one more mail to an address; until when it waits if the address had enough, whosoever it is."""
    try:
        _count(f"address {email.casefold()}", MAILS_AN_HOUR)
    except TooMany as full:
        return full.until
    return None


@transaction.atomic
def _count(name: str, limit: int) -> None:
    """The hour begins with the first and is not prolonged by those that are refused."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO suppliers_tally AS old (bucket, began_at, count) VALUES (%(bucket)s, %(now)s, 1)"
            " ON CONFLICT (bucket) DO UPDATE SET"
            "  count = CASE WHEN old.began_at <= %(over)s THEN 1 ELSE old.count + 1 END,"
            "  began_at = CASE WHEN old.began_at <= %(over)s THEN %(now)s ELSE old.began_at END"
            " RETURNING began_at, count",
            {"bucket": digest(name, purpose="tally"), "now": now, "over": now - HOUR},
        )
        began, count = cursor.fetchone()
    if count > limit:
        raise TooMany(began + HOUR)
