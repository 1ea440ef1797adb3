"""What a page asks about a password being typed; the demo's page of one-time codes."""

from allauth.core.internal.ratelimit import consume
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from loket.accounts.passwords import judge, opened_rule
from loket.accounts.queries import current_codes

METER_ASKED = {"password_strength": "240/m/ip"}  # a training room shares one address


def demo_codes(request: HttpRequest) -> HttpResponse:
    """What the officers' authenticator apps would show, for whoever tries the demo."""
    return render(request, "accounts/demo_codes.html", {"codes": current_codes()})


def password_strength(request: HttpRequest) -> HttpResponse:
    """What the meter of a page shows for a password being typed; it is kept and logged nowhere (F11)."""
    if not consume(request, app="loket", action="password_strength", config=METER_ASKED):  # fmt: skip
        return HttpResponse(status=429)
    try:
        rule, known = opened_rule(request.POST.get("rule", ""))
    except BadSignature:
        return HttpResponse(status=400)
    verdict = judge(request.POST.get("password", ""), rule=rule, known=known)
    said = {"level": verdict.level, "colour": verdict.colour, "hints": verdict.hints}
    return JsonResponse(said)
