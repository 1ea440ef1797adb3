"""Tables of the room: the ticket, its timeline and clock, its documents."""

from loket.tickets.models.asking import Escalation, Form, Said
from loket.tickets.models.checks import Check, CheckOverride, CheckResult
from loket.tickets.models.claim import Claim
from loket.tickets.models.desk import Presence, SavedFilter
from loket.tickets.models.documents import (
    Document,
    IssuedDocument,
    Verdict,
)
from loket.tickets.models.proofs import Proof
from loket.tickets.models.ticket import Outcome, Party, ShownAs, Status, Ticket, Turn
from loket.tickets.models.timeline import Delivery, Event, Message, Segment
from loket.tickets.models.triage import Triage

__all__ = [
    "Check",
    "CheckOverride",
    "CheckResult",
    "Claim",
    "Delivery",
    "Document",
    "Escalation",
    "Event",
    "Form",
    "IssuedDocument",
    "Message",
    "Outcome",
    "Party",
    "Presence",
    "Proof",
    "Said",
    "SavedFilter",
    "Segment",
    "ShownAs",
    "Status",
    "Ticket",
    "Triage",
    "Turn",
    "Verdict",
]
