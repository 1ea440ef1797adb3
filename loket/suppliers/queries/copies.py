"""Filled letters as PDF: what one says now, how far it is, and which are past their days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import F, Q, QuerySet

from loket.accounts.models import User
from loket.kernel import clock
from loket.offices.models import Office
from loket.standards.models import Print
from loket.standards.queries import prints_of
from loket.suppliers.models import FilledLetter
from loket.suppliers.queries.letters import Sheet, filled_for, paper_html
from loket.tickets.models import Ticket
from loket.tickets.permissions import is_party, takes_tickets

KILOBYTE = 1024
STYLE = (
    "1"  # raise it when a style sheet of letters changes, and no old PDF is handed out
)
# A letter is printed, signed and brought or uploaded within days; the PDF is then a second copy of identity numbers
KEPT = timedelta(days=7)
PATIENCE = timedelta(minutes=10)  # whoever has waited so long finds the button again
AGAIN = timedelta(hours=1)  # so long a job that was lost is enqueued once more


@dataclass(frozen=True)
class Copy:
    """How far the PDF of a letter is: `state` is none, waiting, changed or ready."""

    state: str
    pages: int = 0
    kilobytes: int = 0
    until: datetime | None = None


def html_of(
    ticket: Ticket, code: str, *, language: str, with_identity: bool
) -> str | None:
    """The whole page of a filled letter; None where this applicant has none of this code."""
    sheet = filled_for(ticket, code, language=language, with_identity=with_identity)
    return paper_html(ticket.office, sheet) if sheet else None


def digest_of(html: str) -> str:
    """What a letter says and how it looks, as one number."""
    return sha256(f"{STYLE}\n{html}".encode()).hexdigest()


def may_prepare(user: User, ticket: Ticket) -> bool:
    """Parties for themselves, and officers who work on the ticket; an auditor reads the page."""
    return is_party(user, ticket) or takes_tickets(user, ticket)


def copies_of(ticket: Ticket) -> QuerySet[FilledLetter]:
    """The filled letters of a ticket with their files."""
    found = FilledLetter.objects.filter(ticket=ticket)
    return found.select_related("file__office", "file__key__office")


def copy_of(ticket: Ticket, sheet: Sheet, *, with_identity: bool) -> Copy:
    """How far the PDF of this letter is. One statement."""
    known = copies_of(ticket).filter(
        letter=sheet.code, language=sheet.language, with_identity=with_identity
    )
    return state_of(known.first(), paper_html(ticket.office, sheet))


def state_of(copy: FilledLetter | None, html: str) -> Copy:
    """A drawn letter is handed out only while it says what it would say now."""
    if copy is None:
        return Copy("none")
    if copy.file and copy.drawn_at and copy.content == digest_of(html):
        file = copy.file
        return Copy("ready", file.pages, _kilobytes(file.size), copy.drawn_at + KEPT)
    if copy.is_waiting and clock.now() < copy.asked_at + PATIENCE:
        return Copy("waiting")
    return Copy("changed" if copy.file else "none")


def blank_copy(office: Office, sheet: Sheet) -> Copy:
    """The same for a blank letter, which a timetable draws. One statement."""
    drawn = prints_of(office, None, letter=sheet.code)
    one = drawn.get(f"{Print.Kind.LETTER}.{sheet.language}")
    return Copy("ready", one.pages, _kilobytes(one.size)) if one else Copy("waiting")


def _kilobytes(size: int) -> int:
    return -(-size // KILOBYTE)


def unfinished() -> QuerySet[FilledLetter]:
    """Asked for lately and not drawn: the worker is busy, or was killed over it."""
    waiting = Q(drawn_at=None) | Q(drawn_at__lt=F("asked_at"))
    return FilledLetter.objects.filter(waiting, asked_at__gt=clock.now() - AGAIN)


def past_keeping() -> QuerySet[FilledLetter]:
    """Those drawn longer ago than they are kept, and those asked for and never drawn."""
    before = clock.now() - KEPT
    never = Q(drawn_at=None, asked_at__lt=before)
    return FilledLetter.objects.filter(Q(drawn_at__lt=before) | never)
