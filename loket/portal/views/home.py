"""The front page of the installation, and where a signed-in person begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.access_rights.queries import holds_access
from loket.accounts.models import User
from loket.offices.permissions import is_officer
from loket.offices.registers import notice
from loket.portal.forms import CodeForm
from loket.portal.queries import office_rows, registration_steps
from loket.suppliers.queries import TERMS_VERSION


def home(request: HttpRequest) -> HttpResponse:
    """Every office with its state now, the look-up of a ticket, the way to an account (F2)."""
    context = {
        "rows": office_rows(),
        "steps": registration_steps(),
        "lookup": CodeForm(),
    }
    return render(request, "portal/home.html", context)


def credits_of_data(request: HttpRequest) -> HttpResponse:
    """Origin and licences of the registers that come with the installation."""
    return render(request, "portal/credits.html", {"notice": notice()})


def terms(request: HttpRequest) -> HttpResponse:
    """What whoever registers consents to, readable before anything is typed (F6, F11)."""
    context = {
        "version": TERMS_VERSION,
        "terms": f"suppliers/terms/{TERMS_VERSION}.html",
    }
    return render(request, "portal/terms.html", context)


def start(request: HttpRequest) -> HttpResponse:
    """After sign-in: officers to their desk, officials to their access, everybody else to their tickets."""
    if is_officer(request.user):
        return redirect("tickets:desk")
    is_official = isinstance(request.user, User) and holds_access(request.user)
    return redirect("access_rights:mine" if is_official else "tickets:mine")
