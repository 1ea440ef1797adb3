"""A forgotten password: the same answer for everybody, then a link that is good once."""

from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loket.accounts.actions.passwords import use_reset
from loket.accounts.browsers import know
from loket.accounts.forms import ForgottenForm
from loket.accounts.password_fields import PasswordFields
from loket.accounts.queries import open_reset
from loket.accounts.tasks import ask_for_reset
from loket.accounts.throttles import RESET_ADDRESS, RESET_LOGIN, spend


def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. Too many wishes are left out silently: that too would tell something."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login = form.cleaned_data["login"]
        is_usual = spend(RESET_ADDRESS, get_ip(request))
        if spend(RESET_LOGIN, login.strip().casefold()) and is_usual:
            ask_for_reset(login.strip())
        return redirect("account_reset_sent")
    status = 422 if form.errors else 200
    return render(request, "accounts/forgotten.html", {"form": form}, status=status)


def sent(request: HttpRequest) -> HttpResponse:
    """Where to look for the mail."""
    return render(request, "accounts/forgotten_sent.html")


def link(request: HttpRequest, token: str) -> HttpResponse:
    """The new password, twice. Looking at the page uses nothing up."""
    reset = open_reset(token)
    if reset is None:
        return render(request, "accounts/link_over.html", status=410)
    user = reset.user
    known = (user.user_id, user.email, user.name)
    form = PasswordFields(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        user = use_reset(token, password=form.cleaned_data["password"])
        messages.success(request, _("Kata sandi baru tersimpan. Silakan masuk."))
        response = redirect("account_login")
        know(request, response, user)
        return response
    context = {"form": form, "person": user}
    status = 422 if form.errors else 200
    return render(request, "accounts/new_password.html", context, status=status)
