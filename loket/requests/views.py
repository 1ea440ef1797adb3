"""Asking for a service: as whom, then the form; the ticket's own page follows."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.offices.models import Office
from loket.offices.queries import offices
from loket.requests.actions import Asked, submit
from loket.requests.forms import RequestForm
from loket.requests.queries import As, requestable, ways_to_ask
from loket.standards.models import Standard
from loket.standards.queries import spec_of
from loket.tickets.models import Ticket
from loket.tickets.queries.words import words

AS = "sebagai"  # in the address: as whom


class SignedIn(HttpRequest):
    """A request whose address only answers to somebody signed in."""

    user: User


def ask(request: SignedIn, office: str, service: str) -> HttpResponse:
    """Choose as whom where there is a choice, fill in the form, and read the number of the ticket."""
    place = get_object_or_404(offices(), slug=office)
    standard = requestable(place, service)
    if standard is None:
        raise Http404
    ways = ways_to_ask(request.user, place, spec_of(standard.pk))
    way = _chosen(ways, request.GET.get(AS, ""))
    if way is None:
        return _choose(request, place, standard, ways)
    return _fill(request, place, standard, way, several=len(ways) > 1)


def _chosen(ways: list[As], code: str) -> As | None:
    if len(ways) == 1:
        return ways[0]
    return next((each for each in ways if each.code == code), None)


def _choose(
    request: SignedIn, office: Office, standard: Standard, ways: list[As]
) -> HttpResponse:
    spec = spec_of(standard.pk)
    context = {
        "office": office,
        "service": spec.service,
        "title": words(spec.title),
        "ways": ways,
        "is_for_officials": spec.audience == "official",
    }
    return render(request, "requests/choose.html", context)


def _fill(
    request: SignedIn, office: Office, standard: Standard, way: As, *, several: bool
) -> HttpResponse:
    spec = spec_of(standard.pk)
    sent = request.POST if request.method == "POST" else None
    form = RequestForm(sent, spec=spec, way=way, office=office)
    if sent is not None and form.is_valid():
        ticket = _sent(form, standard, way, by=request.user)
        if ticket is not None:
            told = _("Permohonan diterima dengan nomor %(number)s.") % {"number": ticket.number}  # fmt: skip
            messages.success(request, told)
            return redirect("tickets:own", ticket.number)
    context = {
        "office": office,
        "service": spec.service,
        "title": words(spec.title),
        "lead": words(spec.description),
        "way": way,
        "several": several,
        "form": form,
        "documents": [
            (words(one.title), words(spec.facts[one.only_if]) if one.only_if else "")
            for _code, one in spec.documents_for(way.kind, {*spec.facts})
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "requests/form.html", context, status=status)


def _sent(form: RequestForm, standard: Standard, way: As, *, by: User) -> Ticket | None:
    """The ticket, or nothing with the reason at the form."""
    asked = Asked(way, form.route, form.facts, form.said)
    try:
        return submit(standard, asked, by=by)
    except ValidationError as error:
        form.add_error(None, error)
        return None
