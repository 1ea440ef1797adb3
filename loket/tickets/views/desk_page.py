"""Puts the officer's ticket page together: what is read, and the forms he may send."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from loket.accounts.models import User
from loket.offices.permissions import may
from loket.offices.roles import Permission
from loket.standards.kinds import KINDS
from loket.standards.pack import Step
from loket.tickets.actions.presence import look_in
from loket.tickets.forms import (
    MessageForm,
    VerdictForm,
)
from loket.tickets.models import Ticket
from loket.tickets.panels import panels_of
from loket.tickets.permissions import does_step, judges, takes_tickets
from loket.tickets.queries import asked_documents
from loket.tickets.queries.answers import answers_of
from loket.tickets.queries.checklist import AskedRow, rows_of
from loket.tickets.queries.desk import issued_of, rail, replies_at
from loket.tickets.queries.points import points_of
from loket.tickets.queries.progress import StepState, progress, segments_of
from loket.tickets.queries.reasons import Reason, reasons_of
from loket.tickets.queries.signatures import signatures_of
from loket.tickets.queries.story import (
    clock_words,
    history,
    read_events,
    steps_shown,
)
from loket.tickets.queries.triage import triage_of
from loket.tickets.queries.versions import fresh
from loket.tickets.queries.words import (
    applicant_kind,
    document_title,
    route_title,
    service_title,
    step_of,
    turn_of,
    words,
)
from loket.tickets.steps import Panel, kind_of
from loket.tickets.views.carried_out import Failed, SignedIn, placed
from loket.tickets.views.desk_checks import checks_shown
from loket.tickets.views.holding import hands
from loket.ui.forms import blank

NOTHING: Failed = ("", forms.Form())
PAGES = ("tickets:page", "tickets:original")
DOCUMENT = "berkas-"  # begins the place of a verdict's form


@dataclass(frozen=True)
class StepForm:
    """A step this reader may complete now."""

    step: Step
    title: str
    button: str
    form: forms.Form
    address: str

    @property
    def where(self) -> str:
        """The other system in which it is done."""
        return words(self.step.where)

    @property
    def takes_documents(self) -> bool:
        """Whether documents are handed over at this step, so the page leads to where they are uploaded."""
        return KINDS[self.step.kind].receives


def show(request: SignedIn, ticket: Ticket, failed: Failed = NOTHING) -> HttpResponse:
    """The page; `failed` is the place and the form that was refused, then the answer is 422."""
    user = request.user
    events = read_events(ticket, for_office=True)
    states = progress(ticket, events)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "rail": rail(ticket.office, user),
        "form": failed[1],
        "others": look_in(ticket, by=user),
        **_head(ticket, user),
        **hands(ticket, user, events, failed),
        **_work(ticket, user, states, failed),
        **_documents(request, ticket, failed),
        **_side(ticket, user, failed),
        **_panels(ticket, user),
        **_asked(ticket, user),
        "moments": history(ticket, events, for_office=True),
        **_measured(ticket, events),
    }
    return render(
        request, "tickets/ticket.html", context, status=422 if failed[0] else 200
    )


def _head(ticket: Ticket, user: User) -> dict[str, Any]:
    return {
        "service": service_title(ticket),
        "kind": applicant_kind(ticket),
        "classified": triage_of(ticket),
        "may_classify": takes_tickets(user, ticket),
        "route": route_title(ticket),
        "turn": turn_of(ticket, for_office=True),
        "may_judge": judges(user, ticket),
    }


def _measured(ticket: Ticket, events: list[Any]) -> dict[str, Any]:
    segments = segments_of(ticket)
    return {
        "clock": clock_words(ticket, segments),
        "steps": steps_shown(ticket, events, segments, for_office=True),
        "points": points_of(ticket, events, for_office=True),
    }


def _work(
    ticket: Ticket, user: User, states: list[StepState], failed: Failed
) -> dict[str, Any]:
    """The step's own form and panel, and the optional ones that may still be recorded."""
    current = step_of(ticket, ticket.step) if ticket.is_open else None
    is_mine = current is not None and does_step(user, ticket, current)
    pending = [each.step for each in states if each.state == "open"]
    return {
        "now": step_form(ticket, current, failed) if current and is_mine else None,
        "pending": [
            step_form(ticket, step, failed)
            for step in pending
            if does_step(user, ticket, step)
        ],
    }


