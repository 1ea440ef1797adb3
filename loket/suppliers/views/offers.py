"""A ticket from the desk and an account that exists: the officer asks, the account's owner answers."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.suppliers.actions.offering import adopt, offer
from loket.suppliers.forms.claim import ClaimForm
from loket.suppliers.forms.offer import OfferForm
from loket.suppliers.queries.offers import offer_of, registers_with
from loket.suppliers.views.claim import remember
from loket.suppliers.views.join import SignedIn
from loket.tickets.actions.intake import check_claim
from loket.tickets.permissions import takes_tickets
from loket.tickets.queries.desk import at_desk, rail
from loket.tickets.views.carried_out import carried_out


def offer_ticket(request: SignedIn, number: str) -> HttpResponse:
    """Exact e-mail or tax number; the answer is the same whether there is an account or not."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    if not takes_tickets(request.user, ticket):
        raise PermissionDenied
    form = OfferForm(request.POST or None)
    if request.method == "POST" and carried_out(form, partial(offer, ticket, by=request.user)):  # fmt: skip
        messages.success(request, _("Surat dikirim bila akun itu ada. Pemiliknya yang memutuskan."))  # fmt: skip
        return redirect("tickets:ticket", number)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "suppliers/offer_ticket.html", context, status=status)


def ticket_offer(request: SignedIn, token: str) -> HttpResponse:
    """Behind the link of the letter: whoever owns the account also knows the number given at the desk."""
    found = offer_of(token, request.user)
    if found is None:
        return render(request, "suppliers/ticket_offer_over.html", status=410)
    office, form = found.ticket.office, ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        claim = check_claim(found.claim.code or "", phone, office=office)
        if claim is None:
            form.refuse()
        elif registers_with(claim.ticket, request.user):
            remember(request, claim)
            return redirect("suppliers:join", office.slug)
        else:
            adopt(claim, by=request.user)
            messages.success(request, _("Tiket ini sekarang tampil di akun Anda."))
            return redirect("tickets:own", claim.ticket.number)
    context = {"offer": found, "office": office, "form": form}
    status = 422 if form.errors else 200
    return render(request, "suppliers/ticket_offer.html", context, status=status)
