"""The applicant's own tickets."""

from django.http import Http404, HttpRequest, HttpResponse


def mine(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def own(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def documents(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def upload(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def own_step(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def own_message(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404


def withdraw(request: HttpRequest, **where: str) -> HttpResponse:
    raise Http404
