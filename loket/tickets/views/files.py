"""Page pictures and issued documents."""

from django.http import Http404, HttpRequest, HttpResponse


def page(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def issued(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def own_page(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def own_issued(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404
