"""What stands where a file cannot be shown any more: destroyed as promised, or damaged."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loket.files.actions import Destroyed
from loket.files.sealed import Damaged
from loket.tickets.tasks import soon, tell_of_damage

P = ParamSpec("P")


def explains_loss(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """410 for what was destroyed, 503 for what is damaged; the office learns of damage by a job."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request = cast("HttpRequest", args[0])
        try:
            return view(*args, **kwargs)
        except Destroyed:
            return render(request, "tickets/destroyed.html", status=410)
        except Damaged:
            soon(tell_of_damage)
            return render(request, "tickets/damaged.html", status=503)

    return answer
