"""Addresses of a small site, so that the middleware is tested without any room."""

from uuid import uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import include, path

from loket.kernel import outbox
from loket.kernel.errors import Conflict
from loket.kernel.fence import as_system
from loket.kernel.models import Mail
from loket.kernel.routes import APPLICANT, PUBLIC, SIGNED_IN, route
from loket.offices.roles import Role

handler500 = "loket.kernel.views.server_error"
FORM = ("GET", "POST")


def promise():
    return outbox.promise(
        key=uuid4().hex, to="ratna@pandan.example", template="pandan/hello", context={}
    )


def plain(request, **where):
    return HttpResponse("ok")


def act(request):
    """One effect for each time it runs."""
    promise()
    with as_system():
        return HttpResponseRedirect(f"/hasil/{Mail.objects.count()}/")


def refuse(request):
    """Refused the first time, accepted when it was corrected."""
    if "benar" not in request.POST:
        return HttpResponse("salah", status=422)
    return act(request)


def overtake(request):
    promise()
    raise Conflict("Tiket ini sudah berakhir.")


def fail(request):
    raise RuntimeError


def read_database(request):
    return HttpResponse(str(Mail.objects.count()))


rooms = [
    route("ruang/<slug:office>/", plain, name="room", roles=(Role.HELPDESK,)),
]
urlpatterns = [
    route("", plain, name="home", roles=PUBLIC, asks_database=False),
    route("hasil/<int:number>/", plain, name="result", roles=PUBLIC),
    route("tulis/", act, name="act", methods=("POST",), roles=PUBLIC),
    route("tolak/", refuse, name="refuse", methods=FORM, roles=PUBLIC),
    route("dahului/", overtake, name="overtake", methods=FORM, roles=PUBLIC),
    route("baca/", read_database, name="read", roles=PUBLIC),
    route("gagal/", fail, name="fail", roles=PUBLIC),
    route("masuk/", plain, name="account_login", roles=PUBLIC),
    route("pribadi/", plain, name="own", roles=SIGNED_IN),
    route("pemohon/", plain, name="applicant", roles=APPLICANT),
    route("meja/", plain, name="desk", roles=(Role.VERIFIKATOR, Role.AUDITOR)),
    path("tanpa/", plain, name="forgotten"),
    path("", include((rooms, "rooms"))),
]
