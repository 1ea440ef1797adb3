"""The look-up of a ticket by the code of its receipt: the code alone is the right to see it."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.kernel import clock
from loket.portal.forms import CodeForm
from loket.portal.queries import canonical_code, status_page

# Codes are random over 30^8; this many wrong ones from one address in a minute are guesses.
MISSES_PER_MINUTE = 30


def track(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a well-formed one leads to its own address."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("portal:status", form.cleaned_data["kode"])
    status = 422 if form.is_bound else 200
    return render(request, "portal/track.html", {"form": form}, status=status)


def status(request: HttpRequest, code: str) -> HttpResponse:
    """Whose turn it is and both clocks. Unknown and malformed codes get one and the same answer."""
    misses = misses_key(request)
    missed = cache.get(misses, 0)
    if missed >= MISSES_PER_MINUTE:
        return render(
            request, "portal/track.html", {"form": CodeForm(), "wait": True}, status=429
        )
    if page := status_page(canonical_code(code)):
        return render(
            request, "portal/status.html", {"office": page.office, "page": page}
        )
    cache.set(misses, missed + 1)
    return render(
        request, "portal/track.html", {"form": CodeForm(), "unknown": True}, status=404
    )


def misses_key(request: HttpRequest) -> str:
    """The counter of wrong codes of one address in this minute."""
    minute = int(clock.now().timestamp() // 60)
    return f"lacak:{get_adapter().get_client_ip(request)}:{minute}"
