"""The pages of an office: itself, one service, one published standard."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from loket.offices.queries import offices
from loket.portal.forms import CodeForm
from loket.portal.queries import office_page, service_page, standard_page


def office(request: HttpRequest, office: str) -> HttpResponse:
    """Hours now, services, places and contacts of one office."""
    found = get_object_or_404(offices(), slug=office)
    context = {"office": found, "page": office_page(found), "lookup": CodeForm()}
    return render(request, "portal/office.html", context)


def service(request: HttpRequest, office: str, service: str) -> HttpResponse:
    """One service as its standard in force promises it."""
    found = get_object_or_404(offices(), slug=office)
    if (page := service_page(found, service)) is None:
        raise Http404
    return render(request, "portal/service.html", {"office": found, "page": page})


def standard(
    request: HttpRequest, office: str, service: str, version: int
) -> HttpResponse:
    """One published version with all its components, whether it holds today or not (G1)."""
    found = get_object_or_404(offices(), slug=office)
    if (page := standard_page(found, service, version)) is None:
        raise Http404
    context = {"office": found, "service": service, "page": page}
    return render(request, "portal/standard.html", context)
