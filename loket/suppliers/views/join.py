"""Using an account that exists at one more office ("agregasi")."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from loket.accounts.models import User
from loket.offices.models import Office
from loket.offices.queries import offices
from loket.standards.pack import StandardSpec
from loket.suppliers import actions
from loket.suppliers.actions import Asked
from loket.suppliers.forms import ChooseForm, JoinForm
from loket.suppliers.queries import TERMS_VERSION, registration_spec
from loket.suppliers.queries.papers import account_facts
from loket.suppliers.queries.people import known_at, owned_by
from loket.suppliers.views.claim import forget, remembered, stub_at


class SignedIn(HttpRequest):
    """A request whose address only answers to somebody signed in."""

    user: User


def join(request: SignedIn, office: str) -> HttpResponse:
    """Choose the business; then this office's questions, and the request is sent."""
    place = get_object_or_404(offices(), slug=office)
    spec = registration_spec(place)
    if spec is None:
        raise Http404
    suppliers = owned_by(request.user)
    chosen = ChooseForm(request.GET or None, suppliers=suppliers, spec=spec)
    if not suppliers or not chosen.is_valid():
        return _choose(request, place, chosen)
    return _ask(request, place, spec, chosen)


def _choose(request: SignedIn, office: Office, form: ChooseForm) -> HttpResponse:
    suppliers = list(form.suppliers.values())
    context = {
        "office": office,
        "form": form,
        "suppliers": suppliers,
        "known": known_at(suppliers, office),
    }
    status = 422 if form.errors and suppliers else 200
    return render(request, "suppliers/join_choose.html", context, status=status)


def _ask(
    request: SignedIn, office: Office, spec: StandardSpec, chosen: ChooseForm
) -> HttpResponse:
    supplier, kind = chosen.supplier, chosen.kind
    stub = stub_at(request, office.slug)
    form = JoinForm(request.POST or None, spec=spec, kind=kind, stub=stub)
    if request.method == "POST" and form.is_valid():
        asked = Asked(kind, form.facts, form.cleaned_data["route"])
        try:
            ticket = actions.join(
                supplier, office, asked, by=request.user, terms_version=TERMS_VERSION,
                claim=remembered(request, wanted=form.wants_stub),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            forget(request)
            return redirect("suppliers:done", office.slug, ticket.public_code)
    context = {
        "office": office,
        "form": form,
        "supplier": supplier,
        "facts": account_facts(supplier, spec.applicants[kind]),
        "version": TERMS_VERSION,
        "terms": f"suppliers/terms/{TERMS_VERSION}.html",
    }
    status = 422 if form.errors else 200
    return render(request, "suppliers/join.html", context, status=status)
