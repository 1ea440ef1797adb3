"""The classification of a ticket, for the office's log."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.tickets.actions.triage import set_triage
from loket.tickets.forms.triage import TriageForm
from loket.tickets.permissions import takes_tickets
from loket.tickets.queries.desk import at_desk, rail
from loket.tickets.queries.triage import triage_of
from loket.tickets.queries.words import service_title
from loket.tickets.views.carried_out import SignedIn, carried_out


def triage(request: SignedIn, number: str) -> HttpResponse:
    """Type, category, urgency and impact; the priority follows unless it is chosen."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    if not takes_tickets(request.user, ticket):
        raise PermissionDenied
    now = triage_of(ticket)
    form = TriageForm(request.POST or None, now=now)
    if request.method == "POST" and carried_out(form, partial(set_triage, ticket, by=request.user)):  # fmt: skip
        messages.success(request, _("Klasifikasi disimpan."))
        return redirect("tickets:ticket", number)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "service": service_title(ticket),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "tickets/triage.html", context, status=status)
