"""The desk's front door."""

from django.http import Http404, HttpRequest, HttpResponse


def desk(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404
