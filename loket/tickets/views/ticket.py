"""One ticket at the desk: its page, and what an officer does to it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.tickets import actions
from loket.tickets.actions.presence import look_in
from loket.tickets.forms import MessageForm, VerdictForm
from loket.tickets.models import Ticket
from loket.tickets.queries import asked_documents
from loket.tickets.queries.desk import at_desk, to_read
from loket.tickets.queries.merging import leads_on
from loket.tickets.queries.reasons import reasons_of
from loket.tickets.views.carried_out import SignedIn, carried_out, placed, refused_step
from loket.tickets.views.desk_page import show


def _found(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(at_desk(request.user), number=number)


def _to_read(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(to_read(request.user), number=number)


def ticket(request: SignedIn, number: str) -> HttpResponse:
    """Everything about one ticket on one page."""
    found = _to_read(request, number)
    if leads_to := leads_on(found):
        told = _("Tiket %(number)s digabung ke tiket ini.") % {"number": number}
        messages.info(request, told)
        return redirect("tickets:ticket", leads_to)
    return show(request, found)


def presence(request: SignedIn, number: str) -> HttpResponse:
    """The notice of who else has the ticket on his screen, asked again while the page stands open."""
    found = _found(request, number)
    context = {"ticket": found, "others": look_in(found, by=request.user)}
    return render(request, "tickets/_others.html", context)


def step(request: SignedIn, number: str, step: str) -> HttpResponse:
    """Complete the current step, or record an optional one that was passed."""
    if refused := refused_step(request, _found(request, number), step):
        return show(request, _to_read(request, number), refused)
    messages.success(request, _("Langkah dicatat."))
    return redirect("tickets:ticket", number)


def verdict(request: SignedIn, number: str, requirement: str) -> HttpResponse:
    """Judge one document, then show the next one that waits."""
    asked = asked_documents(_found(request, number))
    document = next((each.document for each in asked if each.code == requirement), None)
    if document is None:
        raise Http404
    form = VerdictForm(request.POST, reasons=reasons_of(document.ticket.office))
    placed(form, f"berkas-{requirement}")

    def judge(after: int, **found: Any) -> None:
        finding = actions.Finding(**found)
        actions.judge(document, finding, by=request.user, after=after)

    if not carried_out(form, judge):
        return show(request, _to_read(request, number), (f"berkas-{requirement}", form))
    messages.success(request, _("Putusan disimpan."))
    return redirect(reverse("tickets:ticket", args=[number]) + "#berkas")


def message(request: SignedIn, number: str) -> HttpResponse:
    """Write to the applicant, or a note for colleagues."""
    form = placed(MessageForm(request.POST), "pesan")
    found = _found(request, number)
    if not carried_out(form, partial(actions.write_message, found, by=request.user)):
        return show(request, _to_read(request, number), ("pesan", form))
    internal = form.cleaned_data["is_internal"]
    messages.success(
        request, _("Catatan internal disimpan.") if internal else _("Balasan terkirim.")
    )
    return redirect("tickets:ticket", number)
