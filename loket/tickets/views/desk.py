"""The desk's front door."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from loket.tickets.queries.desk import FIRST_LIST, desks
from loket.tickets.views.carried_out import SignedIn


def desk(request: SignedIn) -> HttpResponse:
    """Straight to the officer's own list; who sits at several desks chooses one."""
    offices = list(desks(request.user))
    if len(offices) == 1:
        return redirect("tickets:worklist", offices[0].slug, FIRST_LIST)
    context = {"offices": offices, "first_list": FIRST_LIST}
    return render(request, "tickets/desks.html", context)
