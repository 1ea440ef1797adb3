"""How every page of the draft answers: kept and on to the next, or shown again with what was typed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from loket.standards.pack import StandardSpec
from loket.suppliers.actions import answer, keep_refused
from loket.suppliers.forms import ReviewForm
from loket.suppliers.models import Registration
from loket.suppliers.queries import (
    DRAFT_DAYS,
    TERMS_VERSION,
    is_foreign,
    outside_system,
    summary,
    to_bring,
)

STAGES = {"business": 2, "tax": 2, "identity": 3, "review": 4}
HEADINGS = {
    "business": _("Usaha Anda"),
    "tax": _("NPWP dan kata sandi"),
    "foreign_tax": _("Nomor pajak dan kata sandi"),
    "identity": _("Identitas dan alamat"),
    "review": _("Periksa, lalu kirim"),
}
TYPED_AT_MOST = 500  # of one field; the longest takes 300
BACK = {"tax": "business", "identity": "tax", "review": "identity"}


def as_typed(form: forms.Form) -> dict[str, str]:
    """What was sent, field by field, without passwords."""
    return {
        name: form.data.get(name, "")[:TYPED_AT_MOST]
        for name, field in form.fields.items()
        if not isinstance(field.widget, forms.PasswordInput)
    }


def keep_or_show(
    request: HttpRequest,
    draft: Registration,
    form: forms.Form,
    *,
    page: str,
    following: str,
    **more: Any,
) -> HttpResponse:
    """Keep a valid page and lead to the next; `more` is what the page shows besides."""
    if request.method == "POST" and form.is_valid():
        answer(draft, page=page, said=form.cleaned_data)
        return redirect(f"suppliers:{following}", draft.office.slug)
    if request.method == "POST":
        keep_refused(draft, page=page, said=as_typed(form))
    return show(request, draft, form, page=page, **more)


def show(
    request: HttpRequest,
    draft: Registration,
    form: forms.Form,
    *,
    page: str,
    **more: Any,
) -> HttpResponse:
    """The page with its form; 422 when something has to be corrected."""
    context = {
        "office": draft.office,
        "page": page,
        "draft_days": DRAFT_DAYS,
        "registration": draft,
        "typed": draft.typed,
        "form": form,
        "heading": HEADINGS[
            f"foreign_{page}" if page == "tax" and is_foreign(draft) else page
        ],
        "stage": STAGES[page],
        "back": f"suppliers:{BACK[page]}" if page in BACK else "",
        "outside": outside_system(draft.office),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"suppliers/{page}.html", context | more, status=status)


def show_review(
    request: HttpRequest, draft: Registration, form: ReviewForm, spec: StandardSpec
) -> HttpResponse:
    """The last page, with everything that is about to be sent."""
    kind, facts = (
        draft.typed["business"]["applicant_kind"],
        draft.typed["identity"]["facts"],
    )
    return show(
        request, draft, form,
        page="review",
        summaries=summary(draft, spec),
        documents=to_bring(spec, kind, facts),
        version=TERMS_VERSION,
        terms=f"suppliers/terms/{TERMS_VERSION}.html",
    )  # fmt: skip
