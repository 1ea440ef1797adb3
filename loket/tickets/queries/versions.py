"""Every version of a document with what was found about it; a refused one stays to be seen (G6)."""

from dataclasses import dataclass, field

from django.urls import reverse

from loket.tickets.models import Document, Ticket, Verdict
from loket.tickets.queries.documents import AskedDocument, verdicts_of
from loket.tickets.queries.reading import has_happened
from loket.tickets.queries.reasons import reasons_of, title_of
from loket.ui.templatetags.dates import wib


@dataclass(frozen=True)
class VerdictLine:
    """What was found: by whom (for the office only), when, and why where it was refused."""

    verdict: Verdict
    who: str
    when: str
    reason: str


@dataclass(frozen=True)
class VersionRow:
    """One version: when it was given, its pages, and its verdicts, the last mind last."""

    number: int
    given: str
    by: str
    page_addresses: list[str]
    verdicts: list[VerdictLine] = field(default_factory=list)


def versions_of(
    ticket: Ticket, asked: AskedDocument, name: str, *, for_office: bool
) -> list[VersionRow]:
    """The newest first; `name` is the address of a page picture. No statement of its own."""
    return [
        VersionRow(
            each.version,
            wib(each.at, ticket.office.zone),
            each.given_by.name if for_office else "",
            page_addresses(ticket, each, name),
            [_line(ticket, one, for_office=for_office) for one in verdicts_of(each)],
        )
        for each in reversed(asked.versions)
    ]


def page_addresses(ticket: Ticket, document: Document | None, name: str) -> list[str]:
    """Where the pages of a version are shown; none when there is nothing to look at."""
    if document is None or document.file is None or not document.file.shows_pages:
        return []
    return [
        reverse(name, args=[ticket.number, document.pk, page])
        for page in range(1, document.file.pages + 1)
    ]


def _line(ticket: Ticket, verdict: Verdict, *, for_office: bool) -> VerdictLine:
    refused = not verdict.accepted
    return VerdictLine(
        verdict,
        verdict.by.name if for_office else "",
        wib(verdict.at, ticket.office.zone),
        title_of(verdict.reason, reasons_of(ticket.office)) if refused else "",
    )


def fresh(ticket: Ticket, asked: list[AskedDocument]) -> int:
    """How many documents came after the applicant was asked to mend them and wait for a verdict."""
    waiting = sum(each.state == "given" for each in asked)
    return waiting if waiting and has_happened(ticket, "correction_asked") else 0
