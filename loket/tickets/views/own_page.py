"""Puts the applicant's two pages together: the ticket and its documents."""

from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from loket.accounts.models import User
from loket.files.actions import Limits
from loket.standards.queries import settings_of, spec_of
from loket.tickets import workflow
from loket.tickets.forms import ReplyForm, UploadForm
from loket.tickets.models import Ticket, Turn
from loket.tickets.panels import own_panels_of
from loket.tickets.permissions import asks_reopening, does_current_step, does_step
from loket.tickets.queries import asked_documents, readable_code
from loket.tickets.queries.answers import answers_of, party_name, waiting_outside
from loket.tickets.queries.checklist import AskedRow, rows_of, sums
from loket.tickets.queries.desk import issued_of
from loket.tickets.queries.documents import required_of
from loket.tickets.queries.keeping import Looked, looks_at
from loket.tickets.queries.points import points_of
from loket.tickets.queries.progress import progress, segments_of
from loket.tickets.queries.story import (
    clock_words,
    history,
    read_events,
    steps_shown,
)
from loket.tickets.queries.words import (
    document_title,
    route_title,
    service_title,
    step_of,
    turn_of,
    words,
)
from loket.tickets.views.carried_out import Failed, SignedIn, placed
from loket.tickets.views.desk_page import NOTHING, step_form, step_panel
from loket.ui.forms import blank
from loket.ui.navigation import own_letter

OWN_STEP = "tickets:own_step"
PAGES = ("tickets:own_page", "tickets:own_original")


@dataclass(frozen=True)
class UploadRow:
    """One asked document, who looked at it, the letter it is written on, and the form to give it, None while it cannot be given."""

    row: AskedRow
    form: forms.Form | None
    looked: list[Looked] = field(default_factory=list)
    letter: str = ""


def show_ticket(
    request: SignedIn, ticket: Ticket, failed: Failed = NOTHING
) -> HttpResponse:
    """Turn, clocks, steps, messages and history of the applicant's own ticket."""
    user = request.user
    events = read_events(ticket, for_office=False)
    segments = segments_of(ticket)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "form": failed[1],
        "service": service_title(ticket),
        "code": readable_code(ticket.public_code),
        "turn": turn_of(ticket, for_office=False),
        "route": route_title(ticket),
        "clock": clock_words(ticket, segments),
        "steps": steps_shown(ticket, events, segments, for_office=False),
        "points": points_of(ticket, events, for_office=False),
        "moments": history(ticket, events, for_office=False),
        "issued": [
            (each, document_title(ticket.office, each.kind))
            for each in issued_of(ticket)
        ],
        "message_form": failed[1]
        if failed[0] == "pesan"
        else blank(_reply_form, "pesan"),
        "seen_event": events[-1].pk if events else "",
        "may_ask_reopening": asks_reopening(user, ticket),
        "reopening_form": failed[1]
        if failed[0] == "buka-kembali"
        else blank(_reply_form, "buka-kembali"),
        "may_withdraw": workflow.WITHDRAW.is_open_for(user, ticket),
        "panels": own_panels_of(ticket, user),
        "answers": answers_of(ticket),
        "outside": _outside(ticket),
        "has_documents": bool(required_of(ticket)),
        "is_remote": spec_of(ticket.standard_id).is_remote(ticket.route),
        **_work(ticket, user, events, failed),
    }
    return render(
        request, "tickets/own.html", context, status=422 if failed[0] else 200
    )


def _outside(ticket: Ticket) -> dict[str, Any] | None:
    """Who has the request now, since when, and its number there."""
    waiting = waiting_outside(ticket) if ticket.turn == Turn.OUTSIDE else None
    return {"party": party_name(waiting), "escalation": waiting} if waiting else None


def _reply_form(place: str) -> forms.Form:
    return placed(ReplyForm(), place)


def _work(
    ticket: Ticket, user: User, events: list[Any], failed: Failed
) -> dict[str, Any]:
    """What the applicant does next, and the optional steps he may still record."""
    current = step_of(ticket, ticket.step) if ticket.is_open else None
    is_mine = (
        current is not None
        and ticket.turn == Turn.APPLICANT
        and does_step(user, ticket, current)
    )
    pending = [each.step for each in progress(ticket, events) if each.state == "open"]
    return {
        "now": step_form(ticket, current, failed, OWN_STEP)
        if current and is_mine
        else None,
        "step_panel": step_panel(ticket, current, user) if is_mine else None,
        "originals": [
            words(each.requirement.title)
            for each in asked_documents(ticket)
            if each.is_original_due
        ]
        if current and not is_mine
        else [],
        "pending": [
            step_form(ticket, step, failed, OWN_STEP)
            for step in pending
            if step.actor == "applicant"
        ],
    }


def show_documents(
    request: SignedIn, ticket: Ticket, failed: Failed = NOTHING
) -> HttpResponse:
    """The checklist with a place to upload each document that is missing or was refused."""
    user = request.user
    asked = asked_documents(ticket)
    rows = rows_of(ticket, asked, names=PAGES)
    gives = (
        ticket.is_open
        and ticket.turn == Turn.APPLICANT
        and does_current_step(user, ticket)
    )
    current = step_of(ticket, ticket.step) if gives else None
    limits, looked = limits_of(ticket), looks_at(ticket)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "form": failed[1],
        "rows": [
            replace(
                _upload_row(row, limits, failed, gives=gives),
                looked=looked.get(row.asked.code, []),
                letter=_letter(ticket, row),
            )
            for row in rows
        ],
        "gives": gives,
        "missing": sum(each.is_missing for each in asked),
        "sums": sums(asked),
        "limits": limits,
        "now": step_form(ticket, current, failed, OWN_STEP) if current else None,
    }
    return render(
        request, "tickets/documents.html", context, status=422 if failed[0] else 200
    )


def limits_of(ticket: Ticket) -> Limits:
    """What this office takes as an upload."""
    uploads = settings_of(ticket.office).uploads
    return Limits(types=uploads.types, at_most_mb=uploads.at_most_mb)


def _letter(ticket: Ticket, row: AskedRow) -> str:
    """The address of the letter to sign, where the office asks for this document on its own words."""
    code = row.asked.requirement.template
    return own_letter(ticket.number, code) if isinstance(code, str) else ""


def _upload_row(
    row: AskedRow, limits: Limits, failed: Failed, *, gives: bool
) -> UploadRow:
    place = f"unggah-{row.asked.code}"
    if not gives or row.asked.is_accepted:
        return UploadRow(row, None)
    if failed[0] == place:
        return UploadRow(row, failed[1])
    return UploadRow(row, placed(UploadForm(limits=limits), place))
