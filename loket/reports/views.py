"""The log of one month on the screen, and as a file."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from loket.accounts.models import User
from loket.offices.models import Office
from loket.reports.actions import export_log
from loket.reports.models import LogExport
from loket.reports.queries import GROUPS, exports_of, log_of, months
from loket.tickets.queries.desk import desks, rail

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
SHOWN = 200  # rows on the screen; a file has all of them
EXPORTS_SHOWN = 10


class OfficerRequest(HttpRequest):
    """The policy let it through, so somebody is signed in."""

    user: User


def log(request: OfficerRequest, office: str) -> HttpResponse:
    """The month's log with its columns, and who downloaded it before."""
    place = _place(request, office)
    known = months(place)
    month = _month(request.GET.get("bulan", ""), known)
    rows = list(log_of(place, month, request.user))
    context = {
        "office": place,
        "rail": rail(place, request.user),
        "groups": [(group, len(names)) for group, names in GROUPS],
        "columns": [name for _group, names in GROUPS for name in names],
        "rows": rows[:SHOWN],
        "count": len(rows),
        "months": known,
        "month": month,
        "exports": exports_of(place)[:EXPORTS_SHOWN],
        "formats": LogExport.Format.choices,
    }
    return render(request, "reports/log.html", context)


def export(request: OfficerRequest, office: str, kind: str) -> HttpResponse:
    """The month's log as a file; who took it is kept."""
    place = _place(request, office)
    if kind not in TYPES:
        raise Http404
    month = _month(request.POST.get("bulan", ""), months(place))
    data = export_log(place, month, kind, by=request.user)
    name = f"log-{place.slug}-{month:%Y-%m}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}  # fmt: skip
    return HttpResponse(data, content_type=TYPES[kind], headers=headers)


def _place(request: OfficerRequest, slug: str) -> Office:
    return get_object_or_404(desks(request.user), slug=slug)


def _month(text: str, known: list[dt.date]) -> dt.date:
    """The month asked for, else the newest."""
    return next((each for each in known if f"{each:%Y-%m}" == text), known[0])
