"""Another address: asked for with the password, confirmed at the new one, stopped from the old one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loket.accounts.actions.emails import (
    ask_email_change,
    confirm_email_change,
    stop_email_change,
    stop_open_changes,
)
from loket.accounts.forms import ChangeEmailForm
from loket.accounts.queries import change_to_confirm, change_to_stop
from loket.accounts.throttles import EMAIL_CHANGES, spend
from loket.accounts.views.account import person


def change(request: HttpRequest) -> HttpResponse:
    """The wish. The answer is the same whoever has the address."""
    user = person(request)
    form = ChangeEmailForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        if spend(EMAIL_CHANGES, str(user.pk)):
            ask_email_change(user, email=form.cleaned_data["email"])
            messages.success(request, _("Tautan konfirmasi dikirim ke alamat baru."))
        else:
            messages.error(
                request, _("Terlalu banyak permintaan hari ini. Coba lagi besok.")
            )
        return redirect("account")
    status = 422 if form.errors else 200
    context = {"form": form, "person": user}
    return render(request, "accounts/change_email.html", context, status=status)


def cancel(request: HttpRequest) -> HttpResponse:
    """The owner thinks better of it."""
    stop_open_changes(person(request))
    messages.success(request, _("Perubahan alamat dibatalkan."))
    return redirect("account")


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the new mailbox: one button, then the hold begins."""
    found = change_to_confirm(token)
    if found is None:
        return render(request, "accounts/link_over.html", status=410)
    if request.method == "POST":
        confirm_email_change(token)
        return redirect("account_email_confirmed")
    return render(request, "accounts/confirm_email.html", {"change": found})


def confirmed(request: HttpRequest) -> HttpResponse:
    """From when the new address holds."""
    return render(request, "accounts/email_confirmed.html")


def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the old mailbox: one button that ends it all."""
    if change_to_stop(token) is None:
        return render(request, "accounts/link_over.html", status=410)
    if request.method == "POST":
        stop_email_change(token)
        return redirect("account_email_stopped")
    return render(request, "accounts/stop_email.html")


def stopped(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "accounts/email_stopped.html")
