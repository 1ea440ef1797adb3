"""The officer's lists."""

from django.http import Http404, HttpRequest, HttpResponse


def worklist(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def search(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404
