"""An official asks for access: address, link, form with surat tugas. The answer is alike for every address."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext as _

from loket.access_rights.actions import begin, confirm, submit
from loket.access_rights.forms import AddressForm, NewOfficialForm, OfficialForm
from loket.access_rights.models import AccessRequest
from loket.access_rights.queries import (
    DRAFT,
    LINK_HOURS,
    account_of,
    draft_of,
    letter_types,
    request_by,
    rules_of,
)
from loket.offices.models import Office
from loket.offices.queries import offices
from loket.offices.views.carried_out import carried_out
from loket.standards.queries import settings_of
from loket.suppliers.actions import TooMany, admit, solve
from loket.suppliers.views.email import network_of
from loket.ui.templatetags.dates import jam

SENT_TO = "access_address"  # in the session, to show what was typed


def email(request: HttpRequest, office: str) -> HttpResponse:
    """The official address to send a link to."""
    place = _serving(office)
    form = AddressForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _address_page(request, place, form)
    way = "" if form.is_trapped else solve(form.sent)
    if not way:
        form.ask_again()
        return _address_page(request, place, form)
    try:
        admit(place, network=network_of(request), way=way)
    except TooMany as full:
        until = jam(full.until, place.zone)
        form.refuse(_("Terlalu banyak permintaan. Coba lagi mulai pukul %(time)s.") % {"time": until})  # fmt: skip
        return _address_page(request, place, form, status=429)
    begin(place, email=form.cleaned_data["email"], language=get_language() or "id")
    request.session[SENT_TO] = form.cleaned_data["email"]
    return redirect("access_rights:sent", place.slug)


def _address_page(request: HttpRequest, office: Office, form: AddressForm, status: int = 0) -> HttpResponse:  # fmt: skip
    context = {
        "office": office,
        "form": form,
        "heading": _("Akses untuk pejabat pengadaan"),
        "stage": 1,
        "back": "",
        "outside": "",
    }
    status = status or (422 if form.errors else 200)
    return render(request, "access_rights/email.html", context, status=status)


def sent(request: HttpRequest, office: str) -> HttpResponse:
    """The same for every address."""
    place = _serving(office)
    context = {"office": place, "address": request.session.get(SENT_TO, ""), "hours": LINK_HOURS}  # fmt: skip
    return render(request, "access_rights/sent.html", context)


def link(request: HttpRequest, office: str, token: str) -> HttpResponse:
    """A page with one button: programs that only look at links use nothing up."""
    place = _serving(office)
    is_open = request_by(token, place) is not None
    if request.method == "POST" and is_open:
        asked = confirm(token)
        request.session.cycle_key()
        request.session[DRAFT] = asked.pk
        return redirect("access_rights:details", place.slug)
    context = {"office": place, "is_open": is_open}
    return render(request, "access_rights/link.html", context, status=200 if is_open else 410)  # fmt: skip


def details(request: HttpRequest, office: str) -> HttpResponse:
    """Who the official is, with the surat tugas; sent in at once."""
    place = _serving(office)
    asked = draft_of(request.session.get(DRAFT, 0), place)
    if asked is None:
        return redirect("access_rights:email", place.slug)
    if asked.submitted_at is not None:
        return redirect("access_rights:done", place.slug)
    form = _form(request, asked)
    if request.method == "POST" and carried_out(form, lambda **_said: _send(asked, form)):  # fmt: skip
        return redirect("access_rights:done", place.slug)
    context = {"office": place, "asked": asked, "form": form}
    return render(request, "access_rights/details.html", context, status=422 if form.errors else 200)  # fmt: skip


def _form(request: HttpRequest, asked: AccessRequest) -> OfficialForm:
    said = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    how: dict[str, Any] = {"office": asked.office, "types": letter_types(asked.office)}
    if account_of(asked) is not None:
        return OfficialForm(*said, **how)
    rule = settings_of(asked.office).password
    return NewOfficialForm(*said, rule=rule, known=[asked.email], **how)


def _send(asked: AccessRequest, form: OfficialForm) -> None:
    letter = form.cleaned_data["letter"]
    submit(asked, form.official, letter, by=None, **form.account)


def done(request: HttpRequest, office: str) -> HttpResponse:
    """What happens next."""
    place = _serving(office)
    asked = draft_of(request.session.get(DRAFT, 0), place)
    if asked is None or asked.submitted_at is None:
        return redirect("access_rights:email", place.slug)
    return render(request, "access_rights/done.html", {"office": place, "asked": asked})


def _serving(slug: str) -> Office:
    """The office, when officials come in there."""
    office = get_object_or_404(offices(), slug=slug)
    if rules_of(office) is None:
        raise Http404
    return office
