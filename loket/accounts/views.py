"""Sign-in is the library's; loket adds the demo's page of one-time codes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loket.accounts.queries import current_codes


def demo_codes(request: HttpRequest) -> HttpResponse:
    """What the officers' authenticator apps would show, for whoever tries the demo."""
    return render(request, "accounts/demo_codes.html", {"codes": current_codes()})
