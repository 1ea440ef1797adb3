"""The first gate: an address answers only to the methods and roles it was declared with."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from loket.kernel import fence
from loket.kernel.routes import APPLICANT, PUBLIC, SIGNED_IN, Policy, policy_of
from loket.offices.permissions import enter, standing

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
            # A form cannot be sent again after signing in; a page can be opened
            back = request.get_full_path() if request.method == "GET" else ""
            return redirect_to_login(back)
        if roles & ANYBODY_SIGNED_IN or roles & standing(request.user).roles:
            return None
        raise PermissionDenied
