"""Asking for a link, using it, and saying that somebody else asked. The answer is the same for every address."""

from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext as _

from loket.accounts.passwords import described
from loket.kernel import clock
from loket.offices.models import Office
from loket.offices.queries import offices
from loket.standards.queries import settings_of
from loket.suppliers.actions import (
    TooMany,
    admit,
    ask,
    ask_again,
    ask_to_resume,
    confirm,
    report,
    solve,
)
from loket.suppliers.forms import AskForm
from loket.suppliers.queries import (
    DRAFT,
    DRAFT_DAYS,
    PAGES,
    delivery,
    draft_of,
    is_begun,
    is_link_open,
    outside_system,
    registration_spec,
    report_link,
    request_of,
)
from loket.ui.templatetags.dates import jam

ASKED = "registration_request"  # in the session: what this browser asked for


def email(request: HttpRequest, office: str) -> HttpResponse:
    """The address to send the link to (F7)."""
    place = _registering(office)
    form = AskForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, place, form)
    way = "" if form.is_trapped else solve(form.sent)
    if not way:
        form.ask_again()
        return _form(request, place, form)
    try:
        admit(place, network=network_of(request), way=way)
    except TooMany as full:
        return _refused(request, place, form, full)
    asked = ask(place, email=form.cleaned_data["email"], language=_language(place))
    request.session[ASKED] = asked.pk
    return redirect("suppliers:sent", place.slug)


def _form(request: HttpRequest, office: Office, form: AskForm) -> HttpResponse:
    context = {
        "office": office,
        "form": form,
        "heading": _("Daftar dengan e-mail"),
        "stage": 1,
        "back": "",
        "outside": outside_system(office),
    }
    status = 422 if form.errors else 200
    form.forget_answer()
    return render(request, "suppliers/email.html", context, status=status)


def _refused(
    request: HttpRequest, office: Office, form: AskForm, full: TooMany
) -> HttpResponse:
    form.refuse(_again_at(office, full))
    response = _form(request, office, form)
    response.status_code = 429
    seconds = (full.until - clock.now()).total_seconds()
    response.headers["Retry-After"] = str(max(1, int(seconds)))
    return response


def _again_at(office: Office, full: TooMany) -> str:
    until = jam(full.until, office.zone)
    return _("Terlalu banyak permintaan. Coba lagi mulai pukul %(time)s.") % {
        "time": until
    }


def sent(request: HttpRequest, office: str) -> HttpResponse:
    """ "Cek kotak masuk Anda" (F8), and how the mail stands for the browser that asked."""
    place = _registering(office)
    asked = request_of(request.session.get(ASKED, 0), place)
    context = {
        "office": place,
        "delivery": delivery(asked) if asked else None,
        "hours": settings_of(place).confirm_link.valid_hours,
        "days": DRAFT_DAYS,
    }
    return render(request, "suppliers/sent.html", context)


def resend(request: HttpRequest, office: str) -> HttpResponse:
    """The same mail once more; counted like the first."""
    place = _registering(office)
    asked = request_of(request.session.get(ASKED, 0), place)
    if asked is None:
        return redirect("suppliers:email", place.slug)
    try:
        again = ask_again(asked, network=network_of(request))
    except TooMany as full:
        messages.warning(request, _again_at(place, full))
    else:
        request.session[ASKED] = again.pk
        messages.success(request, _("Permintaan kirim ulang sudah kami terima."))
    return redirect("suppliers:sent", place.slug)


def link(request: HttpRequest, office: str, token: str) -> HttpResponse:
    """A page with one button: programs that only look at links use nothing up (F9)."""
    place = _registering(office)
    is_open = is_link_open(token, place)
    if request.method == "POST" and is_open:
        return _confirmed(request, token)
    rule = settings_of(place).password
    context = {
        "office": place,
        "rule": described(rule),
        "is_green": rule.strength == "green",
        "is_open": is_open,
        "is_begun": is_open and is_begun(token),
    }
    return render(
        request, "suppliers/link.html", context, status=200 if is_open else 410
    )


def _confirmed(request: HttpRequest, token: str) -> HttpResponse:
    """Bind the draft to this browser, under a session nobody else can have prepared."""
    draft = confirm(token)
    request.session.cycle_key()
    request.session[DRAFT] = draft.pk
    return redirect("suppliers:business", draft.office.slug)


def resume(request: HttpRequest, office: str) -> HttpResponse:
    """A link by mail that opens the draft of this browser on another device."""
    draft = draft_of(request.session.get(DRAFT, 0), office)
    if draft is None or draft.ticket is not None:
        return redirect("suppliers:email", office)
    try:
        ask_to_resume(draft, network=network_of(request))
    except TooMany as full:
        messages.warning(request, _again_at(draft.office, full))
    else:
        told = _("Tautan untuk melanjutkan dikirim ke %(address)s.")
        messages.success(request, told % {"address": draft.email})
    page = request.POST.get("page", "")
    return redirect(f"suppliers:{page if page in PAGES else PAGES[0]}", office)


def not_me(request: HttpRequest, office: str, token: str) -> HttpResponse:
    """One button for the owner of an address that somebody else used; tells nothing of who did (F17)."""
    place = get_object_or_404(offices(), slug=office)
    found = report_link(token)
    if found is not None and found.office_id != place.pk:
        found = None
    if request.method == "POST" and found is not None:
        report(token)
        return redirect("suppliers:not_me", place.slug, token)
    context = {
        "office": place,
        "is_open": found is not None,
        "is_reported": found is not None and found.used_at is not None,
        "contacts": settings_of(place).contacts,
    }
    status = 200 if found else 410
    return render(request, "suppliers/not_me.html", context, status=status)


def network_of(request: HttpRequest) -> str:
    """Where a request comes from, for counting only: an IPv4 address, or the /64 a home or office has."""
    address = ip_address(get_adapter().get_client_ip(request))
    if address.version == 4:
        return str(address)
    return str(ip_network((address, 64), strict=False))


def _registering(slug: str) -> Office:
    """The office, when it registers suppliers."""
    office = get_object_or_404(offices(), slug=slug)
    if registration_spec(office) is None:
        raise Http404
    return office


def _language(office: Office) -> str:
    language = get_language() or "id"
    return language if language in settings_of(office).languages else "id"
