"""The link in the old mailbox: one button that stops a change of data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.suppliers.actions.changing import stop
from loket.suppliers.queries.changes import stoppable


def stop_change(request: HttpRequest, change: int, token: str) -> HttpResponse:
    """What was asked for, and the button; a link that is over says so."""
    found = stoppable(change, token)
    if found is None:
        return render(request, "suppliers/change_over.html", status=410)
    if request.method == "POST":
        stop(change, token)
        return redirect("suppliers:change_stopped")
    context = {"change": found, "office": found.office}
    return render(request, "suppliers/stop_change.html", context)


def change_stopped(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return render(request, "suppliers/change_stopped.html")
