"""What pages read of a ticket: lists, progress, clock, documents, timeline."""

from loket.tickets.queries.checks import AskedCheck, asked_checks
from loket.tickets.queries.documents import AskedDocument, asked_documents
from loket.tickets.queries.progress import (
    ClockFace,
    StepState,
    clock_face,
    pending_optional,
    progress,
)
from loket.tickets.queries.reading import (
    by_public_code,
    readable_code,
    timeline,
)
from loket.tickets.queries.worklists import WORKLISTS, Worklist, counts, worklist

__all__ = [
    "WORKLISTS",
    "AskedCheck",
    "AskedDocument",
    "ClockFace",
    "StepState",
    "Worklist",
    "asked_checks",
    "asked_documents",
    "by_public_code",
    "clock_face",
    "counts",
    "pending_optional",
    "progress",
    "readable_code",
    "timeline",
    "worklist",
]
