"""Choosing another office to verify, as long as nothing was sent (F15)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from loket.standards.pack import StandardSpec
from loket.suppliers.actions import move
from loket.suppliers.forms import OfficeForm
from loket.suppliers.models import Registration
from loket.suppliers.queries import (
    DRAFT_DAYS,
    first_unanswered,
    registration_spec,
    takers,
)
from loket.suppliers.views.draft import of_draft


@of_draft("business")
def office(
    request: HttpRequest, draft: Registration, spec: StandardSpec
) -> HttpResponse:
    """The draft goes there with its answers; what only that office asks is asked next."""
    form = OfficeForm(
        request.POST or None,
        offered=takers(draft),
        initial={"office": draft.office.slug},
    )
    if request.method == "POST" and form.is_valid():
        if form.chosen != draft.office:
            move(draft, form.chosen)
        following = first_unanswered(draft, registration_spec(draft.office) or spec)
        return redirect(f"suppliers:{following}", draft.office.slug)
    context = {
        "office": draft.office,
        "registration": draft,
        "draft_days": DRAFT_DAYS,
        "form": form,
        "heading": _("Kantor yang memverifikasi"),
        "stage": 4,
        "back": f"suppliers:{first_unanswered(draft, spec)}",
    }
    status = 422 if form.errors else 200
    return render(request, "suppliers/office.html", context, status=status)
