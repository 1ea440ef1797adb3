"""Addresses of the front door; all public but the start after sign-in."""

from loket.kernel.routes import PUBLIC, SIGNED_IN, route
from loket.portal.views import health, home, issued, office, prints, status

app_name = "portal"
OFFICE = "kantor/<slug:office>/"
SERVICE = OFFICE + "layanan/<slug:service>/"
STANDARD = SERVICE + "standar/<int:version>/"
PRINT = STANDARD + "cetak/<slug:kind>"
PLEDGE = OFFICE + "maklumat"
LETTER = OFFICE + "formulir/<slug:letter>"
PDF = "/<slug:language>.pdf"

urlpatterns = [
    route("", home.home, name="home", roles=PUBLIC),
    route("mulai/", home.start, name="start", roles=SIGNED_IN),
    route(OFFICE, office.office, name="office", roles=PUBLIC),
    route(SERVICE, office.service, name="service", roles=PUBLIC),
    route(STANDARD, office.standard, name="standard", roles=PUBLIC),
    route(PRINT + "/", prints.standard, name="print", roles=PUBLIC),
    route(PRINT + PDF, prints.standard_pdf, name="print_pdf", roles=PUBLIC),
    route(PLEDGE + "/", prints.maklumat, name="maklumat", roles=PUBLIC),
    route(PLEDGE + PDF, prints.maklumat_pdf, name="maklumat_pdf", roles=PUBLIC),
    route(OFFICE + "cetakan/", prints.every, name="prints", roles=PUBLIC),
    route(LETTER + PDF, prints.letter_pdf, name="letter_pdf", roles=PUBLIC),
    route("sumber-data/", home.credits_of_data, name="credits", roles=PUBLIC),
    route("ketentuan/", home.terms, name="terms", roles=PUBLIC),
    route("lacak/", status.track, name="track", roles=PUBLIC),
    route("lacak/<str:code>/", status.status, name="status", roles=PUBLIC),
    route("bukti/<str:code>/", issued.paper, name="paper", roles=PUBLIC),
    route("sehat/hidup", health.alive, name="alive", roles=PUBLIC, asks_database=False),
    route("sehat/siap", health.ready, name="ready", roles=PUBLIC),
]
