"""The first gate: an address answers only to the methods and roles it was declared with."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from loket.accounts import resending
from loket.accounts.sessions import mark_officer
from loket.accounts.strength import has_second_factor
from loket.kernel import fence
from loket.kernel.routes import APPLICANT, PUBLIC, SIGNED_IN, Policy, policy_of
from loket.offices.permissions import enter, is_officer, standing

ANYBODY_SIGNED_IN = {*SIGNED_IN, *APPLICANT}


def accepted(policy: Policy) -> set[str]:
    """The declared methods; HEAD only where GET is, for no other view expects to be merely asked."""
    return {*policy.methods, "HEAD"} if "GET" in policy.methods else {*policy.methods}


class EntranceMiddleware:
    """Every request runs in one transaction in which the database knows who asks (the second fence).

    A view that fails takes its transaction along; the page about it runs outside, as nobody.
    """

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as entered:
            request.entered = entered  # type: ignore[attr-defined]  # read below only
            return self.handler(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        policy = policy_of(view)
        if policy is None or not policy.asks_database:
            return
        asked = fence.request(lambda: enter(request.user))
        request.entered.enter_context(asked)  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        request.entered.__exit__(type(error), error, error.__traceback__)  # type: ignore[attr-defined]


class PolicyMiddleware:
    """Enforces `loket.kernel.routes.Policy`; an address without a policy is refused."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
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
        if (policy := policy_of(view)) is None:
            raise PermissionDenied
        if request.method not in accepted(policy):
            return HttpResponseNotAllowed(policy.methods)
        roles = set(policy.roles)
        if roles & set(PUBLIC):
            return None
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return past_the_door(request, roles)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """A page can be opened after signing in; a form is kept for whoever's session has just ended."""
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    is_kept = resending.keep(request)
    return redirect_to_login(reverse("account_resend") if is_kept else "")


def past_the_door(request: HttpRequest, roles: set[str]) -> HttpResponse | None:
    """Whether somebody signed in may go on. Officers need a session with their second factor."""
    on_duty = is_officer(request.user)
    mark_officer(request.session, is_officer=on_duty)
    if roles & set(SIGNED_IN):
        return None
    if on_duty and not has_second_factor(request):
        return redirect(reverse("mfa_index") + "?wajib=1")
    if roles & set(APPLICANT) or roles & standing(request.user).roles:
        return None
    raise PermissionDenied
