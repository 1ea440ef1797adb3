"""The desk's look at identity numbers: asked for by a button, on record, never on a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from loket.accounts.models import User
from loket.suppliers.actions import reveal
from loket.suppliers.queries import identity_label
from loket.tickets.models import Ticket
from loket.tickets.queries.desk import rail


class OfficerRequest(HttpRequest):
    """The policy let it through, so somebody is signed in."""

    user: User


def identity_numbers(request: OfficerRequest, number: str) -> HttpResponse:
    """The numbers in full, once; loading the page again asks again and is recorded again (G11)."""
    ticket = get_object_or_404(Ticket.objects.visible_to(request.user), number=number)
    supplier = reveal(ticket, by=request.user)
    context = {
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "ticket": ticket,
        "supplier": supplier,
        "identity_label": identity_label(supplier.identity_document),
    }
    return render(request, "suppliers/identity_numbers.html", context)
