"""Who is away: read by every officer of the office, entered by himself or by a head."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from loket.accounts.models import User
from loket.offices import actions
from loket.offices.forms import AbsenceForm
from loket.offices.models import Office
from loket.offices.permissions import notes_absence_of, notes_absences, standing
from loket.offices.queries import (
    absences as absences_of,
    office_group,
    offices_by,
    workers_among,
)
from loket.offices.views.carried_out import SignedIn, carried_out
from loket.ui.navigation import desk_group, staff


def absences(request: SignedIn, office: str) -> HttpResponse:
    """Who is away and will be, and the form for whoever may write that down."""
    place = _office(request, office)
    people = workers_among(place, request.user, everybody=notes_absences(request.user, place.pk))  # fmt: skip
    form = AbsenceForm(request.POST or None, office=place, people=people)

    def note(user: User, kind: str, starts: datetime, until: datetime) -> None:
        away = actions.Away(kind, starts, until)
        actions.note_absence(place, user, away, by=request.user)

    if request.method == "POST" and carried_out(form, note):
        messages.success(request, _("Ketidakhadiran dicatat."))
        return redirect("offices:absences", place.slug)
    context = {
        "office": place,
        "rail": (desk_group(), office_group(place, staff(place.slug))),
        "absences": [
            {
                "absence": each,
                "may_end": notes_absence_of(request.user, each.user, place.pk),
            }
            for each in absences_of(place)
        ],
        "form": form if people else None,
    }
    status = 422 if form.errors else 200
    return render(request, "offices/absences.html", context, status=status)


def end(request: SignedIn, office: str, absence: int) -> HttpResponse:
    """Back earlier, or not away after all."""
    place = _office(request, office)
    found = get_object_or_404(absences_of(place), pk=absence)
    actions.end_absence(found, by=request.user)
    messages.success(request, _("Ketidakhadiran diakhiri."))
    return redirect("offices:absences", place.slug)


def _office(request: SignedIn, slug: str) -> Office:
    return get_object_or_404(offices_by(standing(request.user).by_office), slug=slug)
