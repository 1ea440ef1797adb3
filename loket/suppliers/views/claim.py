"""The code on a stub: the registration then goes on in the ticket from the desk (G15)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.offices.queries import offices
from loket.suppliers.forms.claim import ClaimForm
from loket.suppliers.queries import DRAFT, draft_of
from loket.tickets.actions.intake import check_claim

CLAIM = "claim"  # in the session: the stub whose ticket goes on


def claim(request: HttpRequest, office: str, code: str) -> HttpResponse:
    """Ask for the phone number given at the desk. A wrong code and a wrong number get the same answer."""
    place = get_object_or_404(offices(), slug=office)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = check_claim(code, form.cleaned_data["phone"], office=place)
        if found is not None:
            request.session[CLAIM] = found.pk
            messages.success(request, _("Pendaftaran Anda akan dilanjutkan pada tiket dari loket."))  # fmt: skip
            draft = draft_of(request.session.get(DRAFT, 0), office)
            page = "email" if draft is None else "business"
            return redirect(f"suppliers:{page}", office)
        form.refuse()
    status = 422 if form.errors else 200
    context = {"office": place, "form": form}
    return render(request, "suppliers/claim.html", context, status=status)
