"""The public history of changed schedules; a sealed file handed to whoever tries it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from loket.offices.queries import offices
from loket.tenders.actions.exhibits import hand_out
from loket.tenders.models import Exhibit
from loket.tenders.queries.schedules import history
from loket.tickets.queries.desk import at_desk
from loket.tickets.views.carried_out import SignedIn
from loket.tickets.views.files import LOCKED_DOWN
from loket.tickets.views.lost import explains_loss

CODE_AT_MOST = 30


def schedule_changes(request: HttpRequest, office: str) -> HttpResponse:
    """Every change of this office with before, after and reason; of one tender by its code."""
    place = get_object_or_404(offices(), slug=office)
    code = request.GET.get("tender", "").strip()[:CODE_AT_MOST]
    context = {"office": place, "code": code, "lines": history(place, code)}
    return render(request, "tenders/schedule_changes.html", context)


@explains_loss
def exhibit(request: SignedIn, number: str, exhibit: int) -> HttpResponse:
    """The bytes as they were sealed, to be tried outside loket; each time is on record."""
    found = get_object_or_404(
        Exhibit.objects.select_related("file", "ticket__office"), pk=exhibit,
        ticket__in=at_desk(request.user), ticket__number=number,
    )  # fmt: skip
    data = hand_out(found, by=request.user)
    disposition = content_disposition_header(True, found.name) or "attachment"
    headers = {**LOCKED_DOWN, "Content-Disposition": disposition}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)
