"""The pages of the draft, each its own address, from the kind of business to the ticket."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loket.accounts.door import enter
from loket.kernel.errors import Conflict
from loket.standards.pack import StandardSpec
from loket.standards.queries import settings_of, spec_of
from loket.suppliers.actions import Taken, answer, submit
from loket.suppliers.forms import BusinessForm, IdentityForm, ReviewForm, tax_form
from loket.suppliers.models import Registration
from loket.suppliers.queries import (
    DRAFT,
    TERMS_VERSION,
    account_of,
    draft_of,
    first_unanswered,
    is_foreign,
    is_reachable,
    known_of,
    left_at,
    own_nik,
    receipt,
    registration_standard,
)
from loket.suppliers.views.claim import forget, remembered, stub_at
from loket.suppliers.views.pages import keep_or_show, show, show_review

View = Callable[[HttpRequest, Registration, StandardSpec], HttpResponse]


def of_draft(page: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Give the view this browser's draft; lead elsewhere who has none or skipped a page."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, office: str) -> HttpResponse:
            draft = draft_of(
                request.session.get(DRAFT, 0),
                office,
                to_change=request.method == "POST",
            )
            if draft is not None:
                draft.standard = registration_standard(draft.office)
            if draft is None or draft.standard is None:
                return redirect("suppliers:email", office)
            spec = spec_of(draft.standard.pk)
            refuse_other_draft(request, draft)
            if draft.ticket is not None:
                return redirect("suppliers:done", office, draft.ticket.public_code)
            if not is_reachable(draft, page, spec):
                return redirect(f"suppliers:{first_unanswered(draft, spec)}", office)
            return view(request, draft, spec)

        return answered

    return decorate


def refuse_other_draft(request: HttpRequest, draft: Registration) -> None:
    """What was typed for one business must not end up in another's draft opened later in this browser."""
    if request.POST.get("draft", str(draft.pk)) != str(draft.pk):
        raise Conflict(
            _(
                "Pendaftaran lain dibuka kemudian di peramban ini, jadi isian ini tidak disimpan. "
                "Mulai lagi dari alamat e-mail usaha yang ini."
            )
        )


@of_draft("business")
def business(
    request: HttpRequest, draft: Registration, spec: StandardSpec
) -> HttpResponse:
    """Kind of applicant, form of business, head office or branch (F12)."""
    known = left_at(draft, "business")
    form = BusinessForm(request.POST or None, spec=spec, initial=known)
    return keep_or_show(request, draft, form, page="business", following="tax")


@of_draft("tax")
def tax(request: HttpRequest, draft: Registration, spec: StandardSpec) -> HttpResponse:
    """Tax number with its check for duplicates, and the password (F11-F13)."""
    known = draft.typed.get("checked") or left_at(draft, "tax")
    rule = settings_of(draft.office).password
    form = tax_form(draft, data=request.POST or None, rule=rule, initial=known)
    if "periksa" not in request.POST:
        told = known_of(draft, spec)
        return keep_or_show(
            request, draft, form, page="tax", following="identity", known=told
        )
    form.ask_no_password()
    if not form.is_valid():
        return show(request, draft, form, page="tax")
    answer(draft, page="checked", said=form.cleaned_data)
    return redirect("suppliers:tax", draft.office.slug)


@of_draft("identity")
def identity(
    request: HttpRequest, draft: Registration, spec: StandardSpec
) -> HttpResponse:
    """User ID, names, address and what decides the checklist (F14)."""
    form = IdentityForm(
        request.POST or None,
        initial=left_at(draft, "identity"),
        questions=spec.facts_for(draft.typed["business"]["applicant_kind"]),
        is_foreign=is_foreign(draft),
        own_nik=own_nik(draft),
    )
    return keep_or_show(request, draft, form, page="identity", following="review")


@of_draft("review")
def review(
    request: HttpRequest, draft: Registration, spec: StandardSpec
) -> HttpResponse:
    """Everything once more, what to bring, the terms; then the request is sent (F15)."""
    stub = stub_at(request, draft.office.slug)
    form = ReviewForm(request.POST or None, spec=spec, stub=stub)
    if request.method != "POST" or not form.is_valid():
        return show_review(request, draft, form, spec)
    try:
        ticket = submit(
            draft, route=form.cleaned_data["route"], terms_version=TERMS_VERSION,
            claim=remembered(request, wanted=form.wants_stub),
        )  # fmt: skip
        forget(request)
    except Taken as taken:
        context = {
            "office": draft.office,
            "taken": taken,
            "page": f"suppliers:{taken.page}",
        }
        return render(request, "suppliers/taken.html", context, status=409)
    enter(request, account_of(draft))
    request.session[DRAFT] = draft.pk
    return redirect("suppliers:done", draft.office.slug, ticket.public_code)


def done(request: HttpRequest, office: str, code: str) -> HttpResponse:
    """Number, code, next step, where and when to go (F16); whoever has the code may read it."""
    found = receipt(office, code, request.user)
    if found is None:
        return redirect("suppliers:email", office)
    return render(request, "suppliers/done.html", found)
