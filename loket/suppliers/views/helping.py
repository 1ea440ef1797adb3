"""The desk's help for whoever waits for a mail of the registration."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.offices.models import Office
from loket.offices.queries import offices
from loket.suppliers.actions import send_again
from loket.suppliers.forms import AddressForm
from loket.suppliers.permissions import helps_at, reads_at
from loket.suppliers.queries import deliveries_to, reports, request_of, troubles
from loket.tickets.queries.desk import rail


class OfficerRequest(HttpRequest):
    """The policy let it through, so somebody is signed in."""

    user: User


def mails(request: OfficerRequest, office: str) -> HttpResponse:
    """Mails that came back or are late, and what owners of addresses reported."""
    return _page(request, _at(request, office), AddressForm())


def search(request: OfficerRequest, office: str) -> HttpResponse:
    """All mails to the address a caller names; sent by POST, so that it stands in no log."""
    return _page(request, _at(request, office), AddressForm(request.POST))


def _page(request: OfficerRequest, office: Office, form: AddressForm) -> HttpResponse:
    is_asked = form.is_bound and form.is_valid()
    context = {
        "office": office,
        "rail": rail(office, request.user),
        "form": form,
        "found": deliveries_to(office, form.cleaned_data["email"]) if is_asked else [],
        "is_asked": is_asked,
        "may_send": helps_at(request.user, office),
        "troubles": troubles(office),
        "reports": reports(office),
    }
    return render(
        request, "suppliers/mails.html", context, status=422 if form.errors else 200
    )


def send_mail_again(request: OfficerRequest, office: str, pk: int) -> HttpResponse:
    """Have one sent again."""
    place = _at(request, office)
    if (asked := request_of(pk, place)) is None:
        raise Http404
    send_again(asked, by=request.user)
    messages.success(request, _("E-mail dikirim ulang."))
    return redirect("suppliers:mails", place.slug)


def _at(request: OfficerRequest, slug: str) -> Office:
    office = get_object_or_404(offices(), slug=slug)
    if not reads_at(request.user, office):
        raise Http404
    return office
