"""Addresses of a video call: the officer's page, and the applicant's consent."""

from loket.kernel.routes import APPLICANT, route
from loket.offices.roles import OFFICERS
from loket.verification import views

app_name = "verification"
POST = ("POST",)
CALL = "meja/tiket/<str:number>/panggilan/"

urlpatterns = [
    route(CALL, views.session, name="session", roles=OFFICERS),
    route(f"{CALL}jadwal/", views.plan, name="plan", methods=POST, roles=OFFICERS),
    route(
        f"{CALL}<int:pk>/berkas/<slug:requirement>/",
        views.verdict,
        name="verdict",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        f"{CALL}<int:pk>/bukti/",
        views.picture,
        name="picture",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        f"{CALL}<int:pk>/selesai/",
        views.finish,
        name="finish",
        methods=POST,
        roles=OFFICERS,
    ),
    route(f"{CALL}<int:pk>/risalah/", views.minutes, name="minutes", roles=OFFICERS),
    route(
        f"{CALL}<int:pk>/<slug:act>/",
        views.act,
        name="act",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        "tiket/<str:number>/panggilan/<int:pk>/risalah/",
        views.own_minutes,
        name="own_minutes",
        roles=APPLICANT,
    ),
    route(
        "tiket/<str:number>/panggilan/<int:pk>/setuju/",
        views.agree,
        name="agree",
        methods=POST,
        roles=APPLICANT,
    ),
]
