"""Tickets on the remote way, and their video calls."""

from datetime import timedelta
from io import BytesIO

from PIL import Image

from loket.kernel import clock
from loket.offices.roles import Role
from loket.tickets.actions import Finding, give_document
from loket.tickets.queries import asked_documents
from loket.verification.actions import (
    Plan,
    begin,
    consent,
    judge_shown,
    keep_picture,
    propose,
    see_code,
)
from tests.factories.papers import pdf
from tests.factories.people import again, officer
from tests.factories.tickets import registration
from tests.factories.walking import complete


def give_all(ticket):
    """The applicant uploads what is missing."""
    for asked in asked_documents(ticket):
        if asked.is_missing:
            give_document(ticket, asked.code, by=again(ticket.applicant), data=pdf(), name="a.pdf")  # fmt: skip


def at_call(office, **how):
    """A remote ticket whose documents were uploaded and found complete, and who will call."""
    ticket = registration(office, route="remote", **how)
    give_all(ticket)
    complete(ticket, ticket.applicant)
    caller = officer(office, Role.HELPDESK, "Sekar Arum")
    complete(ticket, caller, complete=True)
    return ticket, caller


def plan(at=None, **how):
    """A call by telephone an hour from now, unless told otherwise."""
    at = at or clock.now() + timedelta(hours=1)
    return Plan(**{"at": at, "provider": "phone", "where": "0812 0000 0177"} | how)


def screenshot():
    """A picture of a call."""
    out = BytesIO()
    Image.new("RGB", (640, 400), "white").save(out, "PNG")
    return out.getvalue()


def judge_all(session, by, refused=()):
    """Each document that waits is shown: accepted, or refused as cut off."""
    for asked in asked_documents(session.ticket):
        if asked.state == "given":
            bad = asked.code in refused
            finding = Finding(not bad, not bad, "cut_off" if bad else "")
            judge_shown(session, asked.document, finding, by=again(by), after=asked.revision)  # fmt: skip


def held(ticket, by, refused=()):
    """A call in which everything was done but the end."""
    session = propose(ticket, plan(), by=again(by))
    return session, lambda: _hold(session, by, refused)


def _hold(session, by, refused):
    begin(session, by=again(by))
    consent(session, by=again(by))
    see_code(session, by=again(by))
    judge_all(session, by, refused)
    keep_picture(session, data=screenshot(), name="layar.png", by=again(by))
