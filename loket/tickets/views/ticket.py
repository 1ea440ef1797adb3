"""One ticket at the desk."""

from django.http import Http404, HttpRequest, HttpResponse


def ticket(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def take(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def step(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def verdict(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def check(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def message(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def reopen(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404
