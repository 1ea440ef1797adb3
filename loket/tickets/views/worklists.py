"""The officer's lists, and the search over all of them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from loket.tickets.queries import desk, worklist as tickets_in
from loket.tickets.queries.rows import rows
from loket.tickets.views.carried_out import SignedIn


def worklist(request: SignedIn, office: str, code: str) -> HttpResponse:
    """One list of one office, the nearest due time first."""
    if (which := desk.list_of(code)) is None:
        raise Http404
    at = get_object_or_404(desk.desks(request.user), slug=office)
    tickets = Paginator(tickets_in(at, request.user, code), desk.PAGE_ROWS)
    page = tickets.get_page(request.GET.get("halaman"))
    groups = desk.rail(at, request.user, code)
    context = {
        "office": at,
        "worklist": which,
        "page": page,
        "rows": rows(page.object_list),
        "rail": groups,
        "equation": desk.equation(groups),
        "takes": desk.takes_at(request.user, at),
    }
    return render(request, "tickets/worklist.html", context)


def search(request: SignedIn) -> HttpResponse:
    """Tickets of the officer's offices by number or applicant, ended ones too."""
    query = request.GET.get("q", "")[:100]
    found = Paginator(desk.search(request.user, query), desk.PAGE_ROWS)
    page = found.get_page(request.GET.get("halaman"))
    context = {"query": query, "page": page, "rows": rows(page.object_list)}
    return render(request, "tickets/search.html", context)
