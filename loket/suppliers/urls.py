"""Addresses of the registration below an office, and of the desk's look at identity numbers."""

from loket.kernel.routes import APPLICANT, PUBLIC, SIGNED_IN, route
from loket.offices.roles import OFFICERS
from loket.suppliers.permissions import HEADS, HELPERS
from loket.suppliers.views import (
    changes,
    claim,
    desk,
    draft,
    email,
    follow_up,
    helping,
    join,
    letters,
    moving,
    offers,
    people,
    proxies,
    sanctions,
)

app_name = "suppliers"
FORM, POST = ("GET", "POST"), ("POST",)
BASE = "kantor/<slug:office>/daftar/"
OWN = "usaha/<int:pk>/"
POWER = f"{OWN}kuasa/<int:power>/"
OWN_LETTER = "tiket/<str:number>/formulir/<slug:letter>/"

urlpatterns = [
    route(
        "ganti-data/dihentikan/",
        changes.change_stopped,
        name="change_stopped",
        roles=PUBLIC,
    ),
    route(
        "ganti-data/<int:change>/<str:token>/",
        changes.stop_change,
        name="stop_change",
        methods=FORM,
        roles=PUBLIC,
    ),
    route(BASE, email.email, name="email", methods=FORM, roles=PUBLIC),
    route(
        f"{BASE}loket/<str:code>/",
        claim.claim,
        name="claim",
        methods=FORM,
        roles=PUBLIC,
    ),
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
    route(f"{BASE}kantor/", moving.office, name="office", methods=FORM, roles=PUBLIC),
    route(f"{BASE}akun/", join.join, name="join", methods=FORM, roles=SIGNED_IN),
    route(f"{BASE}selesai/<str:code>/", draft.done, name="done", roles=PUBLIC),
    route(
        "meja/<slug:office>/pendaftaran/", helping.mails, name="mails", roles=OFFICERS
    ),
    route(
        "meja/<slug:office>/pendaftaran/cari/",
        helping.search,
        name="search_mails",
        methods=POST,
        roles=OFFICERS,
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
urlpatterns += [
    route("usaha/", people.businesses, name="businesses", roles=SIGNED_IN),
    route(
        "usaha/undangan/<str:token>/",
        people.invitation,
        name="invitation",
        methods=FORM,
        roles=PUBLIC,
    ),
    route(OWN, people.business, name="own_business", roles=SIGNED_IN),
    route(f"{OWN}undang/", people.invite, name="invite", methods=FORM, roles=SIGNED_IN),
    route(
        f"{OWN}undangan/<int:invitation>/batal/",
        people.cancel_invitation,
        name="cancel_invitation",
        methods=POST,
        roles=SIGNED_IN,
    ),
    route(
        f"{OWN}orang/<int:person>/akhiri/",
        people.end_role,
        name="end_role",
        methods=FORM,
        roles=SIGNED_IN,
    ),
    route(
        f"{OWN}kuasa/beri/",
        proxies.grant,
        name="grant_power",
        methods=FORM,
        roles=SIGNED_IN,
    ),
    route(POWER, proxies.power, name="power", roles=SIGNED_IN),
    route(
        f"{POWER}cabut/",
        proxies.revoke,
        name="revoke_power",
        methods=POST,
        roles=SIGNED_IN,
    ),
    route(
        f"{POWER}tautkan/",
        proxies.link_proxy,
        name="link_proxy",
        methods=POST,
        roles=SIGNED_IN,
    ),
    route(
        "meja/tiket/<str:number>/kuasa/catat/",
        desk.record_paper,
        name="record_power",
        methods=FORM,
        roles=OFFICERS,
    ),
    route(
        "meja/tiket/<str:number>/kuasa/<int:power>/",
        proxies.judge,
        name="judge_power",
        methods=FORM,
        roles=OFFICERS,
    ),
]
urlpatterns += [
    route(
        "kantor/<slug:office>/formulir/<slug:letter>/",
        letters.blank_letter,
        name="blank_letter",
        roles=PUBLIC,
    ),
    route(OWN_LETTER, letters.own_letter, name="own_letter", roles=APPLICANT),
    route(
        f"{OWN_LETTER}siapkan/",
        letters.prepare_own_letter,
        name="own_letter_prepare",
        methods=POST,
        roles=APPLICANT,
    ),
    route(
        f"{OWN_LETTER}pdf/",
        letters.own_letter_pdf,
        name="own_letter_pdf",
        roles=APPLICANT,
    ),
    route(
        f"meja/{OWN_LETTER}",
        letters.letter_at_desk,
        name="letter_at_desk",
        roles=OFFICERS,
    ),
    route(
        f"meja/{OWN_LETTER}siapkan/",
        letters.prepare_letter_at_desk,
        name="letter_at_desk_prepare",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        f"meja/{OWN_LETTER}pdf/",
        letters.letter_pdf_at_desk,
        name="letter_at_desk_pdf",
        roles=OFFICERS,
    ),
]
urlpatterns += [
    route(
        "meja/<slug:office>/sikap/",
        follow_up.list_of_office,
        name="follow_ups",
        roles=OFFICERS,
    ),
    route(
        "meja/tiket/<str:number>/sikap/",
        follow_up.follow_up,
        name="follow_up",
        methods=FORM,
        roles=OFFICERS,
    ),
    route(
        "meja/tiket/<str:number>/sikap/kontak/",
        follow_up.contact,
        name="follow_up_contact",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        "tiket/<str:number>/sikap/terisi/",
        follow_up.own_filled,
        name="own_filled",
        methods=POST,
        roles=APPLICANT,
    ),
    route(
        "tiket/<str:number>/sikap/sanggup/",
        follow_up.own_promise,
        name="own_promise",
        methods=POST,
        roles=APPLICANT,
    ),
    route(
        "meja/tiket/<str:number>/daftar-hitam/",
        sanctions.sanction,
        name="sanction",
        methods=FORM,
        roles=HEADS,
    ),
    route(
        "meja/tiket/<str:number>/daftar-hitam/<int:pk>/cabut/",
        sanctions.lift_sanction,
        name="lift_sanction",
        methods=POST,
        roles=HEADS,
    ),
]
urlpatterns += [
    route(
        "meja/tiket/<str:number>/tautkan/",
        offers.offer_ticket,
        name="offer_ticket",
        methods=FORM,
        roles=OFFICERS,
    ),
    route(
        "usaha/dari-loket/<str:token>/",
        offers.ticket_offer,
        name="ticket_offer",
        methods=FORM,
        roles=SIGNED_IN,
    ),
]
