"""Letters to sign, as page and as PDF: blank for everybody, filled for the applicant and his counter officer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from loket.offices.queries import offices
from loket.suppliers.actions.letters import prepare_letter
from loket.suppliers.queries.copies import blank_copy, copies_of, copy_of, may_prepare
from loket.suppliers.queries.letters import Sheet, blank, filled_for
from loket.tickets.models import Ticket
from loket.tickets.permissions import is_applicant
from loket.tickets.queries.desk import at_desk, own_tickets
from loket.tickets.views.carried_out import SignedIn
from loket.tickets.views.files import download
from loket.tickets.views.lost import explains_loss
from loket.ui.navigation import letter_pdf

PAGE = "suppliers/letters/letter.html"
OWN, DESK = "suppliers:own_letter", "suppliers:letter_at_desk"


def blank_letter(request: HttpRequest, office: str, letter: str) -> HttpResponse:
    """A letter of the office with lines to write on."""
    found = get_object_or_404(offices(), slug=office)
    sheet = blank(found, letter, language=_language())
    if sheet is None:
        raise Http404
    context = {
        "office": found,
        "sheet": sheet,
        "copy": blank_copy(found, sheet),
        "pdf": letter_pdf(office, letter, sheet.language),
    }
    return render(request, PAGE, context)


def own_letter(request: SignedIn, number: str, letter: str) -> HttpResponse:
    """The letter with what the applicant told this office."""
    return _page(request, _own(request, number), letter, OWN)


def prepare_own_letter(request: SignedIn, number: str, letter: str) -> HttpResponse:
    """Have its PDF drawn."""
    return _prepare(request, _own(request, number), letter, OWN)


@explains_loss
def own_letter_pdf(request: SignedIn, number: str, letter: str) -> HttpResponse:
    """The PDF, while it says what the letter says."""
    return _pdf(request, _own(request, number), letter, OWN)


def letter_at_desk(request: SignedIn, number: str, letter: str) -> HttpResponse:
    """The same for printing at the counter, without identity numbers: those are looked at on record only."""
    return _page(request, _at_desk(request, number), letter, DESK)


def prepare_letter_at_desk(request: SignedIn, number: str, letter: str) -> HttpResponse:
    """Have the counter's PDF drawn."""
    return _prepare(request, _at_desk(request, number), letter, DESK)


@explains_loss
def letter_pdf_at_desk(request: SignedIn, number: str, letter: str) -> HttpResponse:
    """The counter's PDF."""
    return _pdf(request, _at_desk(request, number), letter, DESK)


def _own(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(own_tickets(request.user), number=number)


def _at_desk(request: SignedIn, number: str) -> Ticket:
    return get_object_or_404(at_desk(request.user), number=number)


def _filled(
    request: SignedIn, ticket: Ticket, letter: str, name: str
) -> tuple[Sheet, bool]:
    """Identity numbers are for whoever asked himself, not for his staff, his proxy or the counter."""
    with_identity = name == OWN and is_applicant(request.user, ticket)
    sheet = filled_for(
        ticket, letter, language=_language(), with_identity=with_identity
    )
    if sheet is None:
        raise Http404
    return sheet, with_identity


def _page(request: SignedIn, ticket: Ticket, letter: str, name: str) -> HttpResponse:
    sheet, with_identity = _filled(request, ticket, letter, name)
    context = {
        "office": ticket.office,
        "sheet": sheet,
        "ticket": ticket,
        "copy": copy_of(ticket, sheet, with_identity=with_identity),
        "may_prepare": may_prepare(request.user, ticket),
        **_addresses(ticket, letter, name),
    }
    response = render(request, PAGE, context)
    response["Cache-Control"] = "private, no-store"
    return response


def _addresses(ticket: Ticket, letter: str, name: str) -> dict[str, Any]:
    parts = [ticket.number, letter]
    return {
        "prepare": reverse(f"{name}_prepare", args=parts),
        "pdf": reverse(f"{name}_pdf", args=parts),
    }


def _prepare(request: SignedIn, ticket: Ticket, letter: str, name: str) -> HttpResponse:
    sheet, with_identity = _filled(request, ticket, letter, name)
    prepare_letter(ticket, sheet, with_identity=with_identity, by=request.user)
    return redirect(f"{reverse(name, args=[ticket.number, letter])}#pdf")


def _pdf(request: SignedIn, ticket: Ticket, letter: str, name: str) -> HttpResponse:
    sheet, with_identity = _filled(request, ticket, letter, name)
    copy = copy_of(ticket, sheet, with_identity=with_identity)
    if copy.state != "ready":
        return redirect(name, ticket.number, letter)
    kept = copies_of(ticket).get(
        letter=letter, language=sheet.language, with_identity=with_identity
    )
    as_what = "party" if name == OWN else "officer"
    file_name = f"{letter}-{ticket.number}.{sheet.language}.pdf"
    return download(request, kept.file, file_name, as_what=as_what)


def _language() -> str:
    return get_language() or "id"
