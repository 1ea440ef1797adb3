"""Asking for a link and using it. The answer is the same for every address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext as _

from loket.offices.models import Office
from loket.offices.queries import offices
from loket.standards.queries import settings_of
from loket.suppliers.actions import begin, confirm
from loket.suppliers.forms import EmailForm
from loket.suppliers.queries import (
    DRAFT,
    is_link_open,
    outside_system,
    registration_spec,
)

ADDRESS = "registration_email"


def email(request: HttpRequest, office: str) -> HttpResponse:
    """The address to send the link to (F7)."""
    place = _registering(office)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begin(place, email=form.cleaned_data["email"], language=_language(place))
        request.session[ADDRESS] = form.cleaned_data["email"]
        return redirect("suppliers:sent", place.slug)
    context = {
        "office": place,
        "form": form,
        "heading": _("Daftar dengan e-mail"),
        "stage": 1,
        "back": "",
        "outside": outside_system(place),
    }
    status = 422 if form.errors else 200
    return render(request, "suppliers/email.html", context, status=status)


def sent(request: HttpRequest, office: str) -> HttpResponse:
    """ "Cek kotak masuk Anda" (F8)."""
    place = _registering(office)
    context = {
        "office": place,
        "address": request.session.get(ADDRESS, ""),
        "hours": settings_of(place).confirm_link.valid_hours,
    }
    return render(request, "suppliers/sent.html", context)


def link(request: HttpRequest, office: str, token: str) -> HttpResponse:
    """A page with one button: programs that only look at links use nothing up (F9)."""
    place = _registering(office)
    is_open = is_link_open(token, place)
    if request.method == "POST" and is_open:
        return _confirmed(request, token)
    context = {"office": place, "is_open": is_open}
    return render(
        request, "suppliers/link.html", context, status=200 if is_open else 410
    )


def _confirmed(request: HttpRequest, token: str) -> HttpResponse:
    """Bind the draft to this browser, under a session nobody else can have prepared."""
    draft = confirm(token)
    request.session.cycle_key()
    request.session[DRAFT] = draft.pk
    return redirect("suppliers:business", draft.office.slug)


def _registering(slug: str) -> Office:
    """The office, when it registers suppliers."""
    office = get_object_or_404(offices(), slug=slug)
    if registration_spec(office) is None:
        raise Http404
    return office


def _language(office: Office) -> str:
    language = get_language() or "id"
    return language if language in settings_of(office).languages else "id"
