"""The page behind the link of an invitation. Whoever has the link reads the mail it was sent to."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loket.accounts.door import enter
from loket.accounts.models import User
from loket.offices import actions
from loket.offices.forms import NewcomerForm
from loket.offices.models import Invitation
from loket.offices.queries import account_for, invitation_of
from loket.offices.views.carried_out import carried_out


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Offer the role: to the account of this address when it is signed in, else say how to get there."""
    found = invitation_of(token)
    if found is None:
        return render(request, "offices/invitation_over.html", status=410)
    if request.user.is_authenticated:
        return _for_person(request, found, by=request.user)
    if account_for(found):
        return _shown(request, found, "sign_in")
    return _for_newcomer(request, found)


def _for_person(request: HttpRequest, found: Invitation, *, by: User) -> HttpResponse:
    if by.email.lower() != found.email.lower():
        return _shown(request, found, "other_account")
    if request.method == "POST":
        actions.accept(found, by=by)
        messages.success(request, _("Anda sekarang petugas kantor ini."))
        return redirect("portal:start")
    return _shown(request, found, "accept")


def _for_newcomer(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = NewcomerForm(request.POST or None, known=[found.email])
    join = partial(actions.accept_as_newcomer, found)
    if request.method == "POST" and carried_out(form, join):
        return _first_day(request, found)
    return _shown(request, found, "newcomer", form)


def _first_day(request: HttpRequest, found: Invitation) -> HttpResponse:
    """In at once, to set up the second factor: nobody who learns the password later comes first."""
    user = account_for(found)
    if user is None:
        return redirect("account_login")
    enter(request, user, by="password")
    messages.success(request, _("Akun Anda dibuat. Pasang faktor kedua sekarang."))
    return redirect("portal:start")


def _shown(request: HttpRequest, found: Invitation, case: str, form: NewcomerForm | None = None) -> HttpResponse:  # fmt: skip
    context = {"office": found.office, "invitation": found, "case": case, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "offices/invitation.html", context, status=status)
