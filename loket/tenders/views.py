"""The public history of changed schedules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from loket.offices.queries import offices
from loket.tenders.queries import history

CODE_AT_MOST = 30


def schedule_changes(request: HttpRequest, office: str) -> HttpResponse:
    """Every change of this office with before, after and reason; of one tender by its code."""
    place = get_object_or_404(offices(), slug=office)
    code = request.GET.get("tender", "").strip()[:CODE_AT_MOST]
    context = {"office": place, "code": code, "lines": history(place, code)}
    return render(request, "tenders/schedule_changes.html", context)
