"""Puts the checks of a ticket together for the desk: answers, forms, and what holds the step up."""

from typing import Any

from django import forms

from loket.accounts.models import User
from loket.standards.kinds import KINDS
from loket.standards.pack import Register, Step
from loket.standards.queries import spec_of
from loket.tickets.forms import CheckForm, OverrideForm
from loket.tickets.models import Ticket
from loket.tickets.permissions import does_step, overrides_checks
from loket.tickets.queries import asked_checks, asked_documents
from loket.tickets.queries.checks import (
    AskedCheck,
    Gate,
    gates_of,
    is_outdated,
    register_of,
)
from loket.tickets.queries.desk import records_checks_at
from loket.tickets.queries.gates import trouble_words
from loket.tickets.queries.signatures import METERAI, stamps_found
from loket.tickets.queries.words import register_name, step_of, words
from loket.tickets.views.carried_out import Failed, placed
from loket.ui.forms import blank

CHECK, OVERRIDE = "periksa-", "kecuali-"  # begin the places of their forms


def checks_shown(ticket: Ticket, user: User, failed: Failed) -> dict[str, Any]:
    """What the page's partials need; one statement, another once a head let something pass."""
    asked = asked_checks(ticket)
    step = step_of(ticket, ticket.step) if ticket.is_open else None
    gates = gates_of(ticket, step, asked) if step else []
    may_override = overrides_checks(user, ticket)
    stamps = stamps_found(ticket, asked_documents(ticket))
    return {
        "checks": [_row(ticket, each, failed, stamps) for each in asked],
        "may_check": ticket.is_open and records_checks_at(user, ticket.office),
        "gates": [
            _gate(ticket, step, gate, failed, user if may_override else None)
            for gate in gates
            if step and gate.trouble
        ],
        "untouched": _untouched(ticket, step, asked, gates)
        if step and does_step(user, ticket, step)
        else "",
    }


def _row(
    ticket: Ticket, asked: AskedCheck, failed: Failed, stamps: list[str]
) -> dict[str, Any]:
    place, register = CHECK + asked.kind, register_of(ticket, asked.kind)
    before = step_of(ticket, asked.before) if asked.before else None
    return {
        "name": register_name(ticket.office, asked.kind),
        "check": asked.check,
        "earlier": asked.earlier,
        "before": words(before.text) if before else "",
        "url": register.url if register else None,
        "look_at": words(register.look_at) if register else "",
        "is_outdated": is_outdated(ticket, asked),
        "hints": stamps if asked.kind == METERAI else [],
        "place": place,
        "form": _kept(failed, place) or blank(_answer_form, asked.kind, register),
    }


def _answer_form(kind: str, register: Register | None) -> forms.Form:
    return placed(CheckForm(initial={"kind": kind}, register=register), CHECK + kind)


def _gate(
    ticket: Ticket, step: Step, gate: Gate, failed: Failed, head: User | None
) -> dict[str, Any]:
    """What holds the step up, or who let it pass; a form for a head who did not write the answer down."""
    kind, check = gate.asked.kind, gate.asked.check
    place = OVERRIDE + kind
    is_own = head is not None and check is not None and check.by_id == head.pk
    given = OverrideForm(initial={"kind": kind, "after": check.pk if check else 0})
    return {
        "text": trouble_words(ticket, step, gate),
        "name": register_name(ticket.office, kind),
        "kind": kind,
        "override": gate.override,
        "place": place,
        "form": (_kept(failed, place) or placed(given, place))
        if head and not is_own and not gate.is_open
        else None,
    }


def _untouched(
    ticket: Ticket, step: Step, asked: list[AskedCheck], gates: list[Gate]
) -> str:
    """Names of the registers nobody looked into, where that should have happened by now; they hold nothing up."""
    said = {gate.asked.kind for gate in gates}
    return ", ".join(
        register_name(ticket.office, each.kind)
        for each in asked
        if each.check is None
        and each.kind not in said
        and _is_due(ticket, step, each.before)
    )


def _is_due(ticket: Ticket, step: Step, before: str | None) -> bool:
    """At its step or once that was passed; without one when the service is delivered."""
    spec = spec_of(ticket.standard_id)
    way = [each.code for each in spec.steps_for(ticket.route, ticket.applicant_kind)]
    if before not in way:
        return KINDS[step.kind].delivers
    return way.index(before) <= way.index(step.code)


def _kept(failed: Failed, place: str) -> forms.Form | None:
    return failed[1] if failed[0] == place else None
