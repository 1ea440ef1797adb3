"""The code on a stub: the registration then goes on in the ticket from the desk (G15)."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.offices.queries import offices
from loket.suppliers.actions.offering import adopt
from loket.suppliers.forms.claim import ClaimForm
from loket.suppliers.queries import DRAFT, draft_of, owned_by
from loket.tickets.actions.intake import check_claim
from loket.tickets.models import Claim
from loket.tickets.queries.intake import waits_for_registration

CLAIM = "claim"  # in the session: the stub whose ticket goes on
STUB = "stub"  # and which office and number it is


def remember(request: HttpRequest, claim: Claim) -> None:
    """This browser's next registration may go on in that ticket; its last page asks once more."""
    request.session[CLAIM] = claim.pk
    request.session[STUB] = [claim.ticket.office.slug, claim.ticket.number]


def stub_at(request: HttpRequest, office: str) -> str:
    """The number of the remembered ticket, if it is of this office."""
    place, number = request.session.get(STUB, ("", ""))
    return number if place == office else ""


def remembered(request: HttpRequest, *, wanted: bool) -> int:
    """The stub for this submission, 0 without one or where the ticket is somebody else's."""
    claim: int = request.session.get(CLAIM, 0)
    return claim if wanted else 0


def forget(request: HttpRequest) -> None:
    """The next visitor of this browser has no stub."""
    for key in (CLAIM, STUB):
        request.session.pop(key, None)


def claim(request: HttpRequest, office: str, code: str) -> HttpResponse:
    """Ask for the phone number given at the desk. A wrong code and a wrong number get the same answer."""
    place = get_object_or_404(offices(), slug=office)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = check_claim(code, form.cleaned_data["phone"], office=place)
        if found is not None and not waits_for_registration(found.ticket):
            return _adopted(request, found)
        if found is not None:
            remember(request, found)
            messages.success(request, _("Pendaftaran Anda akan dilanjutkan pada tiket dari loket."))  # fmt: skip
            return redirect(f"suppliers:{_next_page(request, office)}", office)
        form.refuse()
    status = 422 if form.errors else 200
    context = {"office": place, "form": form}
    return render(request, "suppliers/claim.html", context, status=status)


def _adopted(request: HttpRequest, found: Claim) -> HttpResponse:
    """Nothing is to be registered: the ticket belongs to whoever is signed in, after he has signed in."""
    if not isinstance(request.user, User):
        messages.info(request, _("Masuk dulu, lalu tulis nomor telepon itu sekali lagi."))  # fmt: skip
        return redirect_to_login(request.path)
    adopt(found, by=request.user)
    messages.success(request, _("Tiket ini sekarang tampil di akun Anda."))
    return redirect("tickets:own", found.ticket.number)


def _next_page(request: HttpRequest, office: str) -> str:
    """Whoever is signed in with a business uses that account; the others register."""
    if isinstance(request.user, User) and owned_by(request.user):
        return "join"
    draft = draft_of(request.session.get(DRAFT, 0), office)
    return "email" if draft is None else "business"
