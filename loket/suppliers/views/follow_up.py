"""SIKaP: the desk's page of one follow-up and the office's list of open ones; what the supplier says."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.offices.queries import offices
from loket.suppliers.actions.follow_up import (
    Contact,
    not_yet,
    note_contact,
    promise_to_fill,
    say_filled,
    settle,
)
from loket.suppliers.forms.steps import NOT_YET, ContactForm, FilledForm, SettleForm
from loket.suppliers.models import FollowUp
from loket.suppliers.permissions import follows_up, reads_at
from loket.suppliers.queries.follow_up import (
    follow_up_of,
    office_rows,
    own_follow_up,
    page_of,
)
from loket.suppliers.steps import ending_of
from loket.suppliers.views.desk import OfficerRequest
from loket.suppliers.views.join import SignedIn
from loket.tickets.models import Ticket
from loket.tickets.queries.desk import at_desk, own_tickets, rail


def follow_up(request: OfficerRequest, number: str) -> HttpResponse:
    """Reminders, contacts, and how it ends; POST ends it."""
    ticket = _ticket(request, number)
    form = SettleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and _done(form, partial(_settle, ticket, request)):
        messages.success(request, _("Tindak lanjut SIKaP dicatat."))
        return redirect("suppliers:follow_up", number)
    return _page(request, ticket, settle_form=form)


def contact(request: OfficerRequest, number: str) -> HttpResponse:
    """Write down a call, a message or help at the counter."""
    ticket = _ticket(request, number)
    form = ContactForm(request.POST)

    def note(**said: Any) -> None:
        note_contact(ticket, Contact(**said), by=request.user)

    if _done(form, note):
        messages.success(request, _("Kontak dicatat."))
        return redirect("suppliers:follow_up", number)
    return _page(request, ticket, contact_form=form)


def list_of_office(request: OfficerRequest, office: str) -> HttpResponse:
    """Everybody whose data are not yet in SIKaP; those silent for too long come first."""
    place = get_object_or_404(offices(), slug=office)
    if not reads_at(request.user, place):
        raise Http404
    context = {
        "office": place,
        "rail": rail(place, request.user),
        "rows": office_rows(place),
    }
    return render(request, "suppliers/follow_ups.html", context)


def own_filled(request: SignedIn, number: str) -> HttpResponse:
    """The supplier says that its data are there, perhaps with a picture."""
    ticket = get_object_or_404(own_tickets(request.user), number=number)
    form = FilledForm(request.POST, request.FILES)

    def say(**_said: Any) -> None:
        say_filled(ticket, by=request.user, file=form.read())

    if _done(form, say):
        messages.success(request, _("Terima kasih. Petugas akan memeriksanya."))
        return redirect("tickets:own", number)
    found = _found(ticket)
    context = {"ticket": ticket, "office": ticket.office} | own_follow_up(found, form=form)  # fmt: skip
    return render(request, "suppliers/own_filled.html", context, status=422)


def own_promise(request: SignedIn, number: str) -> HttpResponse:
    """The supplier states that it will fill in SIKaP."""
    ticket = get_object_or_404(own_tickets(request.user), number=number)
    promise_to_fill(ticket, by=request.user)
    messages.success(request, _("Tercatat. Kami mengingatkan lewat e-mail bila perlu."))
    return redirect("tickets:own", number)


def _ticket(request: OfficerRequest, number: str) -> Ticket:
    return get_object_or_404(at_desk(request.user), number=number)


def _found(ticket: Ticket) -> FollowUp:
    found = follow_up_of(ticket)
    if found is None:
        raise Http404
    return found


def _settle(ticket: Ticket, request: OfficerRequest, **said: Any) -> None:
    if said["result"] == NOT_YET:
        not_yet(ticket, by=request.user, note=said["note"])
    else:
        settle(ticket, ending_of(said["result"], said), by=request.user)


def _done(form: forms.Form, action: Callable[..., Any]) -> bool:
    """Run it with what was typed; the reasons of a refusal stand at the fields."""
    if not form.is_valid():
        return False
    try:
        action(**form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _page(request: OfficerRequest, ticket: Ticket, **kept: forms.Form) -> HttpResponse:
    found = _found(ticket)
    refused = next((form for form in kept.values() if form.errors), None)
    context = {
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "ticket": ticket,
        "form": refused,
        "acts": found.is_open and ticket.is_open and follows_up(request.user, ticket),
        "settle_form": kept.get("settle_form") or SettleForm(),
        "contact_form": kept.get("contact_form") or ContactForm(auto_id="kontak-%s"),
        **page_of(found),
    }
    status = 422 if refused else 200
    return render(request, "suppliers/follow_up.html", context, status=status)
