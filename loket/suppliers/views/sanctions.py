"""A head lets an account stand still for an entry of the blacklist, and lifts that."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.suppliers.actions.sanctions import Entry, deactivate, lift
from loket.suppliers.forms.sanction import SanctionForm
from loket.suppliers.queries import registration_of
from loket.suppliers.queries.sanctions import is_running, sanctions_of
from loket.suppliers.views.desk import OfficerRequest
from loket.tickets.forms import NoteForm
from loket.tickets.models import Ticket
from loket.tickets.queries.desk import at_desk, rail
from loket.tickets.queries.hands import last_event
from loket.tickets.queries.keeping import ENDED
from loket.tickets.queries.proofs import proofs_of


def sanction(request: OfficerRequest, number: str) -> HttpResponse:
    """The history of the supplier's sanctions, and a new one."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    form = _form(ticket, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data | {"file": form.read()}
        try:
            deactivate(ticket, Entry(**said), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Akun penyedia dinonaktifkan."))
            return redirect("suppliers:sanction", number)
    return _page(request, ticket, form=form, lift_form=NoteForm(auto_id="cabut-%s"))


def lift_sanction(request: OfficerRequest, number: str, pk: int) -> HttpResponse:
    """Take a running one back, with the reason."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    found = next((each for each in _history(ticket) if each.pk == pk), None)
    if found is None:
        raise Http404
    form = NoteForm(request.POST, auto_id="cabut-%s")
    if not form.is_valid():
        return _page(request, ticket, form=_form(ticket), lift_form=form)
    lift(found, by=request.user, reason=form.cleaned_data["note"])
    messages.success(request, _("Penonaktifan dicabut. Akun dapat dipakai lagi."))
    return redirect("suppliers:sanction", number)


def _form(ticket: Ticket, *sent: Any) -> SanctionForm:
    """A ticket that ended keeps no more evidence."""
    return SanctionForm(*sent, takes_proof=ticket.status not in ENDED)


def _history(ticket: Ticket) -> list[Any]:
    registration = registration_of(ticket)
    if registration is None or registration.supplier is None:
        raise Http404
    return sanctions_of(registration.supplier)


def _page(request: OfficerRequest, ticket: Ticket, **shown: Any) -> HttpResponse:
    history = _history(ticket)
    errors = [each for each in shown.values() if each.errors]
    context = {
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "ticket": ticket,
        "seen_event": last_event(ticket),
        "history": [(each, is_running(each)) for each in history],
        "is_running": any(is_running(each) for each in history),
        "takes_proof": ticket.status not in ENDED,
        "proofs": proofs_of(ticket).get("daftar-hitam", []),
        "form": shown["form"],
        "lift_form": shown["lift_form"],
        "errors_of": errors[0] if errors else None,
    }
    status = 422 if errors else 200
    return render(request, "suppliers/sanction.html", context, status=status)
