"""Demo video calls: planned, held with a picture as evidence, or missed."""

from datetime import datetime

from loket.accounts.models import User
from loket.kernel import clock
from loket.standards.kinds import KINDS
from loket.tickets.actions import Finding, complete_step
from loket.tickets.models import Ticket
from loket.tickets.queries import asked_documents
from loket.tickets.queries.words import step_of
from loket.tickets.seeds import applicant_of, sample_picture
from loket.verification.actions import (
    Plan,
    begin,
    consent,
    finish,
    judge_shown,
    keep_picture,
    miss,
    propose,
    see_code,
)
from loket.verification.models import Session
from loket.verification.queries import rules_of

PLACES = {"phone": "", "link": "https://rapat.contoh.example/loket"}


def plan_call(ticket: Ticket, at: datetime, *, by: User) -> Session:
    """Tell the applicant when the call will be, where the standard makes that a step too."""
    provider = rules_of(ticket).providers[0]
    where = PLACES[provider] or ticket.phone
    session = propose(ticket, Plan(at, provider, where, anyway=True), by=by)
    step = step_of(ticket, ticket.step)
    if step and not KINDS[step.kind].judges:
        complete_step(ticket, step, by=by, session=session.pk)
    return session


def hold_call(session: Session, *, by: User) -> None:
    """The applicant agreed, showed code and originals, and all was as it should be."""
    ticket = session.ticket
    begin(session, by=by)
    consent(session, by=applicant_of(ticket))
    see_code(session, by=by)
    for asked in asked_documents(ticket):
        if asked.document is not None and not asked.is_accepted:
            finding = Finding(accepted=True, original_seen=True)
            judge_shown(session, asked.document, finding, by=by, after=asked.revision)
    told = f"Panggilan video {ticket.number}, {clock.now():%d-%m-%Y}"
    keep_picture(session, data=sample_picture(told), name="layar.png", by=by)
    finish(session, by=by)


def miss_call(session: Session, *, by: User) -> None:
    """Nobody answered at the agreed time."""
    miss(session, by=by)
