"""Addresses of the registration below an office, and of the desk's look at identity numbers."""

from loket.kernel.routes import PUBLIC, SIGNED_IN, route
from loket.offices.roles import OFFICERS
from loket.suppliers.permissions import HELPERS
from loket.suppliers.views import desk, draft, email, helping, join

app_name = "suppliers"
FORM, POST = ("GET", "POST"), ("POST",)
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
    route(
        f"{BASE}kirim-ulang/", email.resend, name="resend", methods=POST, roles=PUBLIC
    ),
    route(
        f"{BASE}perangkat-lain/",
        email.resume,
        name="resume",
        methods=POST,
        roles=PUBLIC,
    ),
    route(
        f"{BASE}bukan-saya/<str:token>/",
        email.not_me,
        name="not_me",
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
        "meja/<slug:office>/pendaftaran/", helping.mails, name="mails", roles=HELPERS
    ),
    route(
        "meja/<slug:office>/pendaftaran/cari/",
        helping.search,
        name="search_mails",
        methods=POST,
        roles=HELPERS,
        changes=False,
    ),
    route(
        "meja/<slug:office>/pendaftaran/<int:pk>/kirim-ulang/",
        helping.send_mail_again,
        name="send_mail_again",
        methods=POST,
        roles=HELPERS,
    ),
    route(
        "meja/tiket/<str:number>/identitas/",
        desk.identity_numbers,
        name="identity_numbers",
        methods=("POST",),
        roles=OFFICERS,
    ),
]
