"""The look-up of a ticket by the code of its receipt: the code alone is the right to see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from loket.portal.forms import CodeForm
from loket.portal.queries import canonical_code, status_page
from loket.portal.views import guessing


def track(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a well-formed one leads to its own address."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("portal:status", form.cleaned_data["kode"])
    status = 422 if form.is_bound else 200
    return render(request, "portal/track.html", {"form": form}, status=status)


def status(request: HttpRequest, code: str) -> HttpResponse:
    """Whose turn it is and both clocks. Unknown and malformed codes get one and the same answer."""
    if guessing.is_over(request):
        return render(
            request, "portal/track.html", {"form": CodeForm(), "wait": True}, status=429
        )
    if page := status_page(canonical_code(code)):
        return render(
            request, "portal/status.html", {"office": page.office, "page": page}
        )
    guessing.count_miss(request)
    return render(
        request, "portal/track.html", {"form": CodeForm(), "unknown": True}, status=404
    )
