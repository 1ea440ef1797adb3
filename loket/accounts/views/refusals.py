"""The library answers a refused form as if nothing had happened; loket says 422, as everywhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
OK, REFUSED = 200, 422


def refusing(view: View) -> View:
    """A form that comes back is a refusal, whatever the reason and whoever was meant."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **said: Any) -> HttpResponse:
        response = view(request, *args, **said)
        if request.method == "POST" and response.status_code == OK:
            response.status_code = REFUSED
        return response

    return answer
