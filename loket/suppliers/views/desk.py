"""The desk: a look at identity numbers, on record; a power of attorney that was brought on paper."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.standards.queries import spec_of
from loket.suppliers.actions import reveal
from loket.suppliers.actions.counter import record_power
from loket.suppliers.actions.proxies import Proxy
from loket.suppliers.forms.proxy import CounterPowerForm
from loket.suppliers.queries import identity_label, registration_of
from loket.suppliers.queries.people import owners_of
from loket.suppliers.queries.proxies import refusal
from loket.tickets.models import Ticket
from loket.tickets.queries.desk import at_desk, rail


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


def record_paper(request: OfficerRequest, number: str) -> HttpResponse:
    """Write down a letter nobody announced; where proxies are not taken it says why."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    registration = registration_of(ticket)
    if registration is None or registration.supplier is None:
        raise Http404
    owners = owners_of(registration.supplier)
    form = CounterPowerForm(request.POST or None, owners=owners)
    if (
        request.method == "POST"
        and form.is_valid()
        and _recorded(request, ticket, form)
    ):
        messages.success(request, _("Surat kuasa tercatat."))
        return redirect("tickets:ticket", number)
    context = {
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "ticket": ticket,
        "supplier": registration.supplier,
        "form": form,
        "refusal": refusal(spec_of(ticket.standard_id)),
    }
    status = 422 if form.errors else 200
    return render(request, "suppliers/power_record.html", context, status=status)


def _recorded(request: OfficerRequest, ticket: Ticket, form: CounterPowerForm) -> bool:
    said = dict(form.cleaned_data)
    grantor, _seen = said.pop("grantor"), said.pop("originals_seen")
    try:
        record_power(ticket, Proxy(**said), grantor=grantor, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
