"""What was filled in, in full and on record; a request that waits outside: its number, its package."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.standards.queries import spec_of
from loket.tickets.actions.asking import note_reference, show_form
from loket.tickets.actions.packing import pack_files
from loket.tickets.forms.asked import ChaseForm
from loket.tickets.models import Ticket
from loket.tickets.permissions import takes_tickets
from loket.tickets.queries.answers import facts_of, party_name, passed_on
from loket.tickets.queries.desk import at_desk, rail
from loket.tickets.queries.package import package_of
from loket.tickets.views.carried_out import SignedIn, carried_out
from loket.tickets.views.files import LOCKED_DOWN


def _found(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(at_desk(request.user), number=number)


def answers(request: SignedIn, number: str) -> HttpResponse:
    """The form with its identity numbers, once; loading the page again is recorded again (G11)."""
    ticket = _found(request, number)
    said = show_form(ticket, by=request.user)
    spec = spec_of(ticket.standard_id)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "facts": facts_of(spec, ticket, said, in_full=True),
    }
    return render(request, "tickets/answers.html", context)


def chase(request: SignedIn, number: str) -> HttpResponse:
    """Note the number of the other side, or that it was asked how far it is."""
    ticket = _found(request, number)
    if not takes_tickets(request.user, ticket):
        raise PermissionDenied
    form = ChaseForm(request.POST)
    if carried_out(form, partial(note_reference, ticket, by=request.user)):
        messages.success(request, _("Tercatat."))
    else:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect("tickets:ticket", number)


def package(request: SignedIn, number: str) -> HttpResponse:
    """What to paste into the form of the other side, field by field."""
    ticket = _found(request, number)
    escalation = passed_on(ticket).select_related("ticket__office").first()
    if escalation is None:
        raise Http404
    context: dict[str, Any] = {
        "ticket": ticket,
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "party": party_name(escalation),
        "fields": package_of(escalation),
    }
    return render(request, "tickets/package.html", context)


def package_files(request: SignedIn, number: str) -> HttpResponse:
    """The uploads of the ticket in one ZIP."""
    ticket = _found(request, number)
    data = pack_files(ticket, by=request.user)
    name = f"{ticket.number.lower()}.zip"
    headers = {**LOCKED_DOWN, "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/zip", headers=headers)
