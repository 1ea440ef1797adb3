"""Addresses of the office's staff at the desk, and of an invitation."""

from loket.kernel.routes import PUBLIC, route
from loket.offices.roles import HEADS, OFFICERS
from loket.offices.views import absences, invitations, staff

app_name = "offices"
FORM, POST = ("GET", "POST"), ("POST",)
STAFF = "meja/<slug:office>/petugas/"
AWAY = f"{STAFF}tidak-hadir/"
MEMBER = f"{STAFF}<int:membership>/"

urlpatterns = [
    route("meja/<slug:office>/peran/", staff.roles, name="roles", roles=OFFICERS),
    route(STAFF, staff.staff, name="staff", roles=OFFICERS),
    route(f"{STAFF}undang/", staff.invite, name="invite", methods=FORM, roles=HEADS),
    route(AWAY, absences.absences, name="absences", methods=FORM, roles=OFFICERS),
    route(f"{AWAY}<int:absence>/selesai/", absences.end, name="end_absence", methods=POST, roles=OFFICERS),
    route(MEMBER, staff.member, name="member", roles=HEADS),
    route(f"{MEMBER}sampai/", staff.until, name="until", methods=POST, roles=HEADS),
    route(f"{MEMBER}peran/", staff.role, name="role", methods=POST, roles=HEADS),
    route(f"{MEMBER}berhenti/", staff.dismiss, name="dismiss", methods=POST, roles=HEADS),
    route(f"{MEMBER}kode/", staff.factor, name="factor", methods=POST, roles=HEADS),
    route(
        "meja/<slug:office>/undangan/<int:invitation>/tarik/",
        staff.withdraw,
        name="withdraw",
        methods=POST,
        roles=HEADS,
    ),
    route(
        "undangan/<str:token>/",
        invitations.invitation,
        name="invitation",
        methods=FORM,
        roles=PUBLIC,
    ),
]  # fmt: skip
