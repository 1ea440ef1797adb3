"""Addresses of the registration below an office, and of the desk's look at identity numbers."""

from loket.kernel.routes import PUBLIC, SIGNED_IN, route
from loket.offices.roles import OFFICERS
from loket.suppliers.views import desk, draft, email, join

app_name = "suppliers"
FORM = ("GET", "POST")
BASE = "kantor/<slug:office>/daftar/"

urlpatterns = [
    route(BASE, email.email, name="email", methods=FORM, roles=PUBLIC),
    route(f"{BASE}terkirim/", email.sent, name="sent", roles=PUBLIC),
    route(
        f"{BASE}tautan/<str:token>/",
        email.link,
        name="link",
        methods=FORM,
        roles=PUBLIC,
    ),
    route(f"{BASE}usaha/", draft.business, name="business", methods=FORM, roles=PUBLIC),
    route(f"{BASE}npwp/", draft.tax, name="tax", methods=FORM, roles=PUBLIC),
    route(
        f"{BASE}identitas/", draft.identity, name="identity", methods=FORM, roles=PUBLIC
    ),
    route(f"{BASE}tinjau/", draft.review, name="review", methods=FORM, roles=PUBLIC),
    route(f"{BASE}akun/", join.join, name="join", methods=FORM, roles=SIGNED_IN),
    route(f"{BASE}selesai/<str:code>/", draft.done, name="done", roles=PUBLIC),
    route(
        "meja/tiket/<str:number>/identitas/",
        desk.identity_numbers,
        name="identity_numbers",
        methods=("POST",),
        roles=OFFICERS,
    ),
]
