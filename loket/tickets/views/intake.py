"""Intake at the desk: one short form, the stub to take along, and papers that came by mail."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from loket.standards.queries import settings_of
from loket.tickets.actions.intake import Arrival, Mail, receive, receive_papers
from loket.tickets.intake_forms import IntakeForm, PapersForm
from loket.tickets.models import Ticket
from loket.tickets.queries import asked_documents, readable_code
from loket.tickets.queries.desk import at_desk, desks, rail, takes_at
from loket.tickets.queries.intake import offers, readable_claim
from loket.tickets.queries.words import service_title, words
from loket.tickets.views.carried_out import SignedIn, carried_out
from loket.tickets.views.own_page import limits_of
from loket.ui.qr import svg

PAPERS_BY_MAIL = {"email", "letter", "whatsapp"}


def intake(request: SignedIn, office: str) -> HttpResponse:
    """Name and phone make a ticket (H16, G15)."""
    place = get_object_or_404(desks(request.user), slug=office)
    if not takes_at(request.user, place):
        raise PermissionDenied
    form = IntakeForm(request.POST or None, offered=offers(place))
    made: list[Ticket] = []

    def enter(**said: Any) -> None:
        made.append(receive(place, Arrival(**said), by=request.user))

    if request.method == "POST" and carried_out(form, enter):
        by_mail = made[0].channel in PAPERS_BY_MAIL
        page = "tickets:papers" if by_mail else "tickets:stub"
        return redirect(page, made[0].number)
    context = {"office": place, "rail": rail(place, request.user), "form": form}
    status = 422 if form.errors else 200
    return render(request, "tickets/intake.html", context, status=status)


def stub(request: SignedIn, number: str) -> HttpResponse:
    """Number, codes and what to bring, to print and take along."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    status = settings.SITE_URL + f"/lacak/{readable_code(ticket.public_code)}/"
    claim = readable_claim(ticket)
    link = settings.SITE_URL + f"/kantor/{ticket.office.slug}/daftar/loket/{claim}/"
    to_bring = [each.requirement for each in asked_documents(ticket) if each.is_missing]
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "service": service_title(ticket),
        "contacts": settings_of(ticket.office).contacts,
        "code": readable_code(ticket.public_code),
        "status_qr": svg(status, _("Status tiket %(number)s") % {"number": number}),
        "claim": claim,
        "claim_link": link,
        "claim_qr": svg(link, _("Daftar daring dengan tiket ini")) if claim else "",
        "titles": [words(each.title) for each in to_bring],
    }
    return render(request, "tickets/stub.html", context)


def papers(request: SignedIn, number: str) -> HttpResponse:
    """Scans that came by mail, given by the officer on the applicant's behalf (T3)."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    asked = [each for each in asked_documents(ticket) if each.is_missing]
    form = PapersForm(
        request.POST or None,
        request.FILES or None,
        asked=[(each.code, words(each.requirement.title)) for each in asked],
        limits=limits_of(ticket),
        initial={"sender": ticket.email},
    )
    refused: dict[str, list[str]] = {}
    give = partial(_give, ticket, refused, by=request)
    if request.method == "POST" and carried_out(form, give):
        messages.success(request, _("Berkas kiriman dicatat."))
        for code, reasons in refused.items():
            messages.error(request, f"{form.fields[code].label}: {' '.join(reasons)}")
        page = "tickets:papers" if refused else "tickets:ticket"
        return redirect(page, number)
    context = {
        "ticket": ticket,
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "form": form,
        "asked": asked,
        "stub": reverse("tickets:stub", args=[number]),
    }
    status = 422 if form.errors else 200
    return render(request, "tickets/papers.html", context, status=status)


def _give(
    ticket: Ticket, refused: dict[str, list[str]], *, by: SignedIn, **said: Any
) -> None:
    mail = Mail(said.pop("channel"), said.pop("sender"))
    files = {code: each for code, each in said.items() if each is not None}
    data = {code: (each.read(), each.name or "") for code, each in files.items()}
    refused.update(receive_papers(ticket, mail, data, by=by.user))
