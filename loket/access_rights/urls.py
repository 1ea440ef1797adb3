"""Addresses of officials: asking, what they hold, and the desk that decides."""

from loket.access_rights.views import accounts, desk, entry, own
from loket.kernel.routes import PUBLIC, SIGNED_IN, route
from loket.offices.roles import OFFICERS

app_name = "access_rights"
FORM, POST = ("GET", "POST"), ("POST",)
ENTRY = "kantor/<slug:office>/pejabat/"
DESK = "meja/<slug:office>/pejabat/"
ACCOUNTS = "meja/<slug:office>/akun/"
ONE = f"{DESK}<int:asked>/"

urlpatterns = [
    route(ENTRY, entry.email, name="email", methods=FORM, roles=PUBLIC),
    route(f"{ENTRY}terkirim/", entry.sent, name="sent", roles=PUBLIC),
    route(f"{ENTRY}tautan/<str:token>/", entry.link, name="link", methods=FORM, roles=PUBLIC),
    route(f"{ENTRY}data/", entry.details, name="details", methods=FORM, roles=PUBLIC),
    route(f"{ENTRY}selesai/", entry.done, name="done", roles=PUBLIC),
    route("akses/", own.mine, name="mine", roles=SIGNED_IN),
    route("akses/<int:grant>/perpanjang/", own.extend, name="extend", methods=FORM, roles=SIGNED_IN),
    route(DESK, desk.requests, name="requests", roles=OFFICERS),
    route(ONE, desk.one, name="request", roles=OFFICERS),
    route(f"{ONE}setujui/", desk.approve, name="approve", methods=POST, roles=OFFICERS),
    route(f"{ONE}tolak/", desk.refuse, name="refuse", methods=POST, roles=OFFICERS),
    route(f"{ONE}nip/", desk.nip, name="nip", methods=POST, roles=OFFICERS),
    route(f"{ONE}surat/<int:page>.png", desk.letter, name="letter", roles=OFFICERS),
    route(f"{DESK}akses/<int:grant>/akhiri/", desk.end, name="end", methods=POST, roles=OFFICERS),
    route(ACCOUNTS, accounts.register, name="accounts", roles=OFFICERS),
    route(f"{ACCOUNTS}<int:account>/akhiri/", accounts.end, name="end_account", methods=POST, roles=OFFICERS),
]  # fmt: skip
