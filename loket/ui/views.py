"""The language switch, and the gallery of components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from loket.ui import gallery, navigation

YEAR = 365 * 24 * 60 * 60


def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language in a cookie and go back to the page one came from."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("kembali", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = navigation.HOME
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def components(request: HttpRequest, face: str = "") -> HttpResponse:
    """Every component with invented content, on the portal's or on the desk's face."""
    if face not in gallery.FACES:
        raise Http404
    theme = "dark" if request.GET.get("tema") == "gelap" else "light"
    context = {**gallery.examples(), "theme": theme}
    return render(request, gallery.FACES[face], context)
