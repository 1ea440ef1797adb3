"""The officer's lists, what they are narrowed to, and the search over all of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from loket.offices.models import Office
from loket.tickets.actions.filters import forget_filter, save_filter
from loket.tickets.forms.lists import FilterForm, SaveFilterForm
from loket.tickets.queries import desk, worklist as tickets_in
from loket.tickets.queries.filters import (
    choices_of,
    narrowed,
    saved_links,
    with_choices,
)
from loket.tickets.queries.rows import rows
from loket.tickets.queries.search import search as tickets_with, tickets_of
from loket.tickets.views.carried_out import SignedIn, placed


def worklist(request: SignedIn, office: str, code: str) -> HttpResponse:
    """One list of one office, the nearest due time first."""
    return _shown(request, _office(request, office), code)


def _office(request: SignedIn, slug: str) -> Office:
    here = with_choices(desk.desks(request.user), request.user)
    found: Office = get_object_or_404(here, slug=slug)
    return found


def _shown(
    request: SignedIn, office: Office, code: str, save: SaveFilterForm | None = None
) -> HttpResponse:
    if (which := desk.list_of(code)) is None:
        raise Http404
    choices = choices_of(office)
    chosen = FilterForm(request.GET, options=choices.options)
    said = chosen.said
    tickets = narrowed(tickets_in(office, request.user, code), said, office)
    groups = desk.rail(office, request.user, code)
    pages = Paginator(tickets, desk.PAGE_ROWS)
    if not said:
        pages.count = desk.counted(groups)
    page = pages.get_page(request.GET.get("halaman"))
    context = {
        "office": office,
        "worklist": which,
        "page": page,
        "rows": rows(page.object_list),
        "rail": groups,
        "equation": desk.equation(groups),
        "takes": desk.takes_at(request.user, office),
        "filters": chosen,
        "one_service": "layanan" not in chosen.fields,
        "said": said,
        "query_string": urlencode(said),
        "saved": saved_links(office, choices.saved, code, chosen.asked),
        "ignored": chosen.asked.keys() - said.keys(),
        "form": save,
        "save_form": save or placed(SaveFilterForm(), "simpan"),
    }
    status = 422 if save else 200
    return render(request, "tickets/worklist.html", context, status=status)


def keep_filter(request: SignedIn, office: str, code: str) -> HttpResponse:
    """Keep what the list is narrowed to (the address says it) under a name."""
    at = _office(request, office)
    if desk.list_of(code) is None:
        raise Http404
    said = FilterForm(request.GET, options=choices_of(at).options).said
    form = SaveFilterForm(request.POST)
    if not placed(form, "simpan").is_valid():
        return _shown(request, at, code, form)
    name = form.cleaned_data["nama"]
    save_filter(at, name=name, worklist=code, said=said, by=request.user)
    messages.success(request, _("Saringan “%(name)s” disimpan.") % {"name": name})
    return _back(at, code, said)


def drop_filter(request: SignedIn, office: str, code: str) -> HttpResponse:
    """Let one of the officer's own views go."""
    at = _office(request, office)
    name = request.POST.get("nama", "")[:40]
    forget_filter(at, name=name, by=request.user)
    messages.success(request, _("Saringan “%(name)s” dihapus.") % {"name": name})
    return _back(at, code, {})


def _back(office: Office, code: str, said: dict[str, str]) -> HttpResponse:
    address = reverse("tickets:worklist", args=[office.slug, code])
    return redirect(f"{address}?{urlencode(said)}" if said else address)


def search(request: SignedIn) -> HttpResponse:
    """Tickets of the officer's offices by number, applicant, people and messages, ended ones too."""
    query = request.GET.get("q", "")[:100]
    hits = tickets_with(request.user, query)
    page = hits.page(request.GET.get("halaman"))
    context = {
        "query": query,
        "page": page,
        "is_more": hits.is_more,
        "rows": rows(tickets_of(request.user, page)),
    }
    return render(request, "tickets/search.html", context)
