"""Addresses of the desk (`/meja/`) and of the applicant's own tickets (`/tiket/`)."""

from loket.kernel.routes import APPLICANT, route
from loket.offices.roles import OFFICERS
from loket.tickets.views import (
    applicant,
    asking,
    checks,
    counter,
    desk,
    files,
    hands,
    intake,
    merging,
    ticket,
    triage,
    worklists,
)

app_name = "tickets"
POST = ("POST",)
DESK = "meja/tiket/<str:number>/"
OWN = "tiket/<str:number>/"

urlpatterns = [
    route("meja/", desk.desk, name="desk", roles=OFFICERS),
    route("meja/cari/", worklists.search, name="search", roles=OFFICERS),
    route(DESK, ticket.ticket, name="ticket", roles=OFFICERS),
    route(f"{DESK}ambil/", hands.take, name="take", methods=POST, roles=OFFICERS),
    route(
        f"{DESK}serahkan/",
        hands.assign,
        name="assign",
        methods=("GET", "POST"),
        roles=OFFICERS,
    ),
    route(
        f"{DESK}lepas/", hands.give_back, name="give_back", methods=POST, roles=OFFICERS
    ),
    route(
        f"{DESK}petugas-kedua/",
        hands.waive,
        name="waive",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        f"{DESK}isian/", asking.answers, name="answers", methods=POST, roles=OFFICERS
    ),
    route(f"{DESK}tagih/", asking.chase, name="chase", methods=POST, roles=OFFICERS),
    route(
        f"{DESK}klasifikasi/",
        triage.triage,
        name="triage",
        methods=("GET", "POST"),
        roles=OFFICERS,
    ),
    route(f"{DESK}bahan/", asking.package, name="package", roles=OFFICERS),
    route(
        f"{DESK}bahan/berkas/",
        asking.package_files,
        name="package_files",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        f"{DESK}langkah/<slug:step>/",
        ticket.step,
        name="step",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        f"{DESK}berkas/",
        counter.all_documents,
        name="all_documents",
        methods=("GET", "POST"),
        roles=OFFICERS,
    ),
    route(
        f"{DESK}perbaikan/",
        counter.corrections,
        name="corrections",
        roles=OFFICERS,
    ),
    route(
        f"{DESK}berkas/<slug:requirement>/putusan/",
        ticket.verdict,
        name="verdict",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        f"{DESK}pemeriksaan/", checks.check, name="check", methods=POST, roles=OFFICERS
    ),
    route(
        f"{DESK}pengecualian/",
        checks.override,
        name="override",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        f"{DESK}pesan/", ticket.message, name="message", methods=POST, roles=OFFICERS
    ),
    route(
        f"{DESK}buka-kembali/",
        hands.reopen,
        name="reopen",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        f"{DESK}berkas/<int:document>/halaman/<int:page>.png",
        files.page,
        name="page",
        roles=OFFICERS,
    ),
    route(
        f"{DESK}berkas/<int:document>/asli/",
        files.original,
        name="original",
        roles=OFFICERS,
    ),
    route(
        f"{DESK}terbitan/<int:issued>.pdf", files.issued, name="issued", roles=OFFICERS
    ),
    route(
        f"{DESK}bukti/<int:proof>/halaman/<int:page>.png",
        files.proof_page,
        name="proof_page",
        roles=OFFICERS,
    ),
    route(
        "meja/<slug:office>/terima/",
        intake.intake,
        name="intake",
        methods=("GET", "POST"),
        roles=OFFICERS,
    ),
    route(f"{DESK}lembar/", intake.stub, name="stub", roles=OFFICERS),
    route(
        f"{DESK}kiriman/",
        intake.papers,
        name="papers",
        methods=("GET", "POST"),
        roles=OFFICERS,
    ),
    route(
        f"{DESK}gabung/",
        merging.merge,
        name="merge",
        methods=("GET", "POST"),
        roles=OFFICERS,
    ),
    route(f"{DESK}hadir/", ticket.presence, name="presence", roles=OFFICERS),
    route(
        "meja/<slug:office>/<slug:code>/saringan/",
        worklists.keep_filter,
        name="keep_filter",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        "meja/<slug:office>/<slug:code>/saringan/hapus/",
        worklists.drop_filter,
        name="drop_filter",
        methods=POST,
        roles=OFFICERS,
    ),
    route(
        "meja/<slug:office>/<slug:code>/",
        worklists.worklist,
        name="worklist",
        roles=OFFICERS,
    ),
    route("tiket/", applicant.mine, name="mine", roles=APPLICANT),
    route(OWN, applicant.own, name="own", roles=APPLICANT),
    route(f"{OWN}berkas/", applicant.documents, name="documents", roles=APPLICANT),
    route(
        f"{OWN}berkas/<slug:requirement>/",
        applicant.upload,
        name="upload",
        methods=POST,
        roles=APPLICANT,
    ),
    route(
        f"{OWN}langkah/<slug:step>/",
        applicant.own_step,
        name="own_step",
        methods=POST,
        roles=APPLICANT,
    ),
    route(
        f"{OWN}pesan/",
        applicant.own_message,
        name="own_message",
        methods=POST,
        roles=APPLICANT,
    ),
    route(
        f"{OWN}minta-buka-kembali/",
        hands.ask_reopening,
        name="ask_reopening",
        methods=POST,
        roles=APPLICANT,
    ),
    route(
        f"{OWN}batalkan/",
        applicant.withdraw,
        name="withdraw",
        methods=POST,
        roles=APPLICANT,
    ),
    route(
        f"{OWN}berkas/<int:document>/halaman/<int:page>.png",
        files.own_page,
        name="own_page",
        roles=APPLICANT,
    ),
    route(
        f"{OWN}berkas/<int:document>/asli/",
        files.own_original,
        name="own_original",
        roles=APPLICANT,
    ),
    route(
        f"{OWN}bukti/<int:proof>/halaman/<int:page>.png",
        files.own_proof_page,
        name="own_proof_page",
        roles=APPLICANT,
    ),
    route(
        f"{OWN}terbitan/<int:issued>.pdf",
        files.own_issued,
        name="own_issued",
        roles=APPLICANT,
    ),
]
