"""Second factors: the library's steps under loket's addresses, told to the session that took them."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from loket.accounts.actions import end_sessions
from loket.accounts.queries import (
    factors_of,
    has_recovery_codes,
    unused_codes_of,
)
from loket.accounts.strength import SECOND_FACTOR, has_second_factor
from loket.accounts.views.account import person


def index(request: HttpRequest) -> HttpResponse:
    """What is set up, and what can be. Officers without one get no further than this."""
    user = person(request)
    factors = factors_of(user)
    context = {
        "factors": factors,
        "has_codes": has_recovery_codes(user),
        "must_sign_in_again": bool(factors) and not has_second_factor(request),
        "is_needed": not has_second_factor(request) and "wajib" in request.GET,
    }
    return render(request, "mfa/index.html", context)


def download_codes(request: HttpRequest) -> HttpResponse:
    """The codes the page shows once, as a text file: only for whoever has them before him."""
    shown = request.POST.getlist("code")
    if not shown or shown != unused_codes_of(person(request)):
        raise Http404
    text = "\r\n".join(shown) + "\r\n"
    file = {"Content-Disposition": 'attachment; filename="kode-pemulihan.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=file)


class Adding:
    """A factor that is added counts for this session and ends the others.

    A session that was opened without the factor there is cannot add another one.
    """

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **said: Any) -> Any:
        if factors_of(person(request)) and not has_second_factor(request):
            return redirect("mfa_index")
        return super().dispatch(request, *args, **said)  # type: ignore[misc]  # of the library's view

    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)  # type: ignore[misc]  # of the library's view
        user = person(self.request)
        record_authentication(self.request, user, SECOND_FACTOR, type="added")
        end_sessions(user, but=self.request.session.session_key)
        return response


class AddApp(Adding, ActivateTOTPView):  # type: ignore[misc]  # the library is untyped
    """An authenticator app: QR code, secret, first code."""


class AddPasskey(Adding, AddWebAuthnView):  # type: ignore[misc]  # the library is untyped
    """A passkey of this device or of a security key."""


class Removing:
    """Only a session with the second factor may remove one."""

    def dispatch(self, request: HttpRequest, *args: Any, **said: Any) -> Any:
        if not has_second_factor(request):
            return redirect("mfa_index")
        return super().dispatch(request, *args, **said)  # type: ignore[misc]  # of the library's view


class RemoveApp(Removing, DeactivateTOTPView):  # type: ignore[misc]  # the library is untyped
    """Take the app away."""


class RemovePasskey(Removing, RemoveWebAuthnView):  # type: ignore[misc]  # the library is untyped
    """Take one passkey away."""

    success_url = reverse_lazy("mfa_index")


add_app, add_passkey = AddApp.as_view(), AddPasskey.as_view()
remove_app, remove_passkey = RemoveApp.as_view(), RemovePasskey.as_view()