def _panels(ticket: Ticket, user: User) -> dict[str, Any]:
    """What the step shows and what the rooms above show, each template once."""
    current = step_of(ticket, ticket.step) if ticket.is_open else None
    of_step, of_rooms = step_panel(ticket, current, user), panels_of(ticket, user)
    if of_step and of_step.template in {each.template for each in of_rooms}:
        of_step = None
    return {"step_panel": of_step, "panels": of_rooms}


def _asked(ticket: Ticket, user: User) -> dict[str, Any]:
    """What was filled in; whoever may read identity numbers can have them in full."""
    may_see = may(user, Permission.IDENTITY_READ, ticket.office_id)
    address = reverse("tickets:answers", args=[ticket.number])
    return {"answers": answers_of(ticket), "reveal": address if may_see else ""}


def step_panel(ticket: Ticket, step: Step | None, user: User) -> Panel | None:
    """What the kind of the current step shows."""
    return kind_of(step).panel(ticket, step, user) if step else None


def step_form(
    ticket: Ticket, step: Step, failed: Failed, name: str = "tickets:step"
) -> StepForm:
    """The step with its form, or with the one that was refused."""
    kind, place = kind_of(step), f"langkah-{step.code}"
    form = failed[1] if failed[0] == place else placed(kind.form(ticket, step), place)
    address = reverse(name, args=[ticket.number, step.code])
    return StepForm(step, words(step.text), kind.button(ticket, step), form, address)


def _documents(request: SignedIn, ticket: Ticket, failed: Failed) -> dict[str, Any]:
    asked = asked_documents(ticket)
    rows = rows_of(ticket, asked, names=PAGES, for_office=True)
    refused = failed[0].startswith(DOCUMENT)
    wanted = (
        failed[0].removeprefix(DOCUMENT) if refused else request.GET.get("berkas", "")
    )
    chosen = _chosen(rows, wanted)
    return {
        "documents": rows,
        "chosen": chosen,
        "verdict": _verdict(ticket, chosen, failed),
        "fresh": fresh(ticket, asked),
        "signatures": signatures_of(ticket, chosen.asked.document) if chosen else [],
    }


def _chosen(rows: list[AskedRow], wanted: str) -> AskedRow | None:
    """The document asked for, else the first that waits for a verdict, else the first."""
    named = [row for row in rows if row.asked.code == wanted]
    waiting = [row for row in rows if row.asked.state == "given"]
    return next(iter([*named, *waiting, *rows]), None)


def _verdict(
    ticket: Ticket, chosen: AskedRow | None, failed: Failed
) -> forms.Form | SafeString | None:
    if chosen is None:
        return None
    place = DOCUMENT + chosen.asked.code
    if failed[0] == place:
        return failed[1]
    reasons = tuple(reasons_of(ticket.office).items())
    return blank(_verdict_form, place, chosen.asked.revision, reasons)


def _verdict_form(
    place: str, after: int, reasons: tuple[tuple[str, Reason], ...]
) -> forms.Form:
    form = VerdictForm(initial={"after": after}, reasons=dict(reasons))
    return placed(form, place)


def _message_form() -> forms.Form:
    return placed(MessageForm(), "pesan")


def _side(ticket: Ticket, user: User, failed: Failed) -> dict[str, Any]:
    kept = {failed[0]: failed[1]}
    issued = [
        (each, document_title(ticket.office, each.kind)) for each in issued_of(ticket)
    ]
    return {
        **checks_shown(ticket, user, failed),
        "issued": issued,
        "failed_at": failed[0],
        "may_reply": replies_at(user, ticket.office),
        "message_form": kept.get("pesan") or blank(_message_form),
    }
