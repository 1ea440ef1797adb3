"""For load balancers and supervisors. Neither answer depends on the worker."""

from django.http import HttpRequest, HttpResponse

from loket.portal.queries import is_migrated


def alive(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("hidup\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every table; 503 before, as while it is away."""
    if is_migrated():
        return HttpResponse("siap\n", content_type="text/plain")
    return HttpResponse("belum siap\n", status=503, content_type="text/plain")
