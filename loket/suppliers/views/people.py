"""A business as its own people see it, and how people come and go."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext as _

from loket.accounts.door import enter
from loket.accounts.models import User
from loket.suppliers.actions import people
from loket.suppliers.forms.people import InviteForm, NewPersonForm
from loket.suppliers.models import Supplier, SupplierInvitation
from loket.suppliers.queries import form_data
from loket.suppliers.queries.people import (
    invitation_of,
    invited_to,
    owns,
    people_of,
    requests_of,
    suppliers_of,
)
from loket.suppliers.queries.proxies import granted_by, state_of
from loket.suppliers.queries.sanctions import running_sanction
from loket.suppliers.views.join import SignedIn


def found_supplier(request: SignedIn, pk: int) -> Supplier:
    """The supplier, if the reader acts for it; else it does not exist."""
    supplier: Supplier = get_object_or_404(suppliers_of(request.user), pk=pk)
    return supplier


def businesses(request: SignedIn) -> HttpResponse:
    """The businesses of this person; a single one is shown at once."""
    mine = list(suppliers_of(request.user))
    if len(mine) == 1:
        return redirect("suppliers:own_business", mine[0].pk)
    return render(request, "suppliers/businesses.html", {"suppliers": mine})


def business(request: SignedIn, pk: int) -> HttpResponse:
    """Masked data, people, proxies and requests of one business."""
    supplier = found_supplier(request, pk)
    is_owner = owns(request.user, supplier)
    context = {
        "supplier": supplier,
        "facts": form_data(supplier)[1:],
        "sanction": running_sanction(supplier),
        "is_owner": is_owner,
        "people": people_of(supplier),
        "invitations": invited_to(supplier) if is_owner else (),
        "powers": [(each, state_of(each)) for each in granted_by(supplier)],
        "tickets": requests_of(supplier, request.user),
    }
    return render(request, "suppliers/business_own.html", context)


def invite(request: SignedIn, pk: int) -> HttpResponse:
    """Send somebody a link; the answer is the same for every address."""
    supplier = found_supplier(request, pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.invite(supplier, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Undangan dikirim. Tautannya berlaku 7 hari."))
            return redirect("suppliers:own_business", pk)
    context = {"supplier": supplier, "form": form}
    status = 422 if form.errors else 200
    return render(request, "suppliers/invite.html", context, status=status)


def cancel_invitation(request: SignedIn, pk: int, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    supplier = found_supplier(request, pk)
    found = get_object_or_404(invited_to(supplier), pk=invitation)
    people.cancel(found, by=request.user)
    messages.success(request, _("Undangan dibatalkan."))
    return redirect("suppliers:own_business", pk)


def end_role(request: SignedIn, pk: int, person: int) -> HttpResponse:
    """Ask once more, then end somebody's role."""
    supplier = found_supplier(request, pk)
    found = get_object_or_404(people_of(supplier), pk=person)
    refusal = ""
    if request.method == "POST":
        try:
            people.end(found, by=request.user)
        except ValidationError as error:
            refusal = error.messages[0]
        else:
            messages.success(request, _("Peran sudah diakhiri."))
            return redirect("suppliers:businesses")
    context = {"supplier": supplier, "person": found, "refusal": refusal}
    status = 422 if refusal else 200
    return render(request, "suppliers/end_role.html", context, status=status)


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: accept with the account one has, or make one."""
    found = invitation_of(token)
    if found is None or not found.is_open:
        return render(request, "suppliers/invitation_over.html", status=410)
    if isinstance(request.user, User):
        return _accept(request, found, token)
    return _join_as_new(request, found, token)


def _accept(
    request: HttpRequest, found: SupplierInvitation, token: str
) -> HttpResponse:
    if request.method == "POST" and isinstance(request.user, User):
        people.accept(token, by=request.user)
        return _welcomed(request, found)
    return _show(request, found, form=None)


def _join_as_new(
    request: HttpRequest, found: SupplierInvitation, token: str
) -> HttpResponse:
    """Whoever has an account signs in instead; the mailbox is his, so it may be told."""
    if User.objects.registered(found.email):
        return _show(request, found, form=None)
    form = NewPersonForm(request.POST or None, known=[found.email])
    if request.method != "POST" or not form.is_valid():
        return _show(request, found, form=form)
    said = form.cleaned_data
    user = people.accept_as_new(
        token,
        user_id=said["user_id"],
        name=said["name"],
        password_hash=make_password(said["password"]),
        language=get_language() or "id",
    )
    enter(request, user)
    return _welcomed(request, found)


def _welcomed(request: HttpRequest, found: SupplierInvitation) -> HttpResponse:
    messages.success(request, _("Undangan diterima."))
    return redirect("tickets:mine" if found.power else "suppliers:businesses")


def _show(request: HttpRequest, found: SupplierInvitation, **more: Any) -> HttpResponse:
    form = more["form"]
    context = {"invitation": found, "supplier": found.supplier} | more
    status = 422 if form and form.errors else 200
    return render(request, "suppliers/invitation.html", context, status=status)
