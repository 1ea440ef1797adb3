"""Letters to sign, as pages that print on A4: blank for everybody, filled for the applicant and his counter officer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from loket.offices.models import Office
from loket.offices.queries import offices
from loket.suppliers.queries.letters import Sheet, blank, filled_for
from loket.suppliers.views.join import SignedIn
from loket.tickets.models import Ticket
from loket.tickets.queries.desk import at_desk, own_tickets


def blank_letter(request: HttpRequest, office: str, letter: str) -> HttpResponse:
    """A letter of the office with lines to write on."""
    found = get_object_or_404(offices(), slug=office)
    return _shown(request, found, blank(found, letter, language=_language()))


def own_letter(request: SignedIn, number: str, letter: str) -> HttpResponse:
    """The letter with what the applicant told this office."""
    ticket = get_object_or_404(own_tickets(request.user), number=number)
    return _filled(request, ticket, letter, with_identity=True)


def letter_at_desk(request: SignedIn, number: str, letter: str) -> HttpResponse:
    """The same for printing at the counter, without identity numbers: those are looked at on record only."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    return _filled(request, ticket, letter, with_identity=False)


def _filled(
    request: SignedIn, ticket: Ticket, letter: str, *, with_identity: bool
) -> HttpResponse:
    sheet = filled_for(
        ticket, letter, language=_language(), with_identity=with_identity
    )
    return _shown(request, ticket.office, sheet, ticket)


def _shown(
    request: HttpRequest, office: Office, sheet: Sheet | None, ticket: Ticket | None = None
) -> HttpResponse:  # fmt: skip
    if sheet is None:
        raise Http404
    context = {"office": office, "sheet": sheet, "ticket": ticket}
    response = render(request, "suppliers/letters/letter.html", context)
    if ticket is not None:
        response["Cache-Control"] = "private, no-store"
    return response


def _language() -> str:
    return get_language() or "id"
