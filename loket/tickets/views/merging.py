"""Two tickets of one person are made one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.tickets.actions.merging import merge as join
from loket.tickets.intake_forms import MergeForm
from loket.tickets.permissions import merges, takes_tickets
from loket.tickets.queries.desk import at_desk, rail
from loket.tickets.queries.hands import last_event
from loket.tickets.queries.merging import candidates
from loket.tickets.views.carried_out import SignedIn, carried_out


def merge(request: SignedIn, number: str) -> HttpResponse:
    """Choose the ticket that goes on in this one, and say why."""
    kept = get_object_or_404(at_desk(request.user), number=number)
    may = takes_tickets if request.method == "POST" else merges  # else a rival's 409
    if not may(request.user, kept):
        raise PermissionDenied
    form = MergeForm(
        request.POST or None, initial={"number": request.GET.get("tiket", "")}
    )

    def unite(number: str, note: str) -> None:
        other = at_desk(request.user).filter(number=number.upper()).first()
        if other is None:
            raise ValidationError({"number": _("Tiket ini tidak ada di kantor ini.")})
        join(kept, other, by=request.user, note=note)

    if request.method == "POST" and carried_out(form, unite):
        messages.success(request, _("Kedua tiket digabung."))
        return redirect("tickets:ticket", number)
    context: dict[str, Any] = {
        "ticket": kept,
        "office": kept.office,
        "rail": rail(kept.office, request.user),
        "form": form,
        "candidates": candidates(kept),
        "seen_event": last_event(kept),
    }
    status = 422 if form.errors else 200
    return render(request, "tickets/merge.html", context, status=status)
