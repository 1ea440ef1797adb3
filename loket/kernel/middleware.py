"""HTTP that concerns every page: headers and one-time keys."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation

from loket.kernel import once
from loket.kernel.errors import Conflict
from loket.kernel.models import OnceKey
from loket.kernel.routes import policy_of

Handler = Callable[[HttpRequest], HttpResponse]
Explainer = Callable[[HttpRequest, Conflict, dict[str, Any]], HttpResponse | None]
_explainers: list[Explainer] = []


def explains_conflicts(function: Explainer) -> Explainer:
    """Ask this function for the page about a conflict, with what the address named; None says nothing.

    A higher room knows what the other person did.
    """
    _explainers.append(function)
    return function


def explained(
    request: HttpRequest, conflict: Conflict, named: dict[str, Any]
) -> HttpResponse:
    """The first answer any room has, else the general one."""
    answers = (explain(request, conflict, named) for explain in _explainers)
    for answer in answers:
        if answer is not None:
            return answer
    return render(request, "409.html", {"reason": str(conflict)}, status=409)


def security_headers(handler: Handler) -> Handler:
    """Content security policy without any 'unsafe', and no page with data in a shared cache."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        response.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        response.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


def language(handler: Handler) -> Handler:
    """Indonesian first; English only for whoever chose it, whatever the browser was set up with."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(
            settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE
        )
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            response = handler(request)
        response.setdefault("Content-Language", known)
        return response

    return answer


def bounded(handler: Handler) -> Handler:
    """413 before the first byte is read of a body that no form of ours needs."""

    def answer(request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.UPLOAD_READ:
            return render(request, "413.html", status=413)
        return handler(request)

    return answer


class OnceMiddleware:
    """Runs every POST in one transaction together with its one-time key.

    Accepted (a redirect): the key remembers where it led, and a repetition is led there too.
    Refused: the key is free again. A conflict rolls everything back and says so (409).
    """

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        policy = policy_of(view)
        if request.method != "POST" or (policy and not policy.changes):
            return None
        key = str(request.POST.get(once.FIELD, ""))
        if not once.SHAPE.match(key):
            return render(request, "400.html", {"stale_form": True}, status=400)
        try:
            with transaction.atomic():
                return answered_once(
                    request, key, lambda: view(request, *args, **kwargs)
                )
        except Conflict as conflict:
            return explained(request, conflict, kwargs)


def answered_once(
    request: HttpRequest, key: str, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """The answer of the first request with this key, now or when it was given."""
    owner = once.owner_of(request.user.pk, request.META.get("CSRF_COOKIE", ""))
    if first := once.claim(key, owner=owner):
        return repeated(request, first, owner)
    return settled(answer(), key)


def repeated(request: HttpRequest, first: OnceKey, owner: str) -> HttpResponse:
    """The answer to a form that was sent before."""
    if first.owner != owner or not first.location:
        return render(request, "409.html", status=409)
    return HttpResponseRedirect(first.location)


def settled(response: HttpResponse, key: str) -> HttpResponse:
    """Keep the key of an accepted form, free the key of a refused one."""
    if isinstance(response, HttpResponseRedirect):
        once.settle(key, location=response.url)
    else:
        once.release(key)
    return response
