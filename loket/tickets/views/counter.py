"""Pages for the counter: all documents judged on one form, and what must be mended on one sheet of paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.tickets import actions
from loket.tickets.forms import AllVerdictsForm
from loket.tickets.models import Ticket
from loket.tickets.permissions import judges
from loket.tickets.queries.corrections import documents_address, to_mend
from loket.tickets.queries.desk import rail, to_read
from loket.tickets.queries.documents import waiting_for_verdict
from loket.tickets.queries.reasons import reasons_of
from loket.tickets.queries.words import service_title
from loket.tickets.views.carried_out import SignedIn
from loket.ui import qr


def _to_read(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(to_read(request.user), number=number)


def all_documents(request: SignedIn, number: str) -> HttpResponse:
    """One answer for each document that waits, the way they lie on the counter; none is chosen before."""
    ticket = _to_read(request, number)
    if not judges(request.user, ticket):
        raise PermissionDenied
    asked = waiting_for_verdict(ticket)
    sent = request.POST if request.method == "POST" else None
    form = AllVerdictsForm(sent, asked=asked, reasons=reasons_of(ticket.office))
    if sent is not None and _judged(ticket, form, by=request.user):
        messages.success(request, _("Putusan disimpan."))
        return redirect("tickets:ticket", number)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "service": service_title(ticket),
        "rail": rail(ticket.office, request.user),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "tickets/all_documents.html", context, status=status)


def _judged(ticket: Ticket, form: AllVerdictsForm, *, by: User) -> bool:
    """Carry the answers out; what is refused stands at its document."""
    if not form.is_valid():
        return False
    found = {
        code: (actions.Finding(*said[:4]), said[4])
        for code, said in form.found().items()
    }
    try:
        actions.judge_all(ticket, found, by=by)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def corrections(request: SignedIn, number: str) -> HttpResponse:
    """What must be mended, for the printer of the counter."""
    ticket = _to_read(request, number)
    address = documents_address(ticket)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "service": service_title(ticket),
        "mend": to_mend(ticket),
        "address": address,
        "qr": qr.svg(
            address, _("Kode QR ke halaman %(address)s") % {"address": address}
        ),
    }
    return render(request, "tickets/corrections.html", context)
