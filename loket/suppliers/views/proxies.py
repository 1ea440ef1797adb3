"""Powers of attorney: the owner grants, links and revokes; the officer judges."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.files.actions import Limits
from loket.standards.queries import settings_of
from loket.suppliers.actions import people, proxies
from loket.suppliers.forms.people import LinkProxyForm
from loket.suppliers.forms.proxy import GrantForm, PowerVerdictForm, ScopeForm
from loket.suppliers.models import PowerOfAttorney, Supplier
from loket.suppliers.queries.letters import proxy_letters
from loket.suppliers.queries.people import owns
from loket.suppliers.queries.proxies import (
    Scope,
    granted_by,
    papers_asked,
    papers_beside,
    power_facts,
    powers_of,
    refusal,
    scopes_of,
    state_of,
)
from loket.suppliers.views.join import SignedIn
from loket.suppliers.views.people import found_supplier
from loket.tickets.queries.desk import at_desk, rail


def grant(request: SignedIn, pk: int) -> HttpResponse:
    """Choose what for; then who, when and the papers. An office that takes no proxies says so."""
    supplier = found_supplier(request, pk)
    chosen = ScopeForm(request.GET or None, scopes=scopes_of(supplier))
    if not chosen.is_valid():
        context = {"supplier": supplier, "form": chosen}
        status = 422 if chosen.errors else 200
        return render(request, "suppliers/power_scope.html", context, status=status)
    return _ask(request, supplier, chosen.scope)


def _ask(request: SignedIn, supplier: Supplier, scope: Scope) -> HttpResponse:
    form = _grant_form(request, scope)
    if request.method == "POST" and form.is_valid():
        try:
            power = _granted(request, supplier, scope, form)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Surat kuasa dikirim ke kantor."))
            return redirect("suppliers:power", supplier.pk, power.pk)
    context = {
        "supplier": supplier,
        "office": scope.office,
        "scope": scope,
        "form": form,
        "refusal": refusal(scope.spec),
        "letters": proxy_letters(scope.office, scope.spec, scope.ticket),
    }
    status = 422 if form.errors else 200
    return render(request, "suppliers/power_grant.html", context, status=status)


def _grant_form(request: SignedIn, scope: Scope) -> GrantForm:
    uploads = settings_of(scope.office).uploads
    return GrantForm(
        request.POST or None,
        request.FILES or None,
        papers=papers_asked(scope.spec),
        limits=Limits(types=uploads.types, at_most_mb=uploads.at_most_mb),
    )


def _granted(
    request: SignedIn, supplier: Supplier, scope: Scope, form: GrantForm
) -> PowerOfAttorney:
    said = form.cleaned_data
    names = ("name", "nik", "valid_from", "valid_until", "has_meterai")
    return proxies.grant(
        supplier,
        scope,
        proxies.Proxy(**{name: said[name] for name in names}),
        papers={code: (each.read(), each.name) for code, each in form.uploads.items()},
        by=request.user,
    )


def power(request: SignedIn, pk: int, power: int) -> HttpResponse:
    """One power of attorney as its supplier sees it."""
    supplier = found_supplier(request, pk)
    found = get_object_or_404(granted_by(supplier), pk=power)
    return _show(request, found, LinkProxyForm())


def _show(
    request: SignedIn, power: PowerOfAttorney, form: LinkProxyForm
) -> HttpResponse:
    scope = Scope(power.service, power.ticket)
    context = {
        "supplier": power.supplier,
        "power": power,
        "state": state_of(power),
        "facts": power_facts(power),
        "form": form,
        "is_owner": owns(request.user, power.supplier),
        "letters": proxy_letters(scope.office, scope.spec, scope.ticket),
    }
    status = 422 if form.errors else 200
    return render(request, "suppliers/power.html", context, status=status)


def link_proxy(request: SignedIn, pk: int, power: int) -> HttpResponse:
    """Send the proxy a link, so that he sees the ticket within the days of his power."""
    supplier = found_supplier(request, pk)
    found = get_object_or_404(granted_by(supplier), pk=power)
    form = LinkProxyForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    try:
        people.invite(
            supplier, email=form.cleaned_data["email"], power=found, by=request.user
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, found, form)
    messages.success(request, _("Undangan dikirim. Tautannya berlaku 7 hari."))
    return redirect("suppliers:power", pk, power)


def revoke(request: SignedIn, pk: int, power: int) -> HttpResponse:
    """Take it back at once."""
    supplier = found_supplier(request, pk)
    found = get_object_or_404(granted_by(supplier), pk=power)
    proxies.revoke(found, by=request.user)
    messages.success(request, _("Surat kuasa dicabut."))
    return redirect("suppliers:power", pk, power)


def judge(request: SignedIn, number: str, power: int) -> HttpResponse:
    """The officer's page of one power of attorney: its facts, and accept or refuse."""
    ticket = get_object_or_404(at_desk(request.user), number=number)
    found = get_object_or_404(powers_of(ticket), pk=power)
    form = PowerVerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        judgement = proxies.Judgement(**form.cleaned_data)
        try:
            proxies.judge_power(found, ticket, judgement, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Putusan atas surat kuasa tercatat."))
            return redirect("tickets:ticket", number)
    context = {
        "office": ticket.office,
        "rail": rail(ticket.office, request.user),
        "ticket": ticket,
        "power": found,
        "state": state_of(found),
        "facts": power_facts(found),
        "papers": papers_beside(ticket),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "suppliers/power_judge.html", context, status=status)
