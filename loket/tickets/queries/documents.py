"""The checklist of a ticket as it stands: each required document with its newest version and verdict."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from loket.files.models import Scan, StoredFile
from loket.standards.pack import Requirement
from loket.standards.queries import spec_of
from loket.tickets.models import Document, Ticket, Verdict


@dataclass(frozen=True)
class AskedDocument:
    """One line of the checklist."""

    code: str
    requirement: Requirement
    document: Document | None
    verdict: Verdict | None
    versions: tuple[Document, ...] = ()  # all that were given, the oldest first

    @property
    def version(self) -> int:
        return self.document.version if self.document else 0

    @property
    def revision(self) -> int:
        return self.verdict.revision if self.verdict else 0

    @property
    def file(self) -> StoredFile | None:
        return self.document.file if self.document else None

    @property
    def is_infected(self) -> bool:
        """The scanner found a virus: it counts as refused, whatever an officer said before."""
        return self.file is not None and self.file.scan == Scan.INFECTED

    @property
    def is_accepted(self) -> bool:
        accepted = self.verdict is not None and self.verdict.accepted
        return accepted and not self.is_infected

    @property
    def is_refused(self) -> bool:
        refused = self.verdict is not None and not self.verdict.accepted
        return refused or self.is_infected

    @property
    def is_judged(self) -> bool:
        """Whether an officer or the scanner has said what it is."""
        return self.verdict is not None or self.is_infected

    @property
    def is_missing(self) -> bool:
        """Nothing was given yet, or what was given was refused."""
        return self.document is None or self.is_refused

    @property
    def can_be_judged(self) -> bool:
        """Something was given, and it can be looked at."""
        return self.document is not None and (
            self.file is None or self.file.shows_pages
        )

    @property
    def is_original_due(self) -> bool:
        """The standard asks for the original, and no officer has written that he saw it."""
        is_seen = self.verdict is not None and self.verdict.original_seen
        return "original" in self.requirement.show and not is_seen

    @property
    def state(self) -> str:
        """missing, refused, given or accepted: one word for the page."""
        if self.is_accepted:
            return "accepted"
        if self.is_refused:
            return "refused"
        return "given" if self.document else "missing"


def asked_documents(ticket: Ticket) -> list[AskedDocument]:
    """The ticket's checklist in the order of its standard; two statements unless read `with_checklist`."""
    given: defaultdict[str, list[Document]] = defaultdict(list)
    for document in _given(ticket):
        given[document.requirement].append(document)
    return [_asked(code, one, given[code]) for code, one in required_of(ticket)]


def required_of(ticket: Ticket) -> list[tuple[str, Requirement]]:
    """What the standard asks of this applicant, and of whoever comes in his place (D9)."""
    spec = spec_of(ticket.standard_id)
    asked = spec.documents_for(ticket.applicant_kind, set(ticket.facts))
    return [*asked, *spec.proxy_documents()] if ticket.uses_proxy else asked


def waiting_for_verdict(ticket: Ticket) -> list[AskedDocument]:
    """What was given, can be looked at, and nobody has judged."""
    asked = asked_documents(ticket)
    return [each for each in asked if each.state == "given" and each.can_be_judged]


def given_documents() -> QuerySet[Document]:
    """Documents with their files and verdicts, the oldest version first."""
    found = Verdict.objects.select_related("by").order_by("revision")
    verdicts = Prefetch("verdicts", found, "in_order")
    given = Document.objects.select_related("file", "given_by")
    return given.prefetch_related(verdicts).order_by("version")


def with_checklist(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Read documents and verdicts along, for a page that asks for the checklist several times."""
    return tickets.prefetch_related(Prefetch("documents", given_documents()))


def _given(ticket: Ticket) -> Iterable[Document]:
    """Those read along with the ticket, until it is locked; else those of the moment."""
    known = getattr(ticket, "_prefetched_objects_cache", {})
    return (
        known["documents"]
        if "documents" in known
        else given_documents().filter(ticket=ticket)
    )


def _asked(
    code: str, requirement: Requirement, versions: list[Document]
) -> AskedDocument:
    document = versions[-1] if versions else None
    found = verdicts_of(document) if document else []
    verdict = found[-1] if found else None
    return AskedDocument(code, requirement, document, verdict, tuple(versions))


def verdicts_of(document: Document) -> list[Verdict]:
    """What was found about this version, the last mind last; read along by `given_documents`."""
    found: list[Verdict] = getattr(document, "in_order", [])
    return found
